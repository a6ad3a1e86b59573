using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>
/// Why a target is not attained. One kind of premise is left out at a time (each gate, liveness, presence, pinning, protection, network
/// position); what then follows in one step from what is attained, on the way to the target, is what that premise stands before. On
/// the way is what leads to the target were every kind left out.
/// </summary>
public sealed class WhyNot
{
    private static readonly HashSet<EdgeKind> s_restricting = [EdgeKinds.EncryptedWith, EdgeKinds.ReachedThrough, EdgeKinds.BackedBy, EdgeKinds.ConsentedBy, EdgeKinds.OnBehalfOf];

    private readonly ReachResult _reach;
    private readonly GraphView _there;
    private readonly Dictionary<string, FailingPremise> _blocked = new(StringComparer.Ordinal);
    private bool[] _way = [];

    private WhyNot(ReachResult reach, Node target)
    {
        _reach = reach;
        Reached = reach[target] is { IsEmpty: false } cells ? cells.CertainAmplified != Rights.None ? Truth.True : Truth.Unknown : Truth.False;
        _there = reach.Graph.View.AsIfThere(kind => !s_restricting.Contains(kind));
    }

    /// <summary>Whether the target is attained after all: certainly, possibly, or not.</summary>
    public Truth Reached { get; }

    /// <summary>Facts lead from the start to the target, were every premise satisfied that can fail.</summary>
    public bool HasWay { get; private set; } = true;

    /// <summary>It was stopped before every kind of premise was left out.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The failing premises, by reason, gate and fact.</summary>
    public IReadOnlyList<FailingPremise> Blocked => [.. _blocked.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];

    /// <summary>Finds them.</summary>
    /// <param name="reach">What is attained from the start.</param>
    /// <param name="target">What may not be.</param>
    /// <param name="stop">Ends it early, quietly.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static WhyNot Of(ReachResult reach, Node target, CancellationToken stop, CancellationToken cancellationToken)
    {
        var why = new WhyNot(reach, target);
        if (why.Reached == Truth.False)
        {
            why.Run(target, stop, cancellationToken);
        }

        return why;
    }

    private void Run(Node target, CancellationToken stop, CancellationToken cancellationToken)
    {
        var open = Compile(new Waiver { EveryGate = true, Liveness = true, Presence = true, Pinned = true, Protected = true, Network = true });
        var all = open.Reach(_reach.Seeds, new ReachOptions { Stop = stop }, cancellationToken);
        IsCutShort = all.IsCutShort;
        HasWay = IsCutShort || !all[target].IsEmpty;
        if (IsCutShort || !HasWay)
        {
            return;
        }

        _way = open.LeadingTo(target);
        foreach (var seed in _reach.Seeds.Where(seed => _way[seed.Node.Index] && (_reach.Graph.WordOf(seed) & CellBits.All) == 0))
        {
            Add(seed.Node.Kind == NodeKinds.Credential ? Deaths.Rotation(seed.Node, seed.GainedAt ?? Instants.Latest) : Deaths.Of(seed.Node, _reach.Graph.Liveness));
        }

        foreach (var waiver in Waivers(all))
        {
            if (stop.IsCancellationRequested)
            {
                IsCutShort = true;
                return;
            }

            Look(waiver, cancellationToken);
        }
    }

    /// <summary>Each kind alone; of gates those that any step on the way asks for.</summary>
    private IEnumerable<Waiver> Waivers(ReachResult all)
    {
        // Not only the nearest steps: what another gate stands before may be taken by a longer way.
        var attained = all.Words.Select(one => one.Node).ToHashSet();
        var store = all.Graph.Store;
        var words = Enumerable.Range(0, store.Count)
            .Where(clause => _way[store[clause].To] && attained.Contains(store[clause].From))
            .SelectMany(store.WordsOf)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. words.Order(StringComparer.Ordinal).Select(word => new Waiver { Gate = word }),
            new Waiver { Liveness = true },
            new Waiver { Presence = true },
            new Waiver { Pinned = true },
            new Waiver { Protected = true },
            new Waiver { Network = true },
        ];
    }

    private void Look(Waiver waiver, CancellationToken cancellationToken)
    {
        var step = Compile(waiver).StepFrom(_reach, cancellationToken);
        var had = _reach.Words.ToDictionary(one => one.Node, one => one.Word);
        foreach (var (node, word) in step.Words)
        {
            var fresh = word & ~had.GetValueOrDefault(node) & CellBits.Replicate(CellBits.PossibleCells & CellBits.AmplifiedCells);
            if (fresh == 0 || !_way[node] || Walker.IsWalked(_there[node].Kind))
            {
                continue;
            }

            foreach (var derivation in step.DerivationsOf(node).Where(one => one.Clause >= 0 && (one.Bits & fresh) != 0))
            {
                Add(new BlockedStep(step, derivation.Clause, _reach.Graph).Failing(waiver));
            }
        }
    }

    private ControlGraph Compile(Waiver waiver)
    {
        var (view, liveness) = waiver.Presence ? (_there, _reach.Graph.Liveness.At(_there)) : (_reach.Graph.View, _reach.Graph.Liveness);
        return ControlGraph.Compile(view, liveness, _reach.Graph.Profile, null, waiver);
    }

    private void Add(IEnumerable<FailingPremise> premises)
    {
        foreach (var premise in premises)
        {
            _blocked.TryAdd(string.Join('\n', premise.Reason, premise.Gate, premise.Spelt), premise);
        }
    }
}
