using IdentityGraph.Collect;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>A word of the file as it may be printed: no secret, no control character, not endless.</summary>
internal static class ShownText
{
    private const int Longest = 120;

    public static string Of(string text)
    {
        if (SecretLooking.Find(text) is { } sort)
        {
            return $"({sort})";
        }

        foreach (var letter in text)
        {
            if (!IsPlain(letter))
            {
                return string.Concat(text.Take(Longest).Select(static c => IsPlain(c) ? c : '?'));
            }
        }

        return text.Length <= Longest ? text : text[..Longest];
    }

    private static bool IsPlain(char letter) => !char.IsControl(letter) && !char.IsSurrogate(letter);
}
