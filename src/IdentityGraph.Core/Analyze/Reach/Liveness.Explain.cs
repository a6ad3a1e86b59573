using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>A verdict on one node with its reason.</summary>
/// <param name="Live">The verdict.</param>
/// <param name="Why">A few words: what decided it.</param>
/// <param name="Since">Since when that holds, as far as stated (UTC ticks); <see cref="Instants.Earliest"/> where not.</param>
public sealed record LivenessReason(Truth Live, string Why, long Since);

public sealed partial class Liveness
{
    /// <summary>The verdict in words: the first thing that makes the node dead, else that makes it unknown, else what makes it live.</summary>
    public LivenessReason Explain(Node node)
    {
        var live = Of(node);
        if (node.IsPlaceholder)
        {
            return new(live, "named by an edge, never described", Instants.Earliest);
        }

        if (node.Present == Truth.False)
        {
            return new(live, "no longer in its source", Instants.Earliest);
        }

        if (node.Kind == NodeKinds.Employment)
        {
            return Engaged(node);
        }

        if (live == Truth.True)
        {
            return Alive(node);
        }

        var because = Reasons(node).Where(reason => reason.Live == live).FirstOrDefault();
        return because ?? new(live, live == Truth.False ? "not usable" : "not known to be usable", Instants.Earliest);
    }

    /// <summary>An engagement that ended is still on record, and over.</summary>
    private LivenessReason Engaged(Node employment) => _employments.IsOn(employment) switch
    {
        Truth.True => new(Truth.True, "active", Instants.Earliest),
        Truth.False when _employments.HasEnded(employment) => new(Truth.False, "ended", HrDates.End(employment) is { } end && end <= View.AsOf ? end.UtcTicks : Instants.Earliest),
        Truth.False => new(Truth.False, "not begun yet", Instants.Earliest),
        _ => new(Truth.Unknown, "whether it is active is not known", Instants.Earliest),
    };

    private static LivenessReason Alive(Node node)
    {
        var state = node.Kind.HasState ? node[Properties.State] : default;
        return state.Text == "Active" ? new(Truth.True, "Active", state.From) : new(Truth.True, "present", Instants.Earliest);
    }

    private IEnumerable<LivenessReason> Reasons(Node node)
    {
        if (node.Kind.HasState)
        {
            var state = node[Properties.State];
            var truth = StateOf(node, node.Kind == NodeKinds.Credential ? Truth.True : Truth.Unknown);
            yield return new(truth, StateInWords(state), state.IsReported ? state.From : Instants.Earliest);
        }

        yield return new(node.Present, "not read from a fresh source", Instants.Earliest);

        if (node.Kind == NodeKinds.Credential)
        {
            var (revoked, begin, paper) = (node[Properties.RevokedAt], node[Properties.NotBefore], PaperExpiry(node));
            var end = EffectiveExpiry(node);
            yield return new(NotRevoked(node), $"revoked ({revoked.Grade})", revoked.Ticks() ?? Instants.Earliest);
            yield return new(HasBegun(node), "not valid yet", begin.IsReported ? begin.From : Instants.Earliest);
            yield return new(SubjectOk(node, null), "what it authenticates as is not live", Instants.Earliest);
            yield return new(BackingOk(node), "the grant behind it is not live", Instants.Earliest);
            yield return paper.Kind == ExpiryKind.Unknown
                ? new(Truth.Unknown, "expiry not reported", Instants.Earliest)
                : new(Of(node), end.Kind == ExpiryKind.Unknown ? "expired on paper, may be renewed" : $"expired {end}", end.Kind == ExpiryKind.At ? end.Ticks : paper.Ticks);
        }
        else if (node.Kind == NodeKinds.OAuthGrant)
        {
            var survives = node[Properties.SurvivesAuthoriserDisable].Is(Truth.Unknown);
            yield return new(AuthoriserOk(node, survives), "who authorised it is gone", Instants.Earliest);
            yield return new(ActsForTheLiving(node, survives), "the account it acts for is not live", Instants.Earliest);
        }
        else if (node.Kind == NodeKinds.Assignment)
        {
            yield return new(HasStarted(node), "not started", node[Properties.StartAt].Ticks() ?? Instants.Earliest);
            yield return new(HasNotEnded(node, node[Properties.AssignmentKind].Text), "past its end, or its end is not reported", node[Properties.ExpiresAt].Ticks() ?? Instants.Earliest);
            yield return new(Truth.Unknown, "what activation asks for is not reported", Instants.Earliest);
        }
    }

    private static string StateInWords(Reading state) => state.Known switch
    {
        Known.NotReported => "state not reported",
        Known.Value when !state.Fresh => $"{state.Text}, not read since its source went stale",
        Known.Value => $"{state.Text} ({state.Grade})",
        _ => "statements of its state disagree",
    };
}
