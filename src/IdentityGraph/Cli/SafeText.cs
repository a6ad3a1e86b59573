using System.Globalization;
using System.Text;
using IdentityGraph.Interop.Html;

namespace IdentityGraph.Cli;

/// <summary>Strings from sources are hostile: what is printed to a terminal or a spreadsheet is made harmless first.</summary>
internal static class SafeText
{
    private const int LongestName = 200;

    /// <summary>Control, bidirectional-override, tag and other invisible characters become visible escapes: `\u001b`, `\U000e0041`.</summary>
    public static string ForTerminal(string text) => Escape(text, "", ForPeople);

    /// <summary>The same for text that holds line ends of its own, such as indented JSON, whose strings may be escaped anywhere.</summary>
    public static string ForJson(string json) => Escape(json, "\n", InPairs);

    /// <summary>A name as a table, title or legend shows it: its first 200 characters, and `…` where there are more.</summary>
    public static string Name(string name) =>
        name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] + "…";

    /// <summary>By rune: what lies beyond the first plane is two characters, neither of which tells what it is.</summary>
    private static string Escape(string text, string kept, Func<Rune, string> escape)
    {
        StringBuilder? safe = null;
        var (at, copied) = (0, 0);
        while (text.AsSpan(at).IndexOfAnyExceptInRange(' ', '~') is >= 0 and var next)
        {
            at += next;
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (!isWhole || (HarmlessText.IsDangerous(rune) && !kept.Contains(text[at], StringComparison.Ordinal)))
            {
                safe = (safe ?? new StringBuilder(text.Length + 8)).Append(text, copied, at - copied).Append(isWhole ? escape(rune) : Short(text[at]));
                copied = at + length;
            }

            at += length;
        }

        return safe is null ? text : safe.Append(text, copied, text.Length - copied).ToString();
    }

    private static string ForPeople(Rune rune) => rune.IsBmp ? Short((char)rune.Value) : string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");

    /// <summary>JSON knows escapes of four digits only: two of them make a pair.</summary>
    private static string InPairs(Rune rune) => string.Concat(rune.ToString().Select(Short));

    private static string Short(char character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");

    /// <summary>One CSV field (RFC 4180); a leading character that spreadsheets take for a formula, full-width or not, is neutralised with an apostrophe, a control character becomes a visible escape.</summary>
    public static string ForCsv(string text)
    {
        text = Escape(text, "\t\r\n", ForPeople);
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '\t' or '\r')
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
