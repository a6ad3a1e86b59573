using System.Globalization;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Numbers as JSON writes them in one spelling, digit by digit: `7.0`, `70e-1` and `7` are one number, and no large one loses digits.</summary>
internal static class DecimalText
{
    /// <summary>Digits beyond which a number is written with an exponent.</summary>
    private const int Longest = 40;

    /// <summary>The number in its one spelling; null where the text is none, or its exponent is beyond all use.</summary>
    public static string? Find(string text)
    {
        if (!TryRead(text, out var digits, out var exponent, out var negative))
        {
            return null;
        }

        var bare = digits.TrimStart('0').TrimEnd('0');
        if (bare.Length == 0)
        {
            return "0";
        }

        exponent += digits.Length - digits.TrimEnd('0').Length;
        return (negative ? "-" : "") + Written(bare, exponent);
    }

    private static string Written(string digits, long exponent)
    {
        if (exponent >= 0 && digits.Length + exponent <= Longest)
        {
            return digits + new string('0', (int)exponent);
        }

        if (exponent is < 0 and > -Longest)
        {
            var point = digits.Length + (int)exponent;
            return point > 0 ? $"{digits[..point]}.{digits[point..]}" : $"0.{new string('0', -point)}{digits}";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{digits}E{exponent}");
    }

    /// <summary>The grammar of RFC 8259: no zeros in front, a digit on both sides of the point.</summary>
    private static bool TryRead(string text, out string digits, out long exponent, out bool negative)
    {
        (digits, exponent, negative) = ("", 0, text.StartsWith('-'));
        var at = negative ? 1 : 0;
        var whole = DigitsAt(text, at);
        if (whole == 0 || (whole > 1 && text[at] == '0'))
        {
            return false;
        }

        digits = text.Substring(at, whole);
        at += whole;
        if (at < text.Length && text[at] == '.')
        {
            var part = DigitsAt(text, at + 1);
            if (part == 0)
            {
                return false;
            }

            digits += text.Substring(at + 1, part);
            exponent = -part;
            at += part + 1;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            if (!int.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power))
            {
                return false;
            }

            exponent += power;
            at = text.Length;
        }

        return at == text.Length;
    }

    private static int DigitsAt(string text, int from)
    {
        var length = 0;
        while (from + length < text.Length && char.IsAsciiDigit(text[from + length]))
        {
            length++;
        }

        return length;
    }
}
