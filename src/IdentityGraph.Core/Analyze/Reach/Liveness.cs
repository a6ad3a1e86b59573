using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Whether what the graph shows is usable at the view's instant, three-valued. Judged once for each node and remembered;
/// recursion through renewals is a least fixpoint. Safe to share between threads.
/// </summary>
public sealed partial class Liveness
{
    private const byte Judged = 4;

    private readonly double _correlationConfidence;
    private readonly ControlScratch? _scratch;

    // One byte a node: 0, or the truth with the bit above it set.
    private readonly byte[] _judged;
    private readonly long _now;

    /// <param name="view">The moment it is judged at.</param>
    /// <param name="correlationConfidence">From which confidence on a single link between account and person is taken as true; 0 to 1.</param>
    public Liveness(GraphView view, double correlationConfidence = 0.9)
        : this(view, correlationConfidence, null)
    {
    }

    /// <summary>The same, remembered in arrays that are used again; null: in its own.</summary>
    internal Liveness(GraphView view, double correlationConfidence, ControlScratch? scratch)
    {
        View = view;
        _correlationConfidence = correlationConfidence;
        _scratch = scratch;
        _judged = scratch?.Judged ?? new byte[view.NodeCount];
        _now = view.AsOf.UtcTicks;
        _employments = new Employments(view);
    }

    public GraphView View { get; }

    /// <summary>Taken as verified to be disabled or ended, by dense index; null: none.</summary>
    private IReadOnlySet<int>? Dead { get; init; }

    /// <summary>Premises left out of the judgement; null: none.</summary>
    private Waiver? Waived { get; init; }

    /// <summary>The same with its premises left out as far as they are waived.</summary>
    internal Liveness With(Waiver waiver) => waiver is { Liveness: false, Presence: false } ? this
        : Dead is null ? new Liveness(View, _correlationConfidence) { Waived = waiver }
        : throw new InvalidOperationException("waive first, then take nodes as dead");

    /// <summary>
    /// The same were these nodes verified to be disabled or ended: a credential whose subject, a grant whose authoriser is among them
    /// is judged anew.
    /// </summary>
    public Liveness Without(IReadOnlySet<int> dead)
    {
        var without = new Liveness(View, _correlationConfidence) { Dead = dead, Waived = Waived };
        foreach (var index in dead)
        {
            without.Remember(View[index], Truth.False);
        }

        return without;
    }

    /// <summary>The same judgement of another view, nothing waived or taken as dead.</summary>
    internal Liveness At(GraphView other, ControlScratch? scratch = null) => new(other, _correlationConfidence, scratch);

    /// <summary>Whether it is judged without just these.</summary>
    internal bool IsWithout(IReadOnlySet<int> dead) => Dead is not null && Dead.SetEquals(dead);

    /// <summary>Whether the node is there, whatever its state.</summary>
    internal Truth Exists(Node node) => IsDead(node) ? Truth.False : Waived is { Presence: true } ? Truth.True : node.Present;

    /// <summary>Taken as dead by whoever asks, or removed by a what-if.</summary>
    internal bool IsDead(Node node) => (Dead is not null && Dead.Contains(node.Index)) || (View.Snapshot.IsRemoved(node.Index) && Waived is not { Presence: true });

    /// <summary>Whether the node is live: a node without a state while its fact is valid; a placeholder never.</summary>
    public Truth Of(Node node)
    {
        var seen = _judged[node.Index];
        if (seen != 0)
        {
            return (Truth)(seen & 3);
        }

        if (IsDead(node))
        {
            return Truth.False;
        }

        var kind = node.Kind;
        if (Waived is { Liveness: true })
        {
            return Exists(node);
        }

        if (kind == NodeKinds.Credential)
        {
            return JudgeCredential(node);
        }

        var live = kind == NodeKinds.OAuthGrant ? JudgeGrant(node)
            : kind == NodeKinds.Assignment ? JudgeAssignment(node)
            : kind == NodeKinds.Exposure ? JudgeExposure(node)
            : kind.HasState ? Exists(node).And(StateOf(node, Truth.Unknown))
            : Exists(node);
        Remember(node, live);
        return live;
    }

    /// <summary>Live itself, or with a live credential or grant of its own.</summary>
    public Truth CanAuthenticate(Node node)
    {
        var can = Of(node);
        foreach (var edge in node.In(EdgeKinds.AuthenticatesAs))
        {
            if (can == Truth.True)
            {
                return can;
            }

            can = can.Or(edge.Holds.And(Of(edge.Of)));
        }

        foreach (var edge in node.In(EdgeKinds.GrantedTo))
        {
            can = can.Or(edge.Holds.And(Of(edge.Of)));
        }

        return can;
    }

    /// <summary>
    /// True if Active; False if a dead state is verified (read from the system itself), however stale; else unknown:
    /// a weaker statement that it is dead is only accepted or claimed.
    /// </summary>
    /// <param name="node">A node of a kind with a state.</param>
    /// <param name="notReported">What holds where nobody stated one.</param>
    internal static Truth StateOf(Node node, Truth notReported)
    {
        var state = node[Properties.State];
        return state.Known switch
        {
            Known.NotReported => notReported,
            Known.Value => state.Text == "Active" ? Truth.True.AsFarAsFresh(state)
                : IsDeadWord(state.Text) && state.Grade == EvidenceGrade.SystemState ? Truth.False
                : Truth.Unknown,
            _ => Truth.Unknown,
        };
    }

    internal static bool IsDeadWord(string? state) => state is "Disabled" or "Deleted" or "Suspended" or "Locked";

    private Truth JudgeExposure(Node exposure)
    {
        var at = exposure[Properties.At].Ticks();
        var begun = at is null || (at > _now && !exposure[Properties.At].Fresh) ? Truth.Unknown : TruthLogic.Of(at <= _now);
        return exposure.Present.And(begun).And(IsNotOver(exposure[Properties.Until]));
    }

    /// <summary>What was over stays so, however stale; an end that lies ahead may have been moved since.</summary>
    private Truth IsNotOver(Reading until) => until.Known switch
    {
        Known.NotReported => Truth.True,
        Known.None => Truth.True.AsFarAsFresh(until),
        Known.Value when until.Ticks() is { } end => TruthLogic.Of(_now < end).AsFarAsFresh(until),
        _ => Truth.Unknown,
    };

    private void Remember(Node node, Truth live)
    {
        _scratch?.Touch(node.Index);
        _judged[node.Index] = (byte)(Judged | (byte)live);
    }
}
