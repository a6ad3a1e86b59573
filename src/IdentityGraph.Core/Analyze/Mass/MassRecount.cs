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
    private const int Many = 100;

    private readonly ControlGraph _control;
    private readonly IReadOnlyList<IReadOnlyList<Seed>> _starts;
    private readonly Tallies _tallies;
    private readonly LiteralClauses _clauses;

    private MassRecount(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, LiteralClauses clauses) =>
        (_control, _starts, _clauses, _tallies) = (control, starts, clauses, new Tallies(control));

    /// <summary>Prepares for it.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static MassRecount Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, CancellationToken cancellationToken = default)
    {
        lock (control.Gate)
        {
            var clauses = control.Literals ??= new LiteralClauses(control);
            clauses.Cover(starts.SelectMany(start => start), cancellationToken);
            return new MassRecount(control, starts, clauses);
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
        var cut = Cut(edges, cancellationToken);
        if (cut.Count == 0)
        {
            return new Dictionary<int, ReachSummary>();
        }

        var affected = Leading(cut);
        options ??= new MassOptions();
        return options.Method != MassMethod.Quicker || affected.Count >= Many ? AtOnce(affected, edges, options, cancellationToken) : OneByOne(affected, edges, cancellationToken);
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
        bool[] leading;
        lock (_control.Gate)
        {
            leading = _clauses.LeadingTo(cut);
        }

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
