using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>Which literals matter: attained from all starts together, and leading to one that is counted.</summary>
internal static class Relevance
{
    public static bool[] Of(LiteralGraph graph)
    {
        var attained = Attained(graph);
        var leading = Leading(graph, attained);
        for (var literal = 0; literal < graph.Count; literal++)
        {
            attained[literal] &= leading[literal];
        }

        return attained;
    }

    private static bool[] Attained(LiteralGraph graph)
    {
        var attained = new bool[graph.Count];
        var missing = Array.ConvertAll(graph.Inputs, inputs => inputs.Length);
        var open = new Stack<int>();
        foreach (var start in graph.Starts.SelectMany(start => start))
        {
            Attain(start);
        }

        while (open.TryPop(out var literal))
        {
            foreach (var next in graph.OutOf(literal))
            {
                if (!graph.IsJoint(next) || --missing[next - graph.Plain] == 0)
                {
                    Attain(next);
                }
            }
        }

        return attained;

        void Attain(int literal)
        {
            if (!attained[literal])
            {
                attained[literal] = true;
                open.Push(literal);
            }
        }
    }

    private static bool[] Leading(LiteralGraph graph, bool[] attained)
    {
        var start = new int[graph.Count + 1];
        foreach (var to in graph.Out)
        {
            start[to + 1]++;
        }

        for (var literal = 0; literal < graph.Count; literal++)
        {
            start[literal + 1] += start[literal];
        }

        var next = start.AsSpan(0, graph.Count).ToArray();
        var from = new int[graph.Out.Length];
        for (var literal = 0; literal < graph.Count; literal++)
        {
            foreach (var to in graph.OutOf(literal))
            {
                from[next[to]++] = literal;
            }
        }

        var leading = new bool[graph.Count];
        var open = new Stack<int>();
        for (var literal = 0; literal < graph.Count; literal++)
        {
            if (graph.Tally[literal] >= 0 && attained[literal])
            {
                leading[literal] = true;
                open.Push(literal);
            }
        }

        while (open.TryPop(out var literal))
        {
            for (var i = start[literal]; i < start[literal + 1]; i++)
            {
                if (!leading[from[i]] && attained[from[i]])
                {
                    leading[from[i]] = true;
                    open.Push(from[i]);
                }
            }
        }

        return leading;
    }
}
