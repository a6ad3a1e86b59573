using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>What the readers of one line share: known words, checks every text must pass, and what the line says that nobody knows.</summary>
internal sealed class LineContext(bool strict)
{
    public const int LongestId = 512;
    private const int QuotedAtMost = 60;

    private readonly Utf8Interner _words = new();
    private readonly List<string> _unrecognised = [];

    /// <summary>What of this line was not recognised, to be counted once the line is accepted.</summary>
    public IReadOnlyList<string> Unrecognised => _unrecognised;

    /// <summary>Forgets the last line.</summary>
    public void Begin() => _unrecognised.Clear();

    /// <summary>A text of any kind that must not be a secret.</summary>
    public static string Text(ref Utf8JsonReader reader, string member) => Guarded(Raw(ref reader, member), member);

    /// <summary>A text that recurs from line to line.</summary>
    public string Word(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            return Text(ref reader, member);
        }

        var word = _words.Intern(reader.ValueSpan, out var secret);
        return secret is null ? word : throw Secret(member, secret);
    }

    /// <summary>The name of a member or property.</summary>
    public string Name(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return _words.Intern(reader.ValueSpan, out _);
        }

        return reader.GetString()!;
    }

    /// <summary>A node id: 1 to 512 characters, none of them a control character.</summary>
    public static string Id(ref Utf8JsonReader reader, string member)
    {
        var id = Raw(ref reader, member);
        if (SecretLooking.FindInId(id) is { } sort)
        {
            throw Secret(member, sort);
        }

        return IdProblem(id) is { } problem ? throw new BadLineException(member, $"the id in `{member}` {problem}") : id;
    }

    public static DateTimeOffset Instant(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            if (!reader.ValueIsEscaped && Instants.TryParse(reader.ValueSpan, out var instant))
            {
                return instant;
            }

            var text = Text(ref reader, member);
            if (Instants.TryParse(text, out instant))
            {
                return instant;
            }

            throw new BadLineException(member, LooksLocal(text)
                ? $"`{member}` is a time without a zone (`{Quoted(text)}`); write it in UTC with `Z`, or with its offset"
                : $"`{member}` is not an instant (`{Quoted(text)}`); write RFC 3339, such as `2025-06-02T08:00:00Z`");
        }

        throw Wrong(ref reader, member, "an instant such as `2025-06-02T08:00:00Z`");
    }

    /// <summary>Refuses a text that looks like a secret, without quoting it.</summary>
    public static string Guarded(string text, string member)
    {
        var sort = SecretIn(text, member);
        return sort is null ? text : throw Secret(member, sort);
    }

    /// <summary>The sort of secret that the text of a member looks like, or null.</summary>
    public static string? SecretIn(string text, string member) => text.Length == 40 ? SecretLooking.FindIn(member, text) : SecretLooking.Find(text);

    /// <summary>The same for a property nobody knows, whose name may tell.</summary>
    public static string GuardedByName(string text, string property) =>
        SecretLooking.FindIn(property, text) is { } sort ? throw Secret(property, sort) : text;

    /// <summary>Notes something nobody knows; an error where that was asked for.</summary>
    public void Unknown(string member, string what)
    {
        if (strict)
        {
            throw new BadLineException(member, $"`{what}` is not known; correct it, or import without --strict to keep it unrecognised");
        }

        _unrecognised.Add(what);
    }

    /// <summary>Notes a word that an enumeration does not know; never an error.</summary>
    public void UnknownWord(string property, string word) => _unrecognised.Add($"word {property}={Quoted(word)}");

    public static BadLineException Secret(string member, string sort) =>
        new(member, $"`{member}` holds what looks like {sort}; leave the value out and keep the credential's id, kind and times");

    public static BadLineException Wrong(ref Utf8JsonReader reader, string member, string wanted) =>
        new(member, $"`{member}` is {Called(reader.TokenType)}; it must be {wanted}");

    public static BadLineException Twice(string member) => new(member, $"`{Quoted(member)}` is said twice in one line; say it once");

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? IdProblem(string id)
    {
        if (id.Length is 0 or > LongestId)
        {
            return id.Length == 0 ? "is empty; give the thing's lasting id" : $"has {id.Length} characters; an id has at most {LongestId}";
        }

        foreach (var letter in id)
        {
            if (char.IsControl(letter))
            {
                return "holds a control character; percent-encode it";
            }
        }

        return null;
    }

    /// <summary>Short enough for a message, without control characters.</summary>
    public static string Quoted(string text)
    {
        var cut = text.Length > QuotedAtMost ? text.AsSpan(0, QuotedAtMost) : text;
        return string.Concat(string.Create(cut.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) || from[i] == '`' ? '?' : from[i];
            }
        }), text.Length > QuotedAtMost ? "…" : "");
    }

    private static string Raw(ref Utf8JsonReader reader, string member) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Wrong(ref reader, member, "a text");

    private static bool LooksLocal(string text) => Instants.TryParse(text + "Z", out _) || Instants.TryParse(text + ":00Z", out _);

    private static string Called(JsonTokenType token) => token switch
    {
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "a flag",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "a text",
        JsonTokenType.StartArray => "a list",
        _ => "an object",
    };
}
