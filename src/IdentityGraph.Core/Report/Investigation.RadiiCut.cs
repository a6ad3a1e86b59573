using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>What many reach without some edges: only those are counted again whose reach may have changed.</summary>
    /// <param name="control">What they were counted on.</param>
    /// <param name="cut">The edges.</param>
    /// <param name="starts">Who was counted, with what control of each begins with.</param>
    /// <param name="before">What each reaches as the facts are; all are counted.</param>
    /// <param name="clock">The answer's time.</param>
    /// <param name="warnings">Gets what is to be known of the cut.</param>
    private static (RadiiCut? Cut, string? Left) Without(
        ControlGraph control,
        IReadOnlyList<RemovedEdge> cut,
        List<(Node Node, IReadOnlyList<Seed> Seeds)> starts,
        IReadOnlyList<ReachSummary?> before,
        AskClock clock,
        List<string> warnings)
    {
        List<Edge> edges = [.. cut.SelectMany(one => Meant(control.View, one, warnings)).DistinctBy(static edge => edge.Index)];
        IReadOnlyDictionary<int, ReachSummary> again;
        try
        {
            again = MassRecount.Of(control, starts.ConvertAll(static start => start.Seeds), before, clock.Token).Without(edges.Select(static edge => edge.Index).ToHashSet(), cancellationToken: clock.Token);
        }
        catch (OperationCanceledException) when (clock.IsSpent)
        {
            return (null, "time budget: what the identities reach without the edges is not counted");
        }

        if (control.LeavingWaysOut.Count > 0)
        {
            warnings.Add("only some of the walks over memberships that lead to one end are told apart: without an edge of such a walk another may still be open, and more be reached than is counted");
        }

        var moved = again
            .Select(one => (Now: Told(starts[one.Key].Node, one.Value), Then: Told(starts[one.Key].Node, before[one.Key]!)))
            .Where(static one => one.Now != one.Then)
            .OrderByDescending(static one => one.Then.Score.Raw - one.Now.Score.Raw)
            .ThenByDescending(static one => one.Then.Reached.Possible.Amplified - one.Now.Reached.Possible.Amplified)
            .ThenBy(static one => one.Now.Id, StringComparer.Ordinal);
        var answer = new RadiiCut
        {
            Edges = [.. edges.Select(ProofSteps.Of)],
            CountedAgain = again.Count,
            Moved = [.. moved.Select(static one => new MovedRadius { Id = one.Now.Id, Kind = one.Now.Kind, Name = one.Now.Name, Before = new(one.Then.Reached, one.Then.Score), After = new(one.Now.Reached, one.Now.Score) })],
        };
        return (answer, null);
    }

    private static List<Edge> Meant(GraphView view, RemovedEdge cut, List<string> warnings)
    {
        var (of, to) = (Known(view, cut.Of), Known(view, cut.To));
        List<Edge> meant = EdgeKind.Find(cut.Kind) is { } kind ? [.. of.Out(kind).ToList().Where(edge => edge.To == to && (cut.Key is null || edge.Key == cut.Key))] : [];
        if (meant.Count == 0)
        {
            warnings.Add($"there is no {cut.Kind} from `{cut.Of}` to `{cut.To}`{(cut.Key is null ? "" : $" of key `{cut.Key}`")}: to cut it changes nothing");
        }

        return meant;
    }
}
