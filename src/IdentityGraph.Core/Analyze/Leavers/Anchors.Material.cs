using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>a2, a3: what they hold, alone or with others, and the secrets their accounts could reach.</summary>
internal sealed partial class Anchors
{
    /// <summary>
    /// Held alone now: theirs as the rules say, while they hold it. Held with others: known to them, still held or not, until it is
    /// rotated; where nobody says whether it was, that is unknown.
    /// </summary>
    private void FindHeld()
    {
        foreach (var held in person.In(EdgeKinds.HeldBy))
        {
            if (window.Had(held) == Truth.False)
            {
                continue;
            }

            var (credential, sharedNow, sharedBefore) = (held.Of, Truth.False, Truth.False);
            Edge? beside = null;
            foreach (var other in credential.Out(EdgeKinds.HeldBy))
            {
                if (IsAnotherHolder(other))
                {
                    var together = other.Holds.Or(window.HadTogether(held, other));
                    beside = together > sharedNow.Or(sharedBefore) ? other : beside;
                    sharedNow = sharedNow.Or(other.Holds);
                    sharedBefore = sharedBefore.Or(window.HadTogether(held, other));
                }
            }

            var usable = Usable(held);
            var alone = held.Holds.And(usable).And(NotRotated(credential, held.Since, window.Left));
            var known = KnownWithOthers(held, sharedNow, sharedBefore, usable);
            if (sharedNow == Truth.False)
            {
                Add(AnchorCode.A2, credential, alone, window.Had(held), held);
            }

            if (sharedNow.Or(sharedBefore) != Truth.False)
            {
                var ever = window.Had(held).And(sharedNow.Or(sharedBefore));
                _found.Add(new Anchor { Code = AnchorCode.A3, Node = credential, Now = known, Ever = ever.Or(known), Facts = [held], Way = [held, beside!.Value] });
            }
        }
    }

    /// <summary>Their own account holding it beside them makes nobody else know it.</summary>
    private bool IsAnotherHolder(Edge held) => held.To != person && !accounts.Any(own => own.Account == held.To && own.Ever == Truth.True);

    private Truth KnownWithOthers(Edge held, Truth sharedNow, Truth sharedBefore, Truth usable)
    {
        // Still held: usable as its holder uses it. No longer: only what could be copied out.
        var still = sharedNow == Truth.False ? Truth.False : held.Holds.And(usable);
        var kept = sharedBefore.And(held.Of[Properties.Extractable].Is(Truth.Unknown));
        return still.Or(kept).And(NotRotatedSinceLeaving(held.Of));
    }

    /// <summary>Held by them besides or not: whoever else may read where it lies, what they read there they know.</summary>
    private void FindReached(PastReach past)
    {
        foreach (var (index, reached) in past.Secrets)
        {
            var credential = person.View[index];
            Add(AnchorCode.A3, credential, reached.Kept.And(NotRotatedSinceLeaving(credential)), reached.Kept);
        }
    }

    /// <summary>Never rotated, or last before they left; not reported, or never as far as a source that is stale by now knew: unknown.</summary>
    private Truth NotRotatedSinceLeaving(Node credential)
    {
        var still = liveness.RotatedSince(credential, window.Left - 1).Not();
        var rotated = credential[Properties.RotatedAt];
        var isKnown = (rotated.IsNone || rotated.HasValue) && (rotated.Fresh || rotated.Instant <= credential.View.AsOf);
        return isKnown ? still : still.And(Truth.Unknown);
    }

    private Truth NotRotated(Node credential, long since, long left) => liveness.RotatedSince(credential, Math.Min(since, left)).Not();

    private static Truth Usable(Edge held) => held.Of[Properties.Extractable].Is(Truth.Unknown).Or(held[Properties.MayUse].Is(Truth.True));
}
