using System.Text;

namespace IdentityGraph.Graph.Fold;

/// <summary>The form in which strings are compared: Unicode normalization form C.</summary>
internal static class Nfc
{
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // A lone surrogate has no normal form: such a string is itself.
            return text;
        }
    }
}
