using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>What makes a node certainly not live, followed to its cause: of a credential whose account is disabled, the account.</summary>
internal sealed class Deaths(Liveness liveness)
{
    private readonly HashSet<int> _asked = [];

    /// <summary>Nothing where it is live, or may be.</summary>
    public static IEnumerable<FailingPremise> Of(Node node, Liveness liveness) => new Deaths(liveness).Of(node);

    /// <summary>A latest replacement of the secret by its own system after <paramref name="since"/>; nothing where there was none.</summary>
    public static IEnumerable<FailingPremise> Rotation(Node credential, long since)
    {
        var now = credential.View.AsOf.UtcTicks;
        var found = ((Property[])[Properties.RotatedAt, Properties.IssuedAt])
            .SelectMany(credential.Statements)
            .Where(said => said.Grade == EvidenceGrade.SystemState)
            .Select(said => (said.Property, At: said.Value.AsInstant()?.UtcTicks ?? Instants.Earliest))
            .Where(said => said.At > since && said.At <= now)
            .OrderBy(said => said.At)
            .ToList();
        return found.Count == 0 ? [] : [FailingPremise.Of(credential, found[^1].Property, "rotated", found[^1].At)];
    }

    /// <summary>When a node that is not there ended, or begins.</summary>
    public static FailingPremise Absence(Node node)
    {
        var (ends, now) = (node.EndsAt, node.View.AsOf.UtcTicks);
        return FailingPremise.Of(node, null, "notPresent", ends <= now ? ends : Instants.Earliest);
    }

    private List<FailingPremise> Of(Node node)
    {
        if (!_asked.Add(node.Index) || liveness.Of(node) != Truth.False)
        {
            return [];
        }

        if (node.Present == Truth.False)
        {
            return [Absence(node)];
        }

        List<FailingPremise> found = [];
        if (node.Kind.HasState && Liveness.StateOf(node, Truth.Unknown) == Truth.False)
        {
            found.Add(FailingPremise.Of(node, Properties.State.Name, "disabled", node[Properties.State].From, ActiveAgain(node)));
        }

        found.AddRange(
            node.Kind == NodeKinds.Credential ? OfCredential(node)
            : node.Kind == NodeKinds.OAuthGrant ? Behind(node, EdgeKinds.ConsentedBy, EdgeKinds.OnBehalfOf)
            : node.Kind == NodeKinds.Assignment ? OfAssignment(node)
            : []);
        return found.Count > 0 ? found : [FailingPremise.Of(node, node.Kind.HasState ? Properties.State.Name : null, "disabled", Instants.Earliest)];
    }

    /// <summary>From when its state is stated to be active after the moment asked about; the latest instant where it is not.</summary>
    private static long ActiveAgain(Node node)
    {
        var now = node.View.AsOf.UtcTicks;
        return node.Statements(Properties.State)
            .Where(said => said.Grade == EvidenceGrade.SystemState && said.From > now && said.Value.AsText() == "Active")
            .Select(static said => said.From)
            .DefaultIfEmpty(Instants.Latest)
            .Min();
    }

    private IEnumerable<FailingPremise> OfCredential(Node credential)
    {
        var now = credential.View.AsOf.UtcTicks;
        if (credential[Properties.RevokedAt].Ticks() is { } revoked && revoked <= now)
        {
            yield return FailingPremise.Of(credential, Properties.RevokedAt.Name, "revoked", revoked);
        }

        if (credential[Properties.NotBefore].Ticks() is { } begins && begins > now)
        {
            yield return FailingPremise.Of(credential, Properties.NotBefore.Name, "notPresent", Instants.Earliest, begins);
        }

        var end = liveness.EffectiveExpiry(credential);
        if (end.Kind == ExpiryKind.At && end.Ticks <= now)
        {
            yield return FailingPremise.Of(credential, Properties.ExpiresAt.Name, "expired", end.Ticks);
        }

        foreach (var cause in Behind(credential, EdgeKinds.AuthenticatesAs, EdgeKinds.BackedBy))
        {
            yield return cause;
        }
    }

    private static IEnumerable<FailingPremise> OfAssignment(Node assignment)
    {
        var now = assignment.View.AsOf.UtcTicks;
        if (assignment[Properties.StartAt].Ticks() is { } start && start > now)
        {
            yield return FailingPremise.Of(assignment, Properties.StartAt.Name, "notPresent", Instants.Earliest, start);
        }

        if (assignment[Properties.ExpiresAt].Ticks() is { } end && end <= now)
        {
            yield return FailingPremise.Of(assignment, Properties.ExpiresAt.Name, "expired", end);
        }
    }

    private IEnumerable<FailingPremise> Behind(Node node, params EdgeKind[] kinds) =>
        kinds.SelectMany(kind => node.Out(kind).ToList()).Where(edge => edge.Holds != Truth.False).SelectMany(edge => Of(edge.To));
}
