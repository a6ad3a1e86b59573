using System.Text;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// Policy variables of a resource pattern: `${key}`, `${key, 'what stands for it where the request has no such key'}`, and `${*}`, `${?}`,
/// `${$}` for the characters themselves.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html</remarks>
internal static class PolicyVariables
{
    /// <summary>Stands for a star that is no wildcard; no resource holds it.</summary>
    public const char Star = '\u0002';

    /// <summary>Stands for a question mark that is no wildcard.</summary>
    public const char QuestionMark = '\u0003';

    private static readonly Dictionary<string, string> s_nameless = new(StringComparer.Ordinal) { [RequestKeys.Username] = RequestKeys.Absent };

    /// <summary>The pattern with its variables told apart.</summary>
    /// <param name="text">As written, in a document that has variables.</param>
    /// <param name="stated">Values that are certain, by key in lower case; one with a wildcard in it stays open, one that is surely absent and has no default matches nothing.</param>
    public static ResourcePattern Read(string text, IReadOnlyDictionary<string, string>? stated)
    {
        var pattern = new StringBuilder(text.Length);
        var (username, other) = (false, false);
        for (var at = 0; at < text.Length; at++)
        {
            var end = text[at] == '$' && at + 1 < text.Length && text[at + 1] == '{' ? text.IndexOf('}', at) : -1;
            if (end < 0)
            {
                pattern.Append(text[at]);
                continue;
            }

            var inside = text[(at + 2)..end];
            at = end;
            if (LiteralOf(inside) is { } letter)
            {
                pattern.Append(letter);
                continue;
            }

            var comma = inside.IndexOf(',', StringComparison.Ordinal);
            var key = (comma < 0 ? inside : inside[..comma]).Trim().ToLowerInvariant();
            var fallback = comma < 0 ? null : Quoted(inside[(comma + 1)..]);
            var value = stated is null ? null : RequestKeys.ValueOf(stated, key);
            value = value == RequestKeys.Absent ? fallback ?? value : value;
            if (comma >= 0 && fallback is null)
            {
                value = null;
            }
            else if (value is null && key == RequestKeys.Username)
            {
                username = true;
                pattern.Append(PolicyReading.UsernameMark);
                continue;
            }

            var known = value is not null && !Glob.HasWildcard(value);
            other |= !known;
            pattern.Append(known ? value : "*");
        }

        return new ResourcePattern(text, pattern.ToString(), username, other);
    }

    /// <summary>The pattern for a principal that has no user name; null: without one it matches nothing.</summary>
    /// <param name="pattern">One with `${aws:username}`.</param>
    /// <param name="stated">Values that are certain, by key in lower case.</param>
    public static ResourcePattern? WithoutName(ResourcePattern pattern, IReadOnlyDictionary<string, string>? stated = null)
    {
        if (!pattern.Text.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var nameless = Read(pattern.Text, stated is null ? s_nameless : new Dictionary<string, string>(stated, StringComparer.Ordinal) { [RequestKeys.Username] = RequestKeys.Absent });
        return nameless.Pattern.Contains(RequestKeys.Absent, StringComparison.Ordinal) ? null : nameless;
    }

    /// <summary>Whether `${aws:username}` in the pattern may stand for a name that one takes: not where it is the user itself, which is called so too then.</summary>
    public static bool IsForRenamed(string pattern) => !(pattern.EndsWith(PolicyReading.UsernameMark) && pattern.Contains(":user/", StringComparison.Ordinal));

    /// <summary>The pattern with any name.</summary>
    public static string ForAnyName(string pattern) => pattern.Replace(PolicyReading.UsernameMark, '*');

    /// <summary>Whether a star or question mark of the pattern is no wildcard.</summary>
    public static bool HasLiteral(string pattern) => pattern.AsSpan().ContainsAny(Star, QuestionMark);

    /// <summary>The pattern with the characters that are no wildcards as a policy writes them.</summary>
    public static string Written(string pattern) => HasLiteral(pattern)
        ? pattern.Replace(Star.ToString(), "${*}", StringComparison.Ordinal).Replace(QuestionMark.ToString(), "${?}", StringComparison.Ordinal)
        : pattern;

    private static char? LiteralOf(string inside) => inside switch
    {
        "*" => Star,
        "?" => QuestionMark,
        "$" => '$',
        _ => null,
    };

    /// <summary>The text between single quotes; null where it does not stand in them.</summary>
    private static string? Quoted(string text) => text.Trim() is ['\'', .. var inner, '\''] ? inner : null;
}
