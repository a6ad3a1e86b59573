namespace IdentityGraph.Analyze.Mass;

/// <summary>Numbers sorted into groups: the members of each lie side by side.</summary>
/// <param name="Start">Where each group starts; one more than there are groups.</param>
/// <param name="Members">Group after group, in ascending order within each.</param>
internal sealed record Groups(int[] Start, int[] Members)
{
    public ReadOnlySpan<int> this[int group] => Members.AsSpan(Start[group]..Start[group + 1]);

    /// <param name="groupOf">For each number its group; -1: none.</param>
    /// <param name="count">How many groups.</param>
    public static Groups Of(int[] groupOf, int count)
    {
        var start = new int[count + 1];
        foreach (var group in groupOf)
        {
            if (group >= 0)
            {
                start[group + 1]++;
            }
        }

        for (var group = 0; group < count; group++)
        {
            start[group + 1] += start[group];
        }

        var next = start.AsSpan(0, count).ToArray();
        var members = new int[start[count]];
        for (var number = 0; number < groupOf.Length; number++)
        {
            if (groupOf[number] >= 0)
            {
                members[next[groupOf[number]]++] = number;
            }
        }

        return new Groups(start, members);
    }
}
