using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>
/// The facts of every path to a literal on which each application rests on one other alone, fewest hops first, then as proofs are told
/// (rule number, premise id and edges of the last application, and of the ones before it in turn). Backwards from the goal through what can
/// be concluded in exactly as many hops as are left, so that hardly a branch ends in vain.
/// <para>
/// Why those are all the proofs: the facts of an inclusion-minimal proof prove the goal, so some search by them alone comes to it in the
/// fewest hops they allow, and where no application needs two others what it chose is a path. A literal it came to twice it would have
/// come to sooner, so the path is simple, and by minimality its facts are all of them. The other way round a path may have facts that
/// are too many: those of a shorter path, or of a longer one that uses an edge of it twice, or both ways. So each is still to be asked
/// whether its facts are minimal; and two paths may have the same.
/// </para>
/// </summary>
internal sealed class PathsInOrder
{
    // Longer ones are not looked for.
    private const int MostHops = 500;

    // Premises and steps looked at before it gives up; and to learn how long a path can be, which saves looking for longer ones.
    private const int MostLooked = 400_000;
    private const int MostForLength = 10_000;

    private readonly ReachResult _reach;
    private readonly PathLiteral _goal;
    private readonly Cell _cell;
    private readonly PathSteps _steps;
    private readonly int _hops;

    private PathsInOrder(ReachResult reach, PathLiteral goal, Cell cell)
    {
        (_reach, _goal, _cell) = (reach, goal, cell);
        _steps = new PathSteps(reach, cell, MostLooked);
        _hops = reach.FirstHops[goal.Node] - 1;
    }

    /// <summary>There are no more than were told: false before all of them were, and where it gave up.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Null where the search is not one it can follow, or the goal is attained before any rule. Only for who has its graph to itself.</summary>
    public static PathsInOrder? To(ReachResult reach, Node target, Rights right, Cell cell)
    {
        var options = reach.Options;
        if (reach.IsCutShort || options is not { DeadNodes: null, Gated: null, Within: null, Only: null } || reach.Seeds.Any(static seed => seed.IsLate || seed.Hop > 0) || !reach.Attains(target, right, cell))
        {
            return null;
        }

        var paths = new PathsInOrder(reach, new PathLiteral(target.Index, right), cell);
        return paths._steps.IsSeed(paths._goal) ? null : paths;
    }

    /// <summary>Facts of one path after the other; those that are told alike together. Ends early, and is not whole, where an application needs more than one other.</summary>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public IEnumerable<IReadOnlyList<HashSet<Fact>>> Ties(CancellationToken cancellationToken)
    {
        int? most = null;
        for (var hops = _hops; !_steps.GaveUp && (hops <= _hops + 1 || hops <= (most ??= LongestPath.To(_goal, new PathSteps(_reach, _cell, MostForLength), MostHops))); hops++)
        {
            if (hops > MostHops)
            {
                yield break;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (_steps.CanBeIn(_goal, hops))
            {
                foreach (var tie in Before([new Partial(_goal, null, null)], hops))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return tie;
                }
            }
        }

        IsWhole = !_steps.GaveUp;
    }

    /// <param name="alike">Ends of paths that are told alike so far.</param>
    /// <param name="hops">How many are left.</param>
    private IEnumerable<IReadOnlyList<HashSet<Fact>>> Before(List<Partial> alike, int hops)
    {
        if (hops == 0)
        {
            yield return [.. alike.Select(FactsOf)];
            yield break;
        }

        List<(Partial Path, PathChoice Choice)> choices = [.. alike.SelectMany(path => _steps.InOrder(path.Start, hops).Select(choice => (path, choice)))];
        if (alike.Count > 1)
        {
            choices.Sort((one, other) => _steps.Compare(one.Choice, other.Choice));
        }

        for (var first = 0; first < choices.Count;)
        {
            List<Partial> longer = [];
            var end = first;
            for (; end < choices.Count && _steps.Compare(choices[first].Choice, choices[end].Choice) == 0; end++)
            {
                var (path, choice) = choices[end];
                _steps.Look();
                if (!path.Passes(choice.Premise) && _steps.CanBeIn(choice.Premise, hops - 1))
                {
                    longer.AddRange(_steps.StepsBy(choice, hops).Select(step => new Partial(step.Premise, step, path)));
                }
            }

            first = end;
            foreach (var next in _steps.GaveUp ? [] : ByEdges(longer))
            {
                foreach (var tie in Before(next, hops - 1))
                {
                    yield return tie;
                }
            }

            if (_steps.GaveUp)
            {
                yield break;
            }
        }
    }

    /// <summary>In the order of the edges of their first steps, those with the same together.</summary>
    private List<List<Partial>> ByEdges(List<Partial> paths)
    {
        if (paths.Count < 2)
        {
            return paths.Count == 0 ? [] : [paths];
        }

        var edges = paths.ConvertAll(path => EdgesOf(path.Step!));
        var names = RanksOf([.. edges.SelectMany(static some => some).Distinct()]);
        var keys = edges.ConvertAll(some => some.Select(edge => names[edge]).Order().ToArray());
        List<List<Partial>> sorted = [];
        int[]? last = null;
        foreach (var at in Enumerable.Range(0, paths.Count).Order(Comparer<int>.Create((one, other) => keys[one].AsSpan().SequenceCompareTo(keys[other]))))
        {
            if (last is null || !keys[at].AsSpan().SequenceEqual(last))
            {
                sorted.Add([]);
                last = keys[at];
            }

            sorted[^1].Add(paths[at]);
        }

        return sorted;
    }

    /// <summary>Of each edge, how many other names come before its own.</summary>
    private Dictionary<int, int> RanksOf(int[] edges)
    {
        var view = _reach.Graph.View;
        Dictionary<int, int> ranks = [];
        var (rank, before) = (0, -1);
        foreach (var edge in ProofApplication.Sorted(view, edges))
        {
            rank += before >= 0 && ProofApplication.CompareNames(view, before, edge) != 0 ? 1 : 0;
            ranks[edge] = rank;
            before = edge;
        }

        return ranks;
    }

    private HashSet<int> EdgesOf(PathStep step)
    {
        HashSet<int> edges = [];
        foreach (var clause in step.Clauses)
        {
            foreach (var fact in _reach.Graph.Store.FactsOf(clause))
            {
                if (fact.IsEdge)
                {
                    edges.Add(fact.Index);
                }
            }
        }

        return edges;
    }

    private HashSet<Fact> FactsOf(Partial path)
    {
        HashSet<Fact> facts = [];
        for (var at = path; at?.Step is { } step; at = at.After)
        {
            foreach (var clause in step.Clauses)
            {
                foreach (var fact in _reach.Graph.Store.FactsOf(clause))
                {
                    facts.Add(fact);
                }
            }
        }

        return facts;
    }

    /// <summary>The end of a path.</summary>
    /// <param name="Start">What it starts from.</param>
    /// <param name="Step">The application that starts there; null: there is none yet.</param>
    /// <param name="After">What follows it.</param>
    private sealed record Partial(PathLiteral Start, PathStep? Step, Partial? After)
    {
        /// <summary>Whether it concludes no less later on: from there on it would prove the same.</summary>
        public bool Passes(PathLiteral literal)
        {
            for (var at = this; at is not null; at = at.After)
            {
                if (at.Start.Node == literal.Node && (at.Start.Rights & ~literal.Rights) == 0)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
