using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>Somebody who answers for it is about to leave, is on leave, or has moved since without the ownership being confirmed anew.</summary>
public sealed class OwnershipAtRisk : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-O03", "Ownership at risk", Severity.Low)
    {
        Fires = "Somebody who answers for an identity or integration that can authenticate leaves within the warning time, is on leave, or moved since the ownership began without its being confirmed.",
        Remediation = "Hand over before the exit, or confirm the ownership.",
        Needs = [EdgeKinds.OwnedBy.Name, NodeKinds.Employment.Name],
        WeighsSubject = true,
        Frameworks = new(["NHI1"], ["PR.AA-05", "GV.RR-04"], ["PS-4", "PS-5"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) =>
        from node in Owners.Asked(analysis.View)
        from finding in Of(analysis, node)
        select finding;

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        var owned = analysis.Owners.Of(subject);
        // What inherits its owner is told with what it belongs to.
        if (owned.IsTombstone || owned.AtRisk.Count == 0 || (OwnerHops.Own(subject).Count == 0 && OwnerHops.Parents(subject).Any()))
        {
            yield break;
        }

        yield return Rule.On(subject, owned.CanAuthenticate, string.Join(", ", owned.AtRisk.Select(risk => risk.Why).Distinct().Order()), owned.Chain) with
        {
            Others = [.. owned.AtRisk.Select(risk => risk.Person)],
            Policy = PolicyValue.Of("ownerWarning", analysis.Policy.OwnerWarning),
            Details = Detail.Of(
                ("why", owned.AtRisk.Select(risk => $"{risk.Person.Id} {Words(risk)}")),
                ("ownerToAct", owned.Answering.AtLeast)),
        };
    }

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value], Neighbourhood.OwningOutward, Neighbourhood.OwningInward);

    /// <summary>The warning begins before anything changes.</summary>
    public IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) =>
        from person in finding.Others
        from engagement in new Employments(analysis.View).Of(person)
        where engagement.End is not null
        select engagement.End!.Value.At - analysis.Policy.OwnerWarning;

    private static string Words(OwnerAtRisk risk) => risk.Why switch
    {
        OwnerRisk.Leaving => $"leaves {Instants.ToText(risk.At!.Value)}",
        OwnerRisk.OnLeave => "is on leave",
        _ => $"moved {Instants.ToText(risk.At!.Value)}",
    };
}
