using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>
    /// Accounts, service identities, agents, applications and connectors that may still be used and are not, those that attain most first.
    /// Being unused decides nothing; it ranks.
    /// </summary>
    /// <param name="ask">As of when, as known when, against which profile, within which time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Answer<DormantAnswer>> DormantAsync(Ask ask, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var control = Control(opened);
        var uses = new Uses(Policy.Dormant);
        List<Node> asked = [.. NodeKind.All
            .Where(kind => kind.IsPrincipal || kind == NodeKinds.Application || kind == NodeKinds.Connector)
            .SelectMany(opened.View.Of)
            .Where(node => !Owners.OnlyStandsForARight(node) && control.Liveness.Of(node) != Truth.False)];
        List<(DormantIdentity Told, Rights Certain, Rights Possible)> dormant = [];
        var unknown = 0;
        var judged = clock.Each("identities", asked, node =>
        {
            var use = uses.Of(node);
            unknown += use == Use.Unknown ? 1 : 0;
            if (use == Use.Dormant)
            {
                var reach = control.Reach(Seeding.Of(node, control.Liveness), new ReachOptions { WithoutProofs = true }, clock.Token);
                dormant.Add(Told(node, reach));
            }
        });
        var data = new DormantAnswer
        {
            Ranked = [.. dormant
                .OrderByDescending(one => one.Certain.LevelOf())
                .ThenByDescending(one => one.Possible.LevelOf())
                .ThenByDescending(one => one.Told.Criticality ?? BlastRadius.UnknownCriticality)
                .ThenBy(one => one.Told.LastUsedAt ?? DateTimeOffset.MinValue)
                .ThenBy(one => one.Told.Id, StringComparer.Ordinal)
                .Select(one => one.Told)],
        };
        List<string> warnings = unknown == 0 ? [] : [$"of {unknown} of {asked.Count} identities that may be live nobody says whether they are used: they are not listed, and that is no sign of use"];
        return Seal(opened, "ask dormant", data, AskClock.Left(judged, asked.Count, "identities"), warnings);
    }

    private static (DormantIdentity Told, Rights Certain, Rights Possible) Told(Node node, ReachResult reach)
    {
        var (certain, possible) = (Rights.None, Rights.None);
        double? criticality = null;
        foreach (var place in reach.Attained.Where(place => Worth.IsWeighed(place.Kind) && place != node))
        {
            var cells = reach[place];
            certain |= cells.CertainAmplified;
            possible |= cells.PossibleAmplified;
            if (cells.PossibleAmplified.Has(Rights.Read) && BlastRadius.CriticalityOf(place) is (var stated, true))
            {
                criticality = Math.Max(criticality ?? stated, stated);
            }
        }

        var told = new DormantIdentity
        {
            Id = node.Id,
            Kind = node.Kind.Name,
            Name = node.Name,
            LastUsedAt = Uses.LastUse(node, out _),
            Level = SpeltRights.Level(certain, possible),
            Criticality = criticality,
            ReviewItem = Reviews.ItemOf(node) is { } item ? new ReviewItemAnswer(item.Item.Id, item.State) : null,
        };
        return (told, certain, possible);
    }
}
