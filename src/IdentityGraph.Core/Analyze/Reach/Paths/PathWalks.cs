namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>The steps over which some walk to one node.</summary>
/// <param name="end">Dense index.</param>
internal sealed class PathWalks(int end)
{
    private readonly Dictionary<int, List<(int To, int Clause)>> _steps = [];

    /// <summary>Who walks: dense indexes.</summary>
    public List<int> Origins { get; } = [];

    public void Add(int from, int to, int clause)
    {
        if (!_steps.TryGetValue(from, out var steps))
        {
            _steps[from] = steps = [];
        }

        steps.Add((to, clause));
    }

    /// <summary>Clauses of every walk from one of them that passes no node twice, in the order of its steps. None where it ends where it starts.</summary>
    /// <param name="origin">Dense index.</param>
    /// <param name="look">Told of every step that is tried.</param>
    /// <param name="stop">Whether to end early.</param>
    public IEnumerable<IReadOnlyList<int>> From(int origin, Action look, Func<bool> stop)
    {
        var open = new Stack<(int Node, int Taken)>([(origin, 0)]);
        List<int> clauses = [];
        HashSet<int> passed = [origin];
        while (open.TryPop(out var at) && !stop())
        {
            if (at.Node == end)
            {
                yield return clauses;
            }
            else if (at.Taken < _steps[at.Node].Count)
            {
                var (to, clause) = _steps[at.Node][at.Taken];
                open.Push((at.Node, at.Taken + 1));
                look();
                if (passed.Add(to))
                {
                    clauses.Add(clause);
                    open.Push((to, 0));
                }

                continue;
            }

            passed.Remove(at.Node);
            if (clauses.Count > 0)
            {
                clauses.RemoveAt(clauses.Count - 1);
            }
        }
    }
}
