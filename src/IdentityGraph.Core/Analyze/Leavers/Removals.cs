using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// How far the removal of one anchor got. Verified only where the target itself shows it gone; its log accepting it is Accepted;
/// what an engine, a ticket or a person says is Claimed.
/// </summary>
/// <param name="liveness">Judged at the moment asked about.</param>
/// <param name="window">When the person left.</param>
/// <param name="reach">What they can use: decides whether what they controlled is closed.</param>
internal sealed class Removals(Liveness liveness, AnchorWindow window, ReachResult reach)
{
    /// <summary>Gone itself, or nothing ties the person to it any more: whichever a fresh source shows.</summary>
    public Removal Of(Anchor anchor)
    {
        var itself = OfItself(anchor);
        return itself.IsProved ? itself : anchor.CutOff ?? itself;
    }

    /// <summary>Of something that a change was to remove from them, and that is no anchor.</summary>
    public Removal Of(Node thing) => Of(new Anchor { Code = AnchorCode.A1, Node = thing, Now = Truth.Unknown, Ever = Truth.Unknown });

    /// <summary>How the system's own word shows a node gone; null: it does not. Suspended or locked is not gone, and a placeholder is no evidence.</summary>
    public static Removal? Gone(Node node)
    {
        if (node.IsPlaceholder)
        {
            return null;
        }

        if (node.Present == Truth.False)
        {
            return Verified(node);
        }

        var state = node[Properties.State];
        return node.Kind.HasState && state.HasValue && IsGone(state.Text) && state.Grade == EvidenceGrade.SystemState
            ? new Removal(RemovalState.Verified, new RemovalEvidence(state.Grade, state.SeenAt), state.Fresh)
            : null;
    }

    private Removal OfItself(Anchor anchor)
    {
        var node = anchor.Node;
        return anchor.Code == AnchorCode.A4 && reach[node].IsEmpty ? Verified(node)
            : node.Kind == NodeKinds.Credential ? OfSecret(anchor)
            : node.Kind == NodeKinds.OAuthGrant && IsDeadGrant(node) ? Verified(node)
            : node.Kind == NodeKinds.Step && OfItsWorkflows(node) is { } stopped ? stopped
            : OfStated(node);
    }

    /// <summary>A grant dies with who authorised it, unless it survives that; one that is only suspended may come back.</summary>
    private bool IsDeadGrant(Node grant) => !grant.IsPlaceholder && liveness.Of(grant) == Truth.False
        && !(grant.Present != Truth.False && grant[Properties.State].Text is "Suspended" or "Locked");

    /// <summary>A step is over with every workflow it is of; null: one may still run, or the step itself is gone.</summary>
    private static Removal? OfItsWorkflows(Node step)
    {
        if (step.IsPlaceholder || Gone(step) is not null)
        {
            return null;
        }

        Removal? least = null;
        foreach (var edge in step.Out(EdgeKinds.StepOf))
        {
            if (edge.Holds == Truth.False)
            {
                continue;
            }

            if (Gone(edge.To) is not { } over)
            {
                return null;
            }

            least = least is { IsFresh: false } ? least : over;
        }

        return least;
    }

    /// <summary>Dead, or another secret by now.</summary>
    private Removal OfSecret(Anchor anchor)
    {
        var node = anchor.Node;
        if (!node.IsPlaceholder && (liveness.Of(node) == Truth.False || liveness.RotatedSince(node, Leaving(anchor)) == Truth.True || IsRotatedSinceHeld(anchor)))
        {
            return Verified(node);
        }

        var revoked = node[Properties.RevokedAt];
        return revoked.Instant is { } at && at.UtcTicks <= window.Now ? Said(node, revoked.Grade, revoked.SeenAt) : OfStated(node);
    }

    /// <summary>What they could reach they could until just before they left; what they hold they got by the time they left.</summary>
    private long Leaving(Anchor anchor) => anchor.Code == AnchorCode.A3 ? window.Left - 1 : window.Left;

    /// <summary>What they hold alone they hold as it was when they got it.</summary>
    private bool IsRotatedSinceHeld(Anchor anchor) =>
        anchor.Code == AnchorCode.A2 && anchor.Facts.Count > 0 && anchor.Facts.All(held => held.Holds != Truth.False && liveness.RotatedSince(anchor.Node, Math.Min(held.Since, window.Left)) == Truth.True);

    private Removal OfStated(Node node)
    {
        if (node.IsPlaceholder)
        {
            return RemovalActions.On(node, null) ?? new Removal(RemovalState.Unknown, null, false);
        }

        if (Gone(node) is { } gone)
        {
            return gone;
        }

        var state = node[Properties.State];
        if (!node.Kind.HasState)
        {
            return NotRemoved(node);
        }

        if (state.HasValue && IsGone(state.Text))
        {
            return Said(node, state.Grade, state.SeenAt);
        }

        var claim = LatestClaim(node);
        if (claim is { } said && !(state.HasValue && state.At > said.ReadBy(window.Now) && state.Grade == EvidenceGrade.SystemState))
        {
            return Said(node, said.Grade, said.SeenBy(window.Now));
        }

        return NotRemoved(node);
    }

    /// <summary>The last statement by now, of whatever grade, that it is disabled or deleted.</summary>
    private Statement? LatestClaim(Node node) => node.Statements(Properties.State)
        .Where(said => IsGone(said.Value.AsText()) && said.From <= window.Now && said.ReadBy(window.Now) <= window.Now && window.Now < said.Until)
        .MaxBy(said => said.ReadBy(window.Now));

    private Removal Said(Node node, EvidenceGrade grade, long at) => grade switch
    {
        EvidenceGrade.SystemState => NotRemoved(node),
        EvidenceGrade.SystemEvent => new Removal(RemovalState.Accepted, new RemovalEvidence(grade, at), false),
        _ => new Removal(RemovalState.Claimed, new RemovalEvidence(grade, at), false),
    };

    private Removal NotRemoved(Node node)
    {
        if (WasRemovedAndIsBack(node))
        {
            return new Removal(RemovalState.Reappeared, Observed.Last(node), false);
        }

        return RemovalActions.On(node, ReadAt(node)) ?? new Removal(RemovalState.NotStarted, Observed.Last(node), false);
    }

    /// <summary>When its system last showed it not removed, UTC ticks; null: never.</summary>
    public static long? ReadAt(Node node) => !node.Kind.HasState ? null : node.Statements(Properties.State)
        .Where(said => said.Grade == EvidenceGrade.SystemState && !IsGone(said.Value.AsText()) && said.From <= node.View.AsOf.UtcTicks)
        .Select(said => (long?)said.ReadBy(node.View.AsOf.UtcTicks))
        .Where(read => read <= node.View.AsOf.UtcTicks)
        .Max();

    /// <summary>Gone by the system's own word, and back since they left.</summary>
    private bool WasRemovedAndIsBack(Node node)
    {
        if (Observed.ReturnedSince(node, window.Left))
        {
            return true;
        }

        var state = node[Properties.State];
        return state.Text == "Active" && state.From > window.Left && node.Statements(Properties.State).Any(said =>
            said.Grade == EvidenceGrade.SystemState && IsGone(said.Value.AsText()) && said.From < state.From && said.From >= window.From);
    }

    private static Removal Verified(Node node) =>
        new(RemovalState.Verified, node.Present == Truth.False ? Observed.Ended(node) : Observed.Last(node), Observed.IsFresh(node));

    private static bool IsGone(string? state) => state is "Disabled" or "Deleted";
}
