using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// What becomes of the reach of many starts, each by itself, without some edges: exact, and only those are counted again whose reach may
/// have changed. What lives by a fact is not judged anew, as in every cut of edges.
/// </summary>
public sealed class MassRecount
{
    // From so many starts on that may have changed, counting them at once is quicker than one after the other.
    private const int Many = 250;

    // Where more conclusions are lost than this, nobody looks who attains them otherwise.
    private const int MostConclusions = 16;

    // What is near: nodes that edges lead to, those of all starts together, and clauses asked for each.
    private const int MostNodes = 2_000;
    private const int MostNear = 200_000;
    private const int MostAsked = 2_000;

    // Clauses asked in no time.
    private const long Affordable = 10_000;

    private readonly ControlGraph _control;
    private readonly IReadOnlyList<IReadOnlyList<Seed>> _starts;
    private readonly Tallies _tallies;
    private readonly LiteralClauses _clauses;
    private readonly Beginning[][] _begun;
    private readonly IReadOnlyList<ReachSummary?>? _before;

    private MassRecount(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, LiteralClauses clauses, IReadOnlyList<ReachSummary?>? before) =>
        (_control, _starts, _clauses, _before, _begun, _tallies) = (control, starts, clauses, before, Beginning.Of(clauses, starts), new Tallies(control));

    /// <summary>Prepares for it.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="before">What each reaches as the facts are, where it is known: then what is lost is told from it. Null: it is not known.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static MassRecount Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, IReadOnlyList<ReachSummary?>? before = null, CancellationToken cancellationToken = default)
    {
        lock (control.Gate)
        {
            var clauses = control.Literals ??= new LiteralClauses(control);
            clauses.Cover(starts.SelectMany(start => start), cancellationToken);
            return new MassRecount(control, starts, clauses, before);
        }
    }

    /// <summary>Whether anything that the starts may come to rests on one of the edges.</summary>
    /// <param name="edges">Dense indexes.</param>
    public bool Matters(IReadOnlySet<int> edges)
    {
        lock (_control.Gate)
        {
            return edges.SelectMany(_clauses.RestingOn).Any();
        }
    }

    /// <summary>What the starts reach without the edges.</summary>
    /// <param name="edges">Dense indexes.</param>
    /// <param name="options">How to count many at once, where many change or a method is named; else one after the other.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    /// <returns>By number of the start, those that were counted again; all others reach what they did.</returns>
    public IReadOnlyDictionary<int, ReachSummary> Without(IReadOnlySet<int> edges, MassOptions? options = null, CancellationToken cancellationToken = default)
    {
        var affected = Losing(edges, out var cut, cancellationToken);
        if (affected.Count == 0)
        {
            return new Dictionary<int, ReachSummary>();
        }

        options ??= new MassOptions();
        return options.Method == MassMethod.Quicker && Near(affected, edges, cut) is { } near ? near
            : options.Method != MassMethod.Quicker || affected.Count >= Many ? AtOnce(affected, edges, options, cancellationToken) : OneByOne(affected, edges, cancellationToken);
    }

    /// <summary>
    /// Starts that may lose something. A conclusion whose own premise gives it without the edges is lost to nobody; who attains every
    /// conclusion that is lost by some other way loses nothing at all, for all that follows from it follows still.
    /// </summary>
    private List<int> Losing(IReadOnlySet<int> edges, out List<int> cut, CancellationToken cancellationToken)
    {
        lock (_control.Gate)
        {
            var resting = edges.SelectMany(_clauses.RestingOn).ToHashSet();
            var options = Options(edges, resting.Select(number => _clauses.All[number].From).ToHashSet());
            cut = [.. resting.Where(number => !IsGivenAnyway(_clauses.All[number], options, cancellationToken))];
            var conclusions = cut.GroupBy(number => _clauses.All[number].To).ToList();
            if (conclusions.Count > MostConclusions || cut.Exists(number => _clauses.All[number].Kind == ClauseKind.Inherit))
            {
                return Leading(cut);
            }

            var losing = new SortedSet<int>();
            foreach (var conclusion in conclusions)
            {
                var leading = Leading(conclusion);
                var word = conclusion.Aggregate(0u, (all, number) => all | _clauses.Concluded(_clauses.All[number]));
                var sure = leading.Count == 0 ? [] : _clauses.Sure().Attained(conclusion.Key, word, EntryOf(conclusion), resting, leading.ConvertAll(start => _begun[start]), cancellationToken);
                losing.UnionWith(leading.Where((_, place) => !sure[place]));
            }

            return [.. losing];
        }
    }

    /// <summary>What whoever lost one of the conclusions had attained to have it: the premises of entering, where they are the same for all; -1: none.</summary>
    private int EntryOf(IEnumerable<int> conclusions)
    {
        int[] entries = [.. conclusions.Select(number => _clauses.All[number].Entry).Distinct()];
        return entries is [var only] ? only : -1;
    }

    private bool IsGivenAnyway(in LiteralClause clause, ReachOptions options, CancellationToken cancellationToken) =>
        clause.Kind != ClauseKind.Inherit
        && _control.Gives(
            (clause.From, CellBits.Word((Rights)(1 << clause.Premise), CellBits.AllCells)),
            (clause.To, _clauses.Concluded(clause)),
            options,
            cancellationToken);

    /// <summary>Starts that may attain the premise of one of the clauses.</summary>
    private List<int> Leading(IEnumerable<int> clauses)
    {
        var leading = _clauses.LeadingTo(clauses.Select(number => _clauses.All[number].From).Distinct());
        List<int> affected = [];
        for (var start = 0; start < _starts.Count; start++)
        {
            foreach (var seed in _starts[start])
            {
                if (leading[seed.Node.Index])
                {
                    affected.Add(start);
                    break;
                }
            }
        }

        return affected;
    }

    /// <summary>Where edges lead to little, only what is lost of that is counted; null where they lead to much, or what is reached with them is not known.</summary>
    private Dictionary<int, ReachSummary>? Near(List<int> affected, IReadOnlySet<int> edges, List<int> cut)
    {
        lock (_control.Gate)
        {
            if (_before is null || _clauses.Beyond(cut.Select(number => _clauses.All[number].To), Math.Clamp(MostNear / affected.Count, 1, MostNodes)) is not { } beyond)
            {
                return null;
            }

            var near = new NearSearch(_clauses, edges, edges.SelectMany(_clauses.RestingOn).ToHashSet(), beyond);
            var counts = new ReachCounts(_control, _tallies);
            var left = Math.Max(Affordable, Math.Min((long)affected.Count * MostAsked, _clauses.Count / 2));
            var summaries = new Dictionary<int, ReachSummary>();
            List<(int Node, uint Whole, uint Less)> lost = [];
            foreach (var start in affected)
            {
                lost.Clear();
                if (_before[start] is not { } before || !near.Run(_begun[start], ref left, (node, whole, less) => lost.Add((node, whole, less))))
                {
                    return null;
                }

                summaries[start] = counts.Without(before, lost.Where(one => !Array.Exists(_begun[start], seed => seed.IsApart && seed.Node == one.Node)));
            }

            return summaries;
        }
    }

    private Dictionary<int, ReachSummary> OneByOne(List<int> affected, IReadOnlySet<int> edges, CancellationToken cancellationToken)
    {
        ReachOptions options;
        lock (_control.Gate)
        {
            options = Options(edges, edges.SelectMany(_clauses.RestingOn).Select(number => _clauses.All[number].From).ToHashSet());
        }

        var counts = new ReachCounts(_control, _tallies);
        return affected.ToDictionary(start => start, start => counts.Of(_control.Reach(_starts[start], options, cancellationToken)));
    }

    private Dictionary<int, ReachSummary> AtOnce(List<int> affected, IReadOnlySet<int> edges, MassOptions options, CancellationToken cancellationToken)
    {
        LiteralClauses left;
        lock (_control.Gate)
        {
            left = _clauses.Without(edges, affected.Select(start => _starts[start]));
        }

        var result = MassReach.Of(_control, [.. affected.Select(start => _starts[start])], options with { Stop = default }, left, cancellationToken);
        return affected.Zip(result.Summaries).ToDictionary(one => one.First, one => one.Second!);
    }

    private static ReachOptions Options(IReadOnlySet<int> edges, IReadOnlySet<int> from) => new() { WithoutProofs = true, DeadEdges = edges, CutFrom = from };
}
