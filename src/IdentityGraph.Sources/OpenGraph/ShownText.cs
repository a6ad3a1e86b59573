using IdentityGraph.Collect;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>A word of the file as it may be printed: no secret, no control character, not endless.</summary>
internal static class ShownText
{
    public static string Of(string text) =>
        SecretLooking.Find(text) is { } sort ? $"({sort})" : text.Length <= 120 && text.All(char.IsAsciiLetterOrDigit) ? text : string.Concat(text.Take(120).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
