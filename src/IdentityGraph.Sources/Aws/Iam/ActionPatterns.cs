using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>The actions a statement names. Statements that name the same share one, so that what it takes in is found once.</summary>
/// <param name="patterns">With `*` and `?`.</param>
/// <param name="excluded">NotAction: it is about every action but these.</param>
internal sealed class ActionPatterns(IReadOnlyList<string> patterns, bool excluded)
{
    public static ActionPatterns None { get; } = new([], false);

    public IReadOnlyList<string> Patterns { get; } = patterns;

    public bool Excluded { get; } = excluded;

    /// <summary>What one of them looked like that is left out as a secret; null: none did.</summary>
    public string? Hides { get; private init; }

    /// <summary>As written, but for what looks like a secret: that is an action nobody knows, of a service nobody knows.</summary>
    /// <param name="texts">Changed where one is left out.</param>
    /// <param name="excluded">NotAction.</param>
    public static ActionPatterns Of(string[] texts, bool excluded)
    {
        string? hides = null;
        for (var at = 0; at < texts.Length; at++)
        {
            if (SecretLooking.Find(texts[at]) is { } sort)
            {
                (texts[at], hides) = (Hidden.Action, sort);
            }
        }

        return new(texts, excluded) { Hides = hides };
    }

    public bool IsAbout(string action)
    {
        foreach (var pattern in Patterns)
        {
            if (Glob.IsMatch(pattern, action, ignoreCase: true))
            {
                return !Excluded;
            }
        }

        return Excluded;
    }
}
