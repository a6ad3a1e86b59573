namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>How many hops a path to a literal takes at most.</summary>
internal sealed class LongestPath
{
    private readonly PathSteps _steps;
    private readonly int _most;

    // Below 0: it is being looked at.
    private readonly Dictionary<PathLiteral, int> _known = [];
    private bool _hasCycle;
    private bool _isTooLong;

    private LongestPath(PathSteps steps, int most) => (_steps, _most) = (steps, most);

    /// <summary>Without cycles that of the longest; with some, as many as there are literals: none is passed twice. One more than the most where it may be more.</summary>
    /// <param name="goal">Where it ends.</param>
    /// <param name="steps">Where it comes through.</param>
    /// <param name="most">Beyond that it does not matter.</param>
    public static int To(PathLiteral goal, PathSteps steps, int most)
    {
        var longest = new LongestPath(steps, most);
        var hops = longest.Hops(goal, 0);
        return longest._isTooLong || steps.GaveUp ? most + 1 : longest._hasCycle ? Math.Min(most + 1, longest._known.Count) : hops;
    }

    private int Hops(PathLiteral literal, int depth)
    {
        if (_known.TryGetValue(literal, out var hops))
        {
            _hasCycle |= hops < 0;
            return Math.Max(0, hops);
        }

        _isTooLong |= depth > _most;
        if (_isTooLong)
        {
            return 0;
        }

        _known[literal] = -1;
        hops = 0;
        foreach (var choice in _steps.Into(literal, PathSteps.AnyHops))
        {
            hops = Math.Max(hops, 1 + Hops(choice.Premise, depth + 1));
        }

        return _known[literal] = hops;
    }
}
