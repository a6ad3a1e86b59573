namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// Wildcards of IAM: `*` is any run of characters, `?` is one. The match goes back to the last star only, so no pattern makes it explode.
/// </summary>
internal static class Glob
{
    /// <summary>Colons before the resource of an ARN.</summary>
    private const int ArnColons = 5;

    /// <summary>Whether the pattern matches the whole text.</summary>
    /// <param name="pattern">With `*` and `?`.</param>
    /// <param name="text">What is matched; if it is a pattern itself, only a star of <paramref name="pattern"/> takes in its wildcards.</param>
    /// <param name="ignoreCase">Actions are matched without regard to case (ASCII), resources with.</param>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase = false)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' ? text[t] != '*' : Same(pattern[p], text[t], ignoreCase)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>
    /// Whether a pattern that matches an ARN does so with every wildcard inside its segment, a `*` that ends its segment apart, which
    /// may go on beyond it. Behind the fifth colon is one segment. What a wildcard inside a segment does beyond it is not published.
    /// </summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html</remarks>
    public static bool StaysInSegments(ReadOnlySpan<char> pattern, ReadOnlySpan<char> arn)
    {
        if (!HasInnerWildcard(pattern))
        {
            return true;
        }

        // reached[t]: the pattern so far takes in the first t characters.
        var reached = new bool[arn.Length + 1];
        reached[0] = true;
        var colons = 0;
        for (var p = 0; p < pattern.Length; p++)
        {
            var inner = colons < ArnColons && !EndsSegment(pattern, p);
            colons += pattern[p] == ':' ? 1 : 0;
            if (pattern[p] == '*')
            {
                for (var t = 1; t <= arn.Length; t++)
                {
                    reached[t] |= reached[t - 1] && !(inner && arn[t - 1] == ':');
                }

                continue;
            }

            for (var t = arn.Length; t > 0; t--)
            {
                reached[t] = reached[t - 1] && (pattern[p] == '?' ? !(colons < ArnColons && arn[t - 1] == ':') : pattern[p] == arn[t - 1]);
            }

            reached[0] = false;
        }

        return reached[arn.Length];
    }

    /// <summary>Whether some text may match both; true where that is not quickly ruled out by how they begin and end.</summary>
    public static bool MayMeet(ReadOnlySpan<char> left, ReadOnlySpan<char> right, bool ignoreCase = false)
    {
        if (!HasWildcard(right))
        {
            return IsMatch(left, right, ignoreCase);
        }

        if (!HasWildcard(left))
        {
            return IsMatch(right, left, ignoreCase);
        }

        for (var i = 0; i < Math.Min(left.Length, right.Length) && left[i] != '*' && right[i] != '*'; i++)
        {
            if (left[i] != '?' && right[i] != '?' && !Same(left[i], right[i], ignoreCase))
            {
                return false;
            }
        }

        for (var i = 1; i <= Math.Min(left.Length, right.Length) && left[^i] != '*' && right[^i] != '*'; i++)
        {
            if (left[^i] != '?' && right[^i] != '?' && !Same(left[^i], right[^i], ignoreCase))
            {
                return false;
            }
        }

        return true;
    }

    public static bool HasWildcard(ReadOnlySpan<char> pattern) => pattern.ContainsAny('*', '?');

    private static bool HasInnerWildcard(ReadOnlySpan<char> pattern)
    {
        var colons = 0;
        for (var p = 0; p < pattern.Length && colons < ArnColons; p++)
        {
            if (pattern[p] == '?' || (pattern[p] == '*' && !EndsSegment(pattern, p)))
            {
                return true;
            }

            colons += pattern[p] == ':' ? 1 : 0;
        }

        return false;
    }

    private static bool EndsSegment(ReadOnlySpan<char> pattern, int at) => at + 1 == pattern.Length || pattern[at + 1] == ':';

    private static bool Same(char left, char right, bool ignoreCase) =>
        left == right || (ignoreCase && char.ToLowerInvariant(left) == char.ToLowerInvariant(right));
}
