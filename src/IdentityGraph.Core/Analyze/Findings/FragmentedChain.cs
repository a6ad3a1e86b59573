using IdentityGraph.Analyze.Chains;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// Work that goes from a chat over a ticket into production with no one principal that initiated every handoff and no correlation key
/// logged at every one of them: nobody can say afterwards who did what. One finding for each process served.
/// </summary>
public sealed class FragmentedChain : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-W01", "Fragmented chain chat→ticket→prod", Severity.High)
    {
        SeverityNote = "Critical where the process is regulated or customer-facing",
        Fires = "A chain of handoffs touches a chat, a ticketing and a production system, no one principal initiated all of them, and no correlation key is logged at all of them.",
        Remediation = "Let one workload identity carry the work, or log one correlation key in every system.",
        Needs = [NodeKinds.Handoff.Name, EdgeKinds.InitiatedBy.Name],
        Frameworks = new(["NHI10"], ["DE.AE-03", "PR.PS-04"], ["AU-6(3)", "AU-12(1)"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis)
    {
        var broken = new SortedDictionary<string, (Node Subject, Truth Truth, List<Node> Runs, List<HandoffRecord> Handoffs)>(StringComparer.Ordinal);
        foreach (var (runs, chain) in ChainPlaces.Chains(analysis))
        {
            var truth = IsFragmented(chain);
            if (truth is Truth.False)
            {
                continue;
            }

            var processes = ChainPlaces.ProcessesOf(runs);
            foreach (var subject in processes.Count > 0 ? processes : [ChainPlaces.SubjectOf(chain[0])])
            {
                var known = broken.TryGetValue(subject.Id, out var other) ? other : (subject, truth, [], []);
                known.Runs.AddRange(runs);
                known.Handoffs.AddRange(chain);
                broken[subject.Id] = known with { Truth = known.Truth.Or(truth) };
            }
        }

        return broken.Values.Select(one => About(one.Subject, one.Truth, one.Runs, one.Handoffs));
    }

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value, .. finding.Others], ChainPlaces.Outward, ChainPlaces.Inward);

    private Finding About(Node subject, Truth truth, List<Node> runs, List<HandoffRecord> handoffs)
    {
        var sensitivity = subject.Kind == NodeKinds.BusinessProcess ? subject[Properties.Sensitivity].Text : null;
        return Rule.On(subject, truth, "chat, ticketing and production without one identity or trail", handoffs.SelectMany(record => record.Facts)) with
        {
            Discriminator = subject.Id,
            Base = sensitivity is "regulated" or "customerFacing" ? Severity.Critical : Severity.High,
            Others = [.. runs.Distinct(), .. handoffs.Select(record => record.Handoff)],
            Count = runs.Distinct().Count(),
            Details = Detail.Of(
                ("sensitivity", sensitivity),
                ("systems", ChainPlaces.SystemsOf(handoffs).OrderBy(system => system.Id, StringComparer.Ordinal)),
                ("initiators", handoffs.SelectMany(record => Initiations.InitiatorsOf(record.Handoff)).OfType<Node>().Distinct().OrderBy(node => node.Id, StringComparer.Ordinal)),
                ("completeness", Handoffs.Completeness(handoffs))),
        };
    }

    /// <summary>Unknown where only an initiator that nobody recorded could be the one behind every handoff.</summary>
    private static Truth IsFragmented(IReadOnlyList<HandoffRecord> chain)
    {
        var systems = ChainPlaces.SystemsOf(chain);
        if (!systems.Any(IsChat) || !systems.Any(IsTicketing) || !systems.Any(IsProduction) || ChainPlaces.HasOneTrail(chain))
        {
            return Truth.False;
        }

        HashSet<Node>? common = null;
        var gap = false;
        foreach (var initiators in chain.Select(record => Initiations.InitiatorsOf(record.Handoff).OfType<Node>().ToHashSet()))
        {
            if (initiators.Count == 0)
            {
                gap = true;
            }
            else if (common is null)
            {
                common = initiators;
            }
            else
            {
                common.IntersectWith(initiators);
            }
        }

        return common is { Count: 0 } ? Truth.True : gap ? Truth.Unknown : Truth.False;
    }

    private static bool IsChat(Node system) => system[Properties.Category].Text == "chat";

    private static bool IsTicketing(Node system) => system[Properties.Category].Text == "ticketing";

    /// <summary>By its category; a cloud or pipeline is production where its environment says so.</summary>
    private static bool IsProduction(Node system) =>
        system[Properties.Category].Text == "production"
        || (system[Properties.Category].Text is "cloud" or "cicd" or "network" or null && system[Properties.Env].Text is "prod" or "production");
}
