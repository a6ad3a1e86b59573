using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Which service identities, credentials and connectors can still authenticate though nobody in employment answers for them.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="allStates">Everything owned too, and what cannot authenticate any more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Answer<OrphansAnswer>> OrphansAsync(Ask ask, bool allStates = false, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var owners = new Owners(opened.View, new Liveness(opened.View, Policy.CorrelationConfidence), Policy, clock.Token);
        var identities = new List<OwnedIdentity>();
        List<Graph.Node> nodes = [.. Owners.Asked(opened.View)];
        var judged = clock.Each("identities", nodes, node =>
        {
            var result = owners.Of(node);
            if (allStates || (result.State is OwnershipState.Orphaned or OwnershipState.Unknown && !result.IsTombstone))
            {
                identities.Add(Told(result));
            }
        });

        identities.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return Seal(opened, "orphans", new OrphansAnswer { Identities = identities }, AskClock.Left(judged, nodes.Count, "identities"));
    }

    private static OwnedIdentity Told(OwnershipResult result) => new()
    {
        Id = result.Node.Id,
        Kind = result.Node.Kind.Name,
        Name = result.Node.Name,
        Ownership = result.State.ToString(),
        Reason = result.IsTombstone ? "tombstone" : result.Reason?.ToString(),
        Accountable = [.. result.Answering.AtLeast.Select(person => person.Id)],
        MissingRoles = result.MissingRoles,
        Purpose = result.Purpose.ToString(),
        Use = result.Use.ToString(),
        Live = result.Live.ToString(),
        Certainty = result.IsCertain ? "Certain" : "Possible",
        SuggestedOwner = result.SuggestedOwner?.Id,
    };
}
