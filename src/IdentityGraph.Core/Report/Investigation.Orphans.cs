using IdentityGraph.Analyze;
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
                identities.Add(Told(result) with { Untold = result.State is OwnershipState.Unknown && !result.IsTombstone ? owners.WhyUntold(node) : [] });
            }
        });

        identities.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return Seal(opened, "orphans", new OrphansAnswer { Identities = identities, IsNothingDescribed = nodes.Count == 0 }, AskClock.Left(judged, nodes.Count, "identities"), [.. NotTold(opened.View, nodes.Count, identities), .. OnlySeen(opened.View, null)]);
    }

    /// <summary>Why a list without orphans is no proof that there are none.</summary>
    private static List<string> NotTold(Graph.GraphView view, int asked, List<OwnedIdentity> listed)
    {
        if (asked == 0)
        {
            return ["no source known by then described a service identity, agent, credential, grant, application or connector, so nothing can be told to be orphaned; import a source that does, or ask with a later --as-known-at"];
        }

        var unknown = listed.Count(identity => identity.Ownership == nameof(OwnershipState.Unknown));
        return unknown > 0 && new Coverage(view).Gap(Graph.EdgeKinds.OwnedBy.Name) is { } gap
            ? [$"who answers for {unknown} of {listed.Count} cannot be told: {gap}; owners can be stated in a governance file", .. Untold(listed, why => !UntoldOwners.IsNoneStated(why))]
            : [.. Untold(listed, _ => true)];
    }

    /// <summary>One line a cause, with what it leaves open.</summary>
    private static IEnumerable<string> Untold(List<OwnedIdentity> listed, Func<string, bool> isToTell)
    {
        const int Named = 5;
        const int Most = 20;
        var causes = listed
            .SelectMany(identity => identity.Untold.Where(isToTell).Select(why => (identity.Id, Why: why)))
            .GroupBy(one => one.Why, one => one.Id, StringComparer.Ordinal)
            .OrderBy(cause => cause.Key, StringComparer.Ordinal)
            .ToList();
        foreach (var cause in causes.Take(Most))
        {
            var ids = cause.ToList();
            yield return $"who answers for {string.Join(", ", ids.Take(Named))}{(ids.Count > Named ? $" and {ids.Count - Named} more" : "")} cannot be told: {cause.Key}";
        }

        if (causes.Count > Most)
        {
            yield return $"{causes.Count - Most} more causes for which it cannot be told who answers are not listed here; the table names each";
        }
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
