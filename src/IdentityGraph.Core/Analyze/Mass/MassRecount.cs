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
    // Above so many nodes reached for each clause there is, counting all that changed at once is quicker than one after the other.
    private const int NodesAClause = 4;

    private readonly ControlGraph _control;
    private readonly IReadOnlyList<IReadOnlyList<Seed>> _starts;
    private readonly IReadOnlyList<ReachSummary?> _summaries;
    private readonly Tallies _tallies;
    private readonly LiteralClauses _clauses;

    private MassRecount(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, IReadOnlyList<ReachSummary?> summaries, LiteralClauses clauses) =>
        (_control, _starts, _summaries, _clauses, _tallies) = (control, starts, summaries, clauses, new Tallies(control));

    /// <summary>Prepares for it.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="counted">What they reach, of the same control and starts.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static MassRecount Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, MassResult counted, CancellationToken cancellationToken = default)
    {
        if (counted.Summaries.Count != starts.Count)
        {
            throw new ArgumentException($"{counted.Summaries.Count} starts were counted, not these {starts.Count}; count these first", nameof(counted));
        }

        lock (control.Gate)
        {
            var clauses = control.Literals ??= new LiteralClauses(control);
            clauses.Cover(starts.SelectMany(start => start), cancellationToken);
            return new MassRecount(control, starts, counted.Summaries, clauses);
        }
    }

    /// <summary>What the starts reach without the edges.</summary>
    /// <param name="edges">Dense indexes.</param>
    /// <param name="options">How to count many at once, where many change or a method is named; else one after the other.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    /// <returns>By number of the start, those that were counted again; all others reach what they did.</returns>
    public IReadOnlyDictionary<int, ReachSummary> Without(IReadOnlySet<int> edges, MassOptions? options = null, CancellationToken cancellationToken = default)
    {
        var cut = Cut(edges, cancellationToken);
        if (cut.Count == 0)
        {
            return new Dictionary<int, ReachSummary>();
        }

        var affected = Leading(cut);
        var reach = affected.Sum(start => (long)(_summaries[start]?.NodesIn(Cell.PossibleAmplified) ?? _clauses.View.NodeCount));
        options ??= new MassOptions();
        return options.Method != MassMethod.Quicker || reach > (long)NodesAClause * _clauses.Count ? AtOnce(affected, edges, options, cancellationToken) : OneByOne(affected, edges, cancellationToken);
    }

    /// <summary>Nodes from which something is lost: clauses that rest on the edges, but for those whose conclusion their own premise gives without.</summary>
    private HashSet<int> Cut(IReadOnlySet<int> edges, CancellationToken cancellationToken)
    {
        lock (_control.Gate)
        {
            int[] resting = [.. edges.SelectMany(_clauses.RestingOn).Distinct()];
            var from = resting.Select(number => _clauses.All[number].From).ToHashSet();
            var options = Options(edges, from);
            return [.. resting.Where(number => !IsGivenAnyway(_clauses.All[number], options, cancellationToken)).Select(number => _clauses.All[number].From)];
        }
    }

    private bool IsGivenAnyway(in LiteralClause clause, ReachOptions options, CancellationToken cancellationToken) =>
        clause.Kind != ClauseKind.Inherit
        && _control.Gives(
            (clause.From, CellBits.Word((Rights)(1 << clause.Premise), CellBits.AllCells)),
            (clause.To, CellBits.Word(clause.Kind == ClauseKind.Walk ? Rights.Use : clause.Rights, clause.Cells)),
            options,
            cancellationToken);

    private List<int> Leading(HashSet<int> cut)
    {
        var leading = _clauses.LeadingTo(cut);
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

    private Dictionary<int, ReachSummary> OneByOne(List<int> affected, IReadOnlySet<int> edges, CancellationToken cancellationToken)
    {
        var options = Options(edges, edges.SelectMany(_clauses.RestingOn).Select(number => _clauses.All[number].From).ToHashSet());
        var counts = new ReachCounts(_control, _tallies);
        return affected.ToDictionary(start => start, start => counts.Of(_control.Reach(_starts[start], options, cancellationToken)));
    }

    private Dictionary<int, ReachSummary> AtOnce(List<int> affected, IReadOnlySet<int> edges, MassOptions options, CancellationToken cancellationToken)
    {
        LiteralClauses left;
        lock (_control.Gate)
        {
            left = _clauses.Without(edges);
        }

        var result = MassReach.Of(_control, [.. affected.Select(start => _starts[start])], options with { Stop = default }, left, cancellationToken);
        return affected.Zip(result.Summaries).ToDictionary(one => one.First, one => one.Second!);
    }

    private static ReachOptions Options(IReadOnlySet<int> edges, IReadOnlySet<int> from) => new() { WithoutProofs = true, DeadEdges = edges, CutFrom = from };
}
