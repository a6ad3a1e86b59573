namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// An order in which edges lead forward, but for those that close a cycle: the reverse of the order in which a depth-first search
/// leaves them, so that what is searched together lies together.
/// </summary>
internal static class TopologicalOrder
{
    /// <param name="groups">Non-empty ones are ordered.</param>
    /// <param name="start">Where the edges of each group start.</param>
    /// <param name="to">Groups they lead to.</param>
    public static int[] Of(Groups groups, int[] start, int[] to)
    {
        var count = groups.Start.Length - 1;
        var next = new int[count];
        var seen = new bool[count];
        List<int> left = [];
        var path = new Stack<int>();
        for (var root = 0; root < count; root++)
        {
            if (!seen[root] && groups[root].Length > 0)
            {
                Enter(root);
            }

            while (path.TryPeek(out var group))
            {
                if (next[group] == start[group + 1])
                {
                    left.Add(path.Pop());
                }
                else if (to[next[group]++] is var after && !seen[after])
                {
                    Enter(after);
                }
            }
        }

        left.Reverse();
        return [.. left];

        void Enter(int group)
        {
            seen[group] = true;
            next[group] = start[group];
            path.Push(group);
        }
    }
}
