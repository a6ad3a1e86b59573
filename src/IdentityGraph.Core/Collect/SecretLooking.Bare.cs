namespace IdentityGraph.Collect;

/// <content>
/// Secret access keys of AWS among other text: `arn:aws:iam::…:user/wJalr…`. They have no sign of their own, so that only what stands by
/// itself is one: forty characters between signs that no token has, or between slashes, or from a slash to the end of the word. False
/// alarms are rare there: a path of which forty characters are left is made of words, the hash of a commit is hex, and a digest in base64
/// has another length. Where what stands before the slash looks like chance too, all of it is one longer value, a public key or a digest.
/// </content>
public static partial class SecretLooking
{
    /// <summary>Longer ones are values of their own, not paths.</summary>
    private const int LongestPath = 128;

    /// <summary>Tokens and names go on beyond these.</summary>
    private const string Joining = "-_.~%";

    /// <summary>Characters before a digest in which its name may stand.</summary>
    private const int DigestName = 8;

    private static bool HoldsBareKey(ReadOnlySpan<char> text)
    {
        // Whatever is as long as a key stands on one of these places.
        for (var at = BareLength - 1; at < text.Length;)
        {
            if (!s_base64.Contains(text[at]))
            {
                at += BareLength;
                continue;
            }

            var from = text[..at].LastIndexOfAnyExcept(s_base64) + 1;
            var end = text[at..].IndexOfAnyExcept(s_base64) is >= 0 and var length ? at + length : text.Length;
            if (end - from <= LongestPath && !IsDigest(text[..from]) && HoldsBareKeyIn(text[from..end], IsApart(text, from - 1), IsApart(text, end)))
            {
                return true;
            }

            at = end + BareLength;
        }

        return false;
    }

    /// <param name="word">Of base64 alone.</param>
    /// <param name="begins">Whether nothing that it belongs to stands before it.</param>
    /// <param name="ends">The same behind it.</param>
    private static bool HoldsBareKeyIn(ReadOnlySpan<char> word, bool begins, bool ends)
    {
        for (var from = 0; word.Length - from >= BareLength;)
        {
            var key = word.Slice(from, BareLength);
            var isAll = word.Length == from + BareLength;
            if ((begins || from > 0) && (isAll ? ends : word[from + BareLength] == '/' && !key.Contains('/')) && key.ContainsAnyInRange('0', '9') && IsAwsSecretKey(key))
            {
                return true;
            }

            if (word[from..].IndexOf('/') is not (>= 0 and var slash) || !IsWord(word.Slice(from, slash)))
            {
                return false;
            }

            from += slash + 1;
        }

        return false;
    }

    private static bool IsApart(ReadOnlySpan<char> text, int at) => at < 0 || at >= text.Length || !Joining.Contains(text[at], StringComparison.Ordinal);

    private static bool IsDigest(ReadOnlySpan<char> before) => before[Math.Max(0, before.Length - DigestName)..].Contains("sha", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether no letter stands behind a digit, as in few words and most of what chance makes.</summary>
    private static bool IsWord(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('0', '9') is var digit && (digit < 0 || !text[digit..].ContainsAnyExceptInRange('0', '9'));
}
