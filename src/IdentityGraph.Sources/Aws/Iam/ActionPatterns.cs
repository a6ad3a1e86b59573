namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>The actions a statement names. Statements that name the same share one, so that what it takes in is found once.</summary>
/// <param name="patterns">With `*` and `?`.</param>
/// <param name="excluded">NotAction: it is about every action but these.</param>
internal sealed class ActionPatterns(IReadOnlyList<string> patterns, bool excluded)
{
    public static ActionPatterns None { get; } = new([], false);

    public IReadOnlyList<string> Patterns { get; } = patterns;

    public bool Excluded { get; } = excluded;

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
