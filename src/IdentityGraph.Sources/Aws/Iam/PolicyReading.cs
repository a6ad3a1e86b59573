using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// Policy documents as they stand in files: an object, or its text, URL-encoded or not. One value or a list of them, one statement or many.
/// What cannot be read becomes a statement with a <see cref="PolicyStatement.Problem"/>, which may say anything.
/// </summary>
/// <remarks>Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</remarks>
internal static class PolicyReading
{
    /// <summary>Deepest nesting of a document; real ones have six levels.</summary>
    public const int Depth = 32;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static PolicyDocument Parse(string text) => Parse(text, new PolicyWords());

    public static PolicyDocument Parse(string text, PolicyWords words)
    {
        // A URL-encoded document begins with %7B; anything else is JSON already, in which a percent sign is one.
        var json = text.AsSpan().TrimStart().StartsWith("%", StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        try
        {
            var bytes = s_strict.GetBytes(json);
            var document = words.Tree.Read(bytes, 0, bytes.Length, out var problem, out _);
            return problem is null ? Read(document, words) : Unreadable($"the document is no readable JSON ({problem})");
        }
        catch (JsonException fault)
        {
            return Unreadable($"the document is no readable JSON ({fault.Message})");
        }
        catch (ArgumentException)
        {
            return Unreadable("the document holds half of a UTF-16 pair");
        }
    }

    public static PolicyDocument Read(JsonValue json, PolicyWords words)
    {
        return json.ValueKind switch
        {
            JsonValueKind.String => json.GetString() is { } text ? Parse(text, words) : Unreadable("the document holds invalid UTF-8"),
            JsonValueKind.Object => ReadObject(json, words),
            _ => Unreadable("the document is neither an object nor text"),
        };
    }

    /// <summary>A document that could not be read, for that reason: it may say anything.</summary>
    public static PolicyDocument Unreadable(string why) =>
        new([new PolicyStatement { Index = 0, Denies = false, About = ActionPatterns.None, Problem = why }]);

    private static PolicyDocument ReadObject(JsonValue json, PolicyWords words)
    {
        var variables = false;
        JsonValue? statements = null;
        foreach (var member in json.EnumerateObject())
        {
            if (member.NameEquals("Version"u8))
            {
                variables = member.Value is { ValueKind: JsonValueKind.String } version && version.ValueEquals("2012-10-17"u8);
            }
            else if (member.NameEquals("Statement"u8))
            {
                if (statements is not null)
                {
                    return Unreadable("`Statement` stands there twice");
                }

                statements = member.Value;
            }
        }

        return statements switch
        {
            null => Unreadable("it has no `Statement`"),
            { ValueKind: JsonValueKind.Array } list => With(ReadAll(list, variables, words)),
            { } single => With([ReadStatement(single, 0, variables, words)]),
        };
    }

    private static PolicyDocument With(PolicyStatement[] statements) => new(statements) { Hides = Hidden.In(statements) };

    private static PolicyStatement[] ReadAll(JsonValue list, bool variables, PolicyWords words)
    {
        var statements = new PolicyStatement[list.GetArrayLength()];
        var index = 0;
        foreach (var statement in list.EnumerateArray())
        {
            statements[index] = ReadStatement(statement, index, variables, words);
            index++;
        }

        return statements;
    }

    private static PolicyStatement ReadStatement(JsonValue json, int index, bool variables, PolicyWords words)
    {
        string? sid = null;
        try
        {
            return new StatementMembers(json).ToStatement(index, variables, words, ref sid);
        }
        catch (FormatException fault)
        {
            return new PolicyStatement { Index = index, Sid = sid, Denies = false, About = ActionPatterns.None, Problem = fault.Message };
        }
    }

    /// <summary>The pattern with its policy variables told apart; only documents of version 2012-10-17 have them.</summary>
    /// <param name="text">As written.</param>
    /// <param name="variables">Whether the document has variables.</param>
    /// <param name="stated">Values that are certain, by key in lower case; one with a wildcard in it stays open, one that is surely absent matches nothing.</param>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html</remarks>
    public static ResourcePattern Resource(string text, bool variables, IReadOnlyDictionary<string, string>? stated = null) =>
        variables && text.Contains("${", StringComparison.Ordinal) ? PolicyVariables.Read(text, stated) : new ResourcePattern(text, text);

    /// <summary>Stands for `${aws:username}` in a pattern; no name of a resource may hold it.</summary>
    public const char UsernameMark = '\u0001';
}
