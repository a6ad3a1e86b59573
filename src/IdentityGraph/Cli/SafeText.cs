using System.Globalization;
using System.Text;

namespace IdentityGraph.Cli;

/// <summary>Strings from sources are hostile: what is printed to a terminal or a spreadsheet is made harmless first.</summary>
internal static class SafeText
{
    private const int LongestName = 200;

    /// <summary>Control, bidirectional-override and other invisible format characters become visible escapes.</summary>
    public static string ForTerminal(string text) => Escape(text, "");

    /// <summary>The same for text that holds line ends of its own, such as indented JSON, whose strings may be escaped anywhere.</summary>
    public static string ForJson(string json) => Escape(json, "\n");

    /// <summary>A name as a table, title or legend shows it: its first 200 characters, and `…` where there are more.</summary>
    public static string Name(string name) =>
        name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] + "…";

    private static string Escape(string text, string kept)
    {
        var dangerous = false;
        foreach (var character in text)
        {
            dangerous |= IsDangerous(character) && !kept.Contains(character, StringComparison.Ordinal);
        }

        if (!dangerous)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (IsDangerous(character) && !kept.Contains(character, StringComparison.Ordinal))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                safe.Append(character);
            }
        }

        return safe.ToString();
    }

    /// <summary>One CSV field (RFC 4180); a leading character that spreadsheets take for a formula is neutralised with an apostrophe, a control character becomes a visible escape.</summary>
    public static string ForCsv(string text)
    {
        text = Escape(text, "\t\r\n");
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static bool IsDangerous(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
