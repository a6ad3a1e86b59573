using System.Text;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Texts as they are compared where nothing is equal to the letter: letters decomposed as Unicode's canonical form D has them, in
/// capitals, without blanks around, numbers in one spelling. What is only so alike may be meant, never certainly.
/// </summary>
internal static class LooseText
{
    /// <summary>The text so written; two texts are alike where this is equal.</summary>
    public static string Of(string text)
    {
        var bare = text.Trim();
        if (DecimalText.Find(bare) is { } number)
        {
            return number;
        }

        var decomposed = Ascii.IsValid(bare) ? bare : Decomposed(bare);
        var upper = decomposed.ToUpperInvariant();
        return Ascii.IsValid(upper) ? upper : Decomposed(upper);
    }

    private static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            // Half of a UTF-16 pair, or a code point nobody may use: it is only like itself.
            return text;
        }
    }
}
