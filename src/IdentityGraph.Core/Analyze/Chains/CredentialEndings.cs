using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>When a credential expired, and who revoked it.</summary>
public sealed class CredentialEndings(Liveness liveness)
{
    public CredentialEnding Of(Node credential)
    {
        var effective = liveness.EffectiveExpiry(credential);
        var revocation = RevocationOf(credential);
        var state = liveness.Of(credential) switch
        {
            Truth.True => CredentialEnd.Live,
            Truth.Unknown => CredentialEnd.Unknown,
            _ when revocation is { At: { } at } && effective.IsAfter(at.UtcTicks) is Truth.False => CredentialEnd.Expired,
            _ when revocation is not null => CredentialEnd.Revoked,
            _ when effective.IsAfter(credential.View.AsOf.UtcTicks) is Truth.False => CredentialEnd.Expired,
            _ when credential.Kind == NodeKinds.Unknown => CredentialEnd.Unknown,
            _ => CredentialEnd.Revoked,
        };
        return new CredentialEnding(state, Liveness.PaperExpiry(credential), effective, revocation);
    }

    /// <summary>As stated: a revocation by now, else a state in which it is dead since when that is said.</summary>
    private static Revocation? RevocationOf(Node credential)
    {
        var by = credential[Properties.RevokedBy].Text;
        var revoked = credential[Properties.RevokedAt];
        if (revoked.Instant is { } at && at <= credential.View.AsOf)
        {
            return new Revocation(by, at, revoked.Grade);
        }

        var state = credential[Properties.State];
        return state.Text is "Disabled" or "Deleted" or "Suspended" or "Locked"
            ? new Revocation(by, Instants.FromTicksOrNull(state.From), state.Grade)
            : null;
    }
}
