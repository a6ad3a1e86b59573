using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IdentityGraph.Stores.Neo4j.Asking;

/// <summary>What a token of Cypher is.</summary>
internal enum CypherTokenKind
{
    /// <summary>A keyword or name, in backticks or not.</summary>
    Word,

    /// <summary>A string literal.</summary>
    Text,

    /// <summary>Any other character.</summary>
    Sign,
}

/// <param name="Kind">What it is.</param>
/// <param name="Value">Without its quotes; escapes of one character are undone.</param>
/// <param name="Start">Where it begins in the statement.</param>
/// <param name="End">Behind its last character.</param>
internal readonly record struct CypherToken(CypherTokenKind Kind, string Value, int Start, int End)
{
    public bool IsWord(string word) => Kind == CypherTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(char sign) => Kind == CypherTokenKind.Sign && Value[0] == sign;
}

/// <summary>Words, string literals and signs of a statement, in order; comments and white space are passed over.</summary>
internal static partial class CypherTokens
{
    /// <summary>
    /// The statement as it is written, and as a server reads it that undoes <c>\uXXXX</c> before anything else (Cypher 5 does so outside
    /// of literals too): what is looked for must be absent from both.
    /// </summary>
    public static IEnumerable<IReadOnlyList<CypherToken>> Readings(string statement)
    {
        yield return Of(statement);
        if (UnicodeEscape().IsMatch(statement))
        {
            yield return Of(UnicodeEscape().Replace(statement, static escape => ((char)int.Parse(escape.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
        }
    }

    public static IReadOnlyList<CypherToken> Of(string statement)
    {
        List<CypherToken> tokens = [];
        for (var at = 0; at < statement.Length;)
        {
            var start = at;
            switch (statement[at])
            {
                case var space when char.IsWhiteSpace(space):
                    at++;
                    break;
                case '/' when Follows(statement, at, '/'):
                    at = EndOf(statement.AsSpan(at).IndexOfAny('\r', '\n'), at, 0, statement.Length);
                    break;
                case '/' when Follows(statement, at, '*'):
                    at = EndOf(statement.AsSpan(at + 2).IndexOf("*/", StringComparison.Ordinal), at + 2, 2, statement.Length);
                    break;
                case '\'' or '"' or '`':
                    var (value, end) = Quoted(statement, at);
                    tokens.Add(new CypherToken(statement[at] == '`' ? CypherTokenKind.Word : CypherTokenKind.Text, value, start, at = end));
                    break;
                case var letter when IsPartOfWord(letter):
                    while (at < statement.Length && IsPartOfWord(statement[at]))
                    {
                        at++;
                    }

                    tokens.Add(new CypherToken(CypherTokenKind.Word, statement[start..at], start, at));
                    break;
                default:
                    tokens.Add(new CypherToken(CypherTokenKind.Sign, statement[start].ToString(), start, ++at));
                    break;
            }
        }

        return tokens;
    }

    private static bool Follows(string statement, int at, char next) => at + 1 < statement.Length && statement[at + 1] == next;

    private static int EndOf(int found, int from, int length, int end) => found < 0 ? end : from + found + length;

    private static bool IsPartOfWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_' || char.IsSurrogate(letter);

    /// <summary>A backslash takes the next character as it is in literals; a name doubles its backtick.</summary>
    private static (string Value, int End) Quoted(string statement, int at)
    {
        var quote = statement[at];
        var value = new StringBuilder();
        for (at++; at < statement.Length; at++)
        {
            if (statement[at] == quote && !(quote == '`' && Follows(statement, at, quote)))
            {
                return (value.ToString(), at + 1);
            }

            at += (statement[at] == '\\' && quote != '`') || statement[at] == quote ? 1 : 0;
            value.Append(at < statement.Length ? statement[at].ToString() : "");
        }

        return (value.ToString(), statement.Length);
    }

    [GeneratedRegex(@"\\u+([0-9A-Fa-f]{4})")]
    private static partial Regex UnicodeEscape();
}
