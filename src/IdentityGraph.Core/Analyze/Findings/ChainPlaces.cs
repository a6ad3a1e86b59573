using IdentityGraph.Analyze.Chains;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>Where a chain of handoffs goes through: its workflow, its processes, its systems, its trail.</summary>
internal static class ChainPlaces
{
    /// <summary>The edges of work and of the credentials it uses: what can make or end a finding about handoffs.</summary>
    public static readonly IReadOnlyList<EdgeKind> Outward =
    [
        EdgeKinds.HandoffFrom, EdgeKinds.HandoffTo, EdgeKinds.InitiatedBy, EdgeKinds.ActsFor, EdgeKinds.UsedCredential, EdgeKinds.StepOf, EdgeKinds.RunOf,
        EdgeKinds.Serves, EdgeKinds.ActedOn, EdgeKinds.InSystem, EdgeKinds.LoggedIn, EdgeKinds.StoredIn, EdgeKinds.HeldBy, EdgeKinds.AuthenticatesAs,
        EdgeKinds.DerivedFrom, EdgeKinds.GovernedBy, EdgeKinds.BackedBy, EdgeKinds.BelongsTo,
    ];

    public static readonly IReadOnlyList<EdgeKind> Inward = [EdgeKinds.HandoffFrom, EdgeKinds.HandoffTo, EdgeKinds.StepOf, EdgeKinds.RunOf, EdgeKinds.Serves, EdgeKinds.Approves];

    /// <summary>Every chain once, with the runs it goes through; a handoff of no run is a chain as well.</summary>
    public static IEnumerable<(IReadOnlyList<Node> Runs, IReadOnlyList<HandoffRecord> Chain)> Chains(Analysis analysis)
    {
        var told = new HashSet<Node>();
        foreach (var handoff in analysis.View.Of(NodeKinds.Handoff))
        {
            if (told.Contains(handoff) || !HasHappened(handoff))
            {
                continue;
            }

            IReadOnlyList<HandoffRecord> chain = [.. analysis.Handoffs.Of(handoff, analysis.Stop).Where(record => HasHappened(record.Handoff))];
            told.UnionWith(chain.Select(record => record.Handoff));
            yield return (RunsOf(chain), chain);
        }
    }

    /// <summary>What the work is done for: the workflow, else its run, else the handoff itself.</summary>
    public static Node SubjectOf(HandoffRecord record)
    {
        var runs = RunsOf([record]);
        var workflows = runs.SelectMany(run => run.Out(EdgeKinds.RunOf).Past()).Select(edge => edge.To).ToList();
        return workflows.Count > 0 ? workflows[0] : runs.Count > 0 ? runs[0] : record.Handoff;
    }

    /// <summary>The names of the two steps, the same in every run: as stated, else the last part of the id.</summary>
    public static string StepPair(HandoffRecord record) => $"{StepName(record.From)}>{StepName(record.To)}";

    public static IReadOnlyList<Node> RunsOf(IReadOnlyList<HandoffRecord> chain) =>
    [
        .. chain.SelectMany(record => StepRuns(record))
            .SelectMany(step => step.Out(EdgeKinds.StepOf).Past())
            .Select(edge => edge.To)
            .Where(run => run.Kind == NodeKinds.Run)
            .Distinct()
            .OrderBy(run => run.Id, StringComparer.Ordinal),
    ];

    /// <summary>Processes that the runs or their workflows serve, by id.</summary>
    public static IReadOnlyList<Node> ProcessesOf(IReadOnlyList<Node> runs) =>
    [
        .. runs.Concat(runs.SelectMany(run => run.Out(EdgeKinds.RunOf).Past()).Select(edge => edge.To))
            .SelectMany(node => node.Out(EdgeKinds.Serves).Holding())
            .Select(edge => edge.To)
            .Where(process => process.Kind == NodeKinds.BusinessProcess)
            .Distinct()
            .OrderBy(process => process.Id, StringComparer.Ordinal),
    ];

    /// <summary>Systems the chain touches: where its steps worked or ran, and where those who initiated it live.</summary>
    public static IReadOnlyCollection<Node> SystemsOf(IReadOnlyList<HandoffRecord> chain)
    {
        var systems = new HashSet<Node>();
        foreach (var record in chain)
        {
            foreach (var step in StepRuns(record))
            {
                systems.UnionWith(step.Out(EdgeKinds.ActedOn).Past().SelectMany(edge => Containment.SystemsOf(edge.To)));
                systems.UnionWith(Containment.SystemsOf(step));
            }

            systems.UnionWith(Containment.SystemsOf(record.Handoff));
            foreach (var initiator in Initiations.InitiatorsOf(record.Handoff))
            {
                systems.UnionWith(initiator is { } known ? Containment.SystemsOf(known) : []);
            }
        }

        return systems;
    }

    /// <summary>Whether some correlation key is logged at every handoff, at the step it came from or went to.</summary>
    public static bool HasOneTrail(IReadOnlyList<HandoffRecord> chain)
    {
        HashSet<string>? common = null;
        foreach (var record in chain)
        {
            var keys = StepRuns(record)
                .SelectMany(step => step.Out(EdgeKinds.LoggedIn).Past())
                .Select(edge => edge[Properties.CorrelationKey].Text)
                .OfType<string>()
                .ToHashSet(StringComparer.Ordinal);
            if (common is null)
            {
                common = keys;
            }
            else
            {
                common.IntersectWith(keys);
            }
        }

        return common is { Count: > 0 };
    }

    private static IEnumerable<Node> StepRuns(HandoffRecord record) => new[] { record.From, record.To }.OfType<Node>();

    private static bool HasHappened(Node handoff) =>
        handoff.Present is not Truth.False || (handoff[Properties.OccurredAt].Instant is { } at && at <= handoff.View.AsOf);

    private static string StepName(Node? step) => step is not { } known ? "?" : known.Get("step").Text ?? known.Name ?? known.Id[(known.Id.LastIndexOf('/') + 1)..];
}
