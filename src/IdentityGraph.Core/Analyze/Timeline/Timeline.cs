using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Timeline;

/// <summary>
/// Reach through time: evaluated at every moment at which something changed that the last evaluation read, each from the starts and
/// what was kept from before. What is kept: material that can be copied out, what was made meanwhile, and the use of what a credential
/// was made of; authority is not.
/// </summary>
internal sealed class Timeline
{
    private readonly GraphSnapshot _snapshot;
    private readonly TimelineQuestion _question;
    private readonly Func<GraphView, Liveness> _judge;
    private readonly AttackerProfile _profile;
    private readonly CancellationToken _cancel;
    private readonly Dictionary<int, List<Kept>> _kept = [];
    private readonly Dictionary<int, MadePrincipal> _principals = [];
    private readonly Dictionary<int, (long First, long Last)> _attained = [];
    private readonly Dictionary<int, uint> _given = [];
    private List<int> _current = [];

    private Timeline(GraphSnapshot snapshot, Func<GraphView, Liveness> judge, AttackerProfile profile, TimelineQuestion question, CancellationToken cancel) =>
        (_snapshot, _judge, _profile, _question, _cancel) = (snapshot, judge, profile, question, cancel);

    /// <summary>What is kept at the end, whatever became of it at that very moment.</summary>
    public IEnumerable<Kept> Kept => _kept.OrderBy(kept => kept.Key).SelectMany(kept => kept.Value);

    /// <summary>Systems in which a principal may have been made, by dense index.</summary>
    public IEnumerable<MadePrincipal> Principals => _principals.Values.OrderBy(made => made.System);

    /// <summary>First instant and end of the last stretch at which it was attained, by dense index; every node attained at any moment.</summary>
    public IReadOnlyDictionary<int, (long First, long Last)> Attained => _attained;

    /// <summary>The moment at which it was told to stop, UTC ticks; null: it came to its end.</summary>
    public long? StoppedAt { get; private set; }

    /// <summary>Walks the time before the end of the question; the end itself is left to <see cref="End"/>.</summary>
    /// <param name="snapshot">Where.</param>
    /// <param name="judge">Makes the judgement of liveness at a view.</param>
    /// <param name="profile">Whose gates are satisfied.</param>
    /// <param name="question">From when, from what.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static Timeline Of(GraphSnapshot snapshot, Func<GraphView, Liveness> judge, AttackerProfile profile, TimelineQuestion question, CancellationToken cancellationToken)
    {
        var timeline = new Timeline(snapshot, judge, profile, question, cancellationToken);
        timeline.Walk();
        return timeline;
    }

    /// <summary>Reach at the end, from the starts and what was kept until then.</summary>
    public ReachResult End(ControlGraph control)
    {
        var reach = Evaluate(control, _question.To);
        foreach (var node in _current)
        {
            _attained[node] = (_attained[node].First, _question.To);
        }

        return reach;
    }

    /// <summary>Steps of a proof at the end, with those by which what was kept had been gained in place of its bare start.</summary>
    public IReadOnlyList<ProofLine> Whole(Proof proof) => Whole(proof.Steps, (int)proof.Cell);

    private void Walk()
    {
        var points = new ControlInstants(_snapshot, withSpawned: true);
        var first = _question.From ?? (points.Points.Length == 0 ? _question.To : points.Points.SkipWhile(point => point == Instants.Earliest).FirstOrDefault(_question.To));
        if (first > _question.To)
        {
            return;
        }

        long[] instants = [first, .. points.Points.Where(point => point > first && point < _question.To)];
        for (var number = 0; number < instants.Length; number++)
        {
            _cancel.ThrowIfCancellationRequested();
            if (_question.Stop.IsCancellationRequested)
            {
                StoppedAt = instants[number];
                return;
            }

            _question.Progress?.Invoke(number, instants.Length);
            var view = _snapshot.At(Instants.FromTicks(instants[number]));
            Evaluate(ControlGraph.Compile(view, _judge(view), _profile), instants[number]);
        }
    }

    private ReachResult Evaluate(ControlGraph control, long instant)
    {
        var (view, liveness) = (control.View, control.Liveness);
        foreach (var (node, kept) in _kept.ToList())
        {
            List<Kept> left = [.. kept.Select(one => one.Left(view, liveness)).OfType<Kept>()];
            if (left.Count == 0)
            {
                _kept.Remove(node);
            }
            else
            {
                _kept[node] = left;
            }
        }

        _given.Clear();
        foreach (var seed in _question.Starts(view, liveness))
        {
            _given[seed.Node.Index] = _given.GetValueOrDefault(seed.Node.Index) | CellBits.CellsOf(control.WordOf(seed), Rights.All);
        }

        ReachResult reach;
        Firings firings;
        do
        {
            firings = new Firings();
            var options = new ReachOptions { Firings = firings, Stop = _question.Stop, WithoutProofs = !_question.Proofs };
            reach = control.Reach([.. _question.Starts(view, liveness), .. Kept.Select(kept => kept.Seed(view, liveness))], options, _cancel);
        }
        while (KeepSpawned(reach, instant));

        KeepMaterial(reach, instant);
        KeepMade(reach, firings, instant);
        Note(reach, instant);
        return reach;
    }

    /// <summary>What was attained until now was so up to this instant; what is now, is from it on.</summary>
    private void Note(ReachResult reach, long instant)
    {
        foreach (var node in _current)
        {
            _attained[node] = (_attained[node].First, instant);
        }

        _current = [.. reach.Attained.Select(node => node.Index)];
        foreach (var node in _current)
        {
            _attained.TryAdd(node, (instant, instant));
        }
    }

    private void KeepMaterial(ReachResult reach, long instant)
    {
        foreach (var (index, word) in reach.Words)
        {
            var fresh = (word >> CellBits.DurableShift) & CellBits.AllCells & ~HeldCells(index, Keeping.Material);
            if (fresh != 0 && reach.Graph.View[index].Kind == NodeKinds.Credential)
            {
                var (credential, cell) = (reach.Graph.View[index], StrongestOf(fresh));
                IReadOnlyList<ProofLine> lines = _question.Proofs && reach.ProofKept(credential, (Cell)cell) is { } proof ? Whole(proof.Steps, cell) : [];
                Keep(new Kept(index, fresh, instant, reach.HopsToKept(credential, (Cell)cell), Keeping.Material, lines));
            }
        }
    }

    /// <summary>What something attained made at this moment, or may have.</summary>
    /// <returns>Whether anything is new: then reach is to be asked again.</returns>
    private bool KeepSpawned(ReachResult reach, long instant)
    {
        var (view, anew) = (reach.Graph.View, false);
        foreach (var (index, word) in reach.Words.ToList())
        {
            var cells = CellBits.CellsOf(word, Rights.Use);
            if (cells == 0)
            {
                continue;
            }

            foreach (var edge in view[index].Out(EdgeKinds.Spawned))
            {
                var fresh = cells & CellBits.Of(edge.Holds == Truth.False ? Truth.False : edge.BeginsAt(instant)) & ~HeldCells(edge.To.Index, Keeping.Spawned);
                if (fresh != 0)
                {
                    anew = true;
                    var cell = StrongestOf(fresh);
                    var hop = reach.Hops(view[index], Rights.Use, (Cell)cell) + 1;
                    Keep(new Kept(edge.To.Index, fresh, instant, hop, Keeping.Spawned, Then(LinesTo(reach, index, Rights.Use, cell), SpawnedLine(reach, edge, cell, hop))));
                }
            }
        }

        return anew;
    }

    private void KeepMade(ReachResult reach, Firings firings, long instant)
    {
        foreach (var (index, made) in firings.Issued)
        {
            var fresh = CellBits.CellsOf(made.Word, Rights.Use) & ~HeldCells(index, Keeping.Issued);
            if (fresh != 0)
            {
                var (hop, lines) = MadeBy(reach, made, index, Rights.Use, StrongestOf(fresh));
                Keep(new Kept(index, fresh, instant, hop, Keeping.Issued, lines));
            }
        }

        foreach (var (index, made) in firings.Provisioned)
        {
            var known = _principals.GetValueOrDefault(index);
            if (known is null || (made.Word & ~known.Word) != 0)
            {
                var cells = new Cells(made.Word);
                var (hop, lines) = MadeBy(reach, made, index, cells.Highest(cells.Strongest), (int)cells.Strongest);
                _principals[index] = new MadePrincipal(index, made.Word | (known?.Word ?? 0), hop, lines);
            }
        }
    }

    /// <summary>Hops to, and lines of, what a rule makes something by.</summary>
    private (int Hop, IReadOnlyList<ProofLine> Lines) MadeBy(ReachResult reach, Firings.Made made, int target, Rights right, int cell)
    {
        var clause = made.By(right, (Cell)cell);
        return (reach.HopsBy(clause, (Cell)cell), _question.Proofs ? Whole(reach.ProofBy(clause, reach.Graph.View[target], right, (Cell)cell).Steps, cell) : []);
    }

    private void Keep(Kept kept) => (_kept.TryGetValue(kept.Node, out var known) ? known : _kept[kept.Node] = []).Add(kept);

    /// <summary>Cells in which it is kept already: the use of what a credential was made of is apart, for it ends otherwise.</summary>
    private uint HeldCells(int node, Keeping how)
    {
        var cells = 0u;
        foreach (var kept in _kept.GetValueOrDefault(node, []))
        {
            cells |= (kept.How == Keeping.Issued) == (how == Keeping.Issued) ? kept.Cells : 0;
        }

        return cells;
    }

    private static int StrongestOf(uint cells) => System.Numerics.BitOperations.TrailingZeroCount(cells);

    private List<ProofLine> LinesTo(ReachResult reach, int node, Rights right, int cell) =>
        _question.Proofs && reach.Proof(reach.Graph.View[node], right, (Cell)cell) is { } proof ? Whole(proof.Steps, cell) : [];

    private ProofLine? SpawnedLine(ReachResult reach, Edge edge, int cell, int hop) => _question.Proofs ? TimelineLines.Spawned(edge, cell, hop, reach.Graph.Times) : null;

    private static IReadOnlyList<ProofLine> Then(IReadOnlyList<ProofLine> before, ProofLine? line) => line is null ? [] : [.. before, line];

    private List<ProofLine> Whole(IReadOnlyList<ProofLine> steps, int cell)
    {
        var whole = new List<ProofLine>(steps.Count);
        foreach (var step in steps)
        {
            // Material that was given is kept as given, until it is replaced; then it may be come to anew.
            var isKept = step.Rule is null && (step.Node.Kind == NodeKinds.Credential || (_given.GetValueOrDefault(step.Node.Index) & (1u << cell)) == 0);
            var before = !isKept ? null
                : _kept.GetValueOrDefault(step.Node.Index, []).Find(one => (one.Cells & (1u << cell)) != 0)?.Lines ?? _principals.GetValueOrDefault(step.Node.Index)?.Lines;
            foreach (var line in before is { Count: > 0 } ? before : [step])
            {
                if (!whole.Exists(told => TimelineLines.AreAlike(told, line)))
                {
                    whole.Add(line);
                }
            }
        }

        return whole;
    }
}
