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
                var cell = StrongestOf(fresh);
                Keep(new Kept(index, fresh, instant, reach.Hops(reach.Graph.View[index], Rights.Use, (Cell)cell), Keeping.Material, LinesTo(reach, index, Rights.Use, cell)));
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
                    Keep(new Kept(edge.To.Index, fresh, instant, hop, Keeping.Spawned, Then(LinesTo(reach, index, Rights.Use, cell), SpawnedLine(edge, cell, hop))));
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
                var (hop, lines) = MadeBy(reach, made.Clause, index, Rights.Use, StrongestOf(fresh));
                Keep(new Kept(index, fresh, instant, hop, Keeping.Issued, lines));
            }
        }

        foreach (var (index, made) in firings.Provisioned)
        {
            var known = _principals.GetValueOrDefault(index);
            if (known is null || (made.Word & ~known.Word) != 0)
            {
                var cells = new Cells(made.Word);
                var (hop, lines) = MadeBy(reach, made.Clause, index, cells.Highest(cells.Strongest), (int)cells.Strongest);
                _principals[index] = new MadePrincipal(index, made.Word | (known?.Word ?? 0), hop, lines);
            }
        }
    }

    /// <summary>Hops and lines of a rule that makes something: those to its premise, and its own.</summary>
    private (int Hop, IReadOnlyList<ProofLine> Lines) MadeBy(ReachResult reach, int clause, int target, Rights rights, int cell)
    {
        ref readonly var by = ref reach.Graph.Store[clause];
        var from = by.From;
        var before = reach.Hops(reach.Graph.View[from], by.Premise, (Cell)cell);
        if (before < 0)
        {
            return (Math.Max(1, reach.Hops(reach.Graph.View[target], rights, (Cell)cell)), LinesTo(reach, target, rights, cell));
        }

        var rule = ControlRules.All[by.Rule];
        return (before + 1, _question.Proofs ? Then(LinesTo(reach, from, by.Premise, cell), TimelineLines.Made(reach, clause, rule, target, rights, cell, before + 1)) : []);
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

    private ProofLine? SpawnedLine(Edge edge, int cell, int hop) => _question.Proofs ? TimelineLines.Spawned(edge, cell, hop) : null;

    private static IReadOnlyList<ProofLine> Then(IReadOnlyList<ProofLine> before, ProofLine? line) => line is null ? [] : [.. before, line];

    private List<ProofLine> Whole(IReadOnlyList<ProofLine> steps, int cell)
    {
        var whole = new List<ProofLine>(steps.Count);
        foreach (var step in steps)
        {
            var kept = step.Rule is null && !_question.Seeds.Contains(step.Node.Index) ? _kept.GetValueOrDefault(step.Node.Index, []).Find(one => (one.Cells & (1u << cell)) != 0) : null;
            var before = kept?.Lines ?? (step.Rule is null ? _principals.GetValueOrDefault(step.Node.Index)?.Lines : null);
            foreach (var line in before is { Count: > 0 } ? before : [step])
            {
                if (!whole.Exists(told => ReferenceEquals(told, line) || (told.Rule is null && line.Rule is null && told.Node.Index == line.Node.Index)))
                {
                    whole.Add(line);
                }
            }
        }

        return whole;
    }
}
