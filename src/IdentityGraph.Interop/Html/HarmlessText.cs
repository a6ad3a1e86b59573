using System.Globalization;
using System.Text;

namespace IdentityGraph.Interop.Html;

/// <summary>Strings of sources, made harmless for people to read: what is invisible or turns the direction of writing becomes visible.</summary>
public static class HarmlessText
{
    /// <summary>Control, format (direction marks, zero width, tags), line and paragraph separator characters, halves of pairs and noncharacters become `\u{hex}`.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var harmless = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (Rune.TryGetRuneAt(text, at, out var rune) && !IsDangerous(rune))
            {
                harmless.Append(text, at, rune.Utf16SequenceLength);
                at += rune.Utf16SequenceLength - 1;
            }
            else
            {
                var code = Rune.TryGetRuneAt(text, at, out rune) ? rune.Value : text[at];
                harmless.Append(CultureInfo.InvariantCulture, $"\\u{{{code:x}}}");
                at += code > 0xFFFF ? 1 : 0;
            }
        }

        return harmless.ToString();
    }

    /// <summary>At most so many columns, of which wide characters take two; what is left out is replaced by an ellipsis.</summary>
    public static string Clip(string text, int columns)
    {
        var harmless = Of(text);
        var taken = 0;
        var until = 0;
        foreach (var rune in harmless.EnumerateRunes())
        {
            taken += rune.Value >= 0x1100 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol ? 2 : 1;
            if (taken > columns)
            {
                return harmless[..LastWhole(harmless, until, columns)] + "…";
            }

            until += rune.Utf16SequenceLength;
        }

        return harmless;
    }

    /// <summary>One column is the ellipsis's.</summary>
    private static int LastWhole(string text, int until, int columns) =>
        until == 0 || columns < 2 ? 0 : until - (char.IsLowSurrogate(text[until - 1]) ? 2 : 1);

    /// <summary>
    /// Whether it is seen by nobody and read by programs: control and format characters, separators of lines, tags (U+E0000 to U+E007F, of which
    /// not all are assigned) and whatever else is shown as nothing, and noncharacters.
    /// </summary>
    public static bool IsDangerous(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is (>= 0xFDD0 and <= 0xFDEF) or (>= 0xE0000 and <= 0xE0FFF) or (>= 0x2060 and <= 0x206F) or (>= 0xFFF0 and <= 0xFFF8)
            or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0;
}
