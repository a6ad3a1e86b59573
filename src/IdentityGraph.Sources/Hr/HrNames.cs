namespace IdentityGraph.Sources.Hr;

/// <summary>Whether names, logins and addresses can be of one person. Only used to report contradictions, never to link.</summary>
internal static class HrNames
{
    private static readonly char[] s_breaks = [' ', ',', '.', '-', '_', '\'', '@', '+'];

    /// <summary>Words of at least three letters, lower case.</summary>
    public static IEnumerable<string> Words(string text) =>
        text.ToLowerInvariant().Split(s_breaks, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 3);

    /// <summary>Words an address may be looked up by: its parts, and its parts without their first letter (`hsimpson`).</summary>
    public static IEnumerable<string> WordsOfAddress(string address) =>
        Words(address).SelectMany(word => new[] { word, word[1..] }).Distinct();

    public static bool ShareAWord(string one, string other) => Words(one).Intersect(Words(other)).Any();

    /// <summary>Whether the address holds a word of the name, or begins of one (a typing error later in it does not matter).</summary>
    public static bool Fits(string address, string name)
    {
        var plain = Plain(address);
        return Words(name).Any(word => plain.Contains(word.Length > 5 ? word[..5] : word, StringComparison.Ordinal))
            || AllWords(name).Any(word => word.Length < 3 && plain.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Whether the address is what the whole name makes: first and last name, or an initial and the last name.</summary>
    public static bool FitsWhole(string address, string name)
    {
        var words = AllWords(name);
        if (words.Length < 2)
        {
            return false;
        }

        var plain = Plain(address);
        var (first, last) = (words[0], words[^1]);
        return plain.Contains(last, StringComparison.Ordinal)
            && (plain.Contains(first, StringComparison.Ordinal) || Plain(address.Split('@')[0]) == first[..1] + last);
    }

    private static string[] AllWords(string name) => name.ToLowerInvariant().Split(s_breaks, StringSplitOptions.RemoveEmptyEntries);

    private static string Plain(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));
}
