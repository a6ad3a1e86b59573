using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// A system in which a leaver had something and that never showed it removed: a closed ticket, an accepted request or silence proves
/// nothing. Also a credential that lives past its end on paper. One finding a system.
/// </summary>
public sealed class RemovalNotVerified : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-L05", "Removal not verified", Severity.Medium)
    {
        Fires = "Past the time allowed, a system of a leaver's footprint has not itself shown the removal; or a credential is live past the end it has on paper.",
        Remediation = "Read the state from the target itself, and remove what is still there.",
        Needs = [NodeKinds.Employment.Name, NodeKinds.Account.Name],
        Frameworks = new(["NHI1"], ["PR.AA-05", "DE.CM-03"], ["PS-4", "CA-7"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.Leavers.SelectMany(leaver => OfLeaver(analysis, leaver))
        .Concat(analysis.View.Of(NodeKinds.Credential).SelectMany(credential => OfCredential(analysis, credential)));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject) => subject.Kind == NodeKinds.Person
        ? OfLeaver(analysis, analysis.LeaverOf(subject))
        : OfCredential(analysis, subject);

    public IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) => LeaverFinding.Turns(analysis, finding);

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value, .. finding.Others], Neighbourhood.LivingOutward, []);

    private IEnumerable<Finding> OfLeaver(Analysis analysis, LeaverJudgement leaver)
    {
        foreach (var system in leaver.Systems.Where(system => system.Removal.State is not RemovalState.Verified))
        {
            var finding = LeaverFinding.OfSystem(Rule, leaver, system, analysis.Policy, system.Removal.State.ToString());
            yield return finding with
            {
                Count = system.Removals.Count(removal => removal.State is not RemovalState.Verified),
                TrueSince = system.Removal.State is RemovalState.Reappeared ? null : finding.NotBefore,
                Details = Detail.Of(
                    ("state", system.Removal.State.ToString()),
                    ("anchors", system.Anchors.Zip(system.Removals).Where(pair => pair.Second.State is not RemovalState.Verified).Select(pair => $"{pair.First.Word} {pair.First.Node.Id}: {pair.Second.State}")),
                    ("lastEvidence", system.Removal.Evidence?.Grade.ToString()),
                    ("leaverAt", leaver.LeaverAt)),
            };
        }
    }

    /// <summary>Its end on paper is past, no renewal carries it on, and its system still shows it.</summary>
    private IEnumerable<Finding> OfCredential(Analysis analysis, Node credential)
    {
        if (credential[Properties.ExpiresAt].Instant is not { } end || end > analysis.View.AsOf
            || analysis.Liveness.Of(credential) is not Truth.True || analysis.Liveness.EffectiveExpiry(credential).IsAfter(analysis.View.AsOf.UtcTicks) is not Truth.False)
        {
            yield break;
        }

        var systems = Containment.SystemsOf(credential).OrderBy(system => system.Id, StringComparer.Ordinal).ToList();
        yield return Rule.On(credential, Truth.True, "live past its end on paper", Standing(credential)) with
        {
            Discriminator = systems.Count > 0 ? systems[0].Id : "",
            Others = systems,
            NotBefore = end,
            Details = Detail.Of(("expiresAt", end), ("grade", credential[Properties.ExpiresAt].Grade.ToString())),
        };
    }

    private static IEnumerable<Edge> Standing(Node credential)
    {
        foreach (var edge in credential.Out(EdgeKinds.AuthenticatesAs))
        {
            if (edge.Holds is not Truth.False)
            {
                yield return edge;
            }
        }
    }
}
