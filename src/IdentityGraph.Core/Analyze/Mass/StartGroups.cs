namespace IdentityGraph.Analyze.Mass;

/// <summary>Starts that begin alike in every graph, and so attain the same: one of each group is counted for all.</summary>
internal sealed class StartGroups
{
    /// <param name="graphs">All have the same starts.</param>
    public StartGroups(IReadOnlyList<CondensedGraph> graphs)
    {
        var known = new Dictionary<(int, int, int, int), int>();
        List<int> first = [];
        Of = new int[graphs[0].Starts.Length];
        for (var start = 0; start < Of.Length; start++)
        {
            if (Key(graphs, start) is not { } key)
            {
                Of[start] = first.Count;
                first.Add(start);
            }
            else if (known.TryGetValue(key, out var group))
            {
                Of[start] = group;
            }
            else
            {
                Of[start] = known[key] = first.Count;
                first.Add(start);
            }
        }

        First = [.. first];
    }

    /// <summary>By start, its group.</summary>
    public int[] Of { get; }

    /// <summary>By group, the start that is counted for it.</summary>
    public int[] First { get; }

    /// <summary>Null where it is like no other.</summary>
    private static (int, int, int, int)? Key(IReadOnlyList<CondensedGraph> graphs, int start)
    {
        Span<int> parts = [-1, -1, -1, -1];
        for (var i = 0; i < graphs.Count; i++)
        {
            if (graphs[i].Own[start].Length > 0 || graphs[i].Starts[start].Length > 1)
            {
                return null;
            }

            parts[i] = graphs[i].Starts[start] is [var only] ? only : -1;
        }

        return (parts[0], parts[1], parts[2], parts[3]);
    }
}
