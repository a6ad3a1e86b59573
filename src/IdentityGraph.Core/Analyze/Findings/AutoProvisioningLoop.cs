using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// Systems that provision each other: what is removed from one is made again by the next. A cycle of TRIGGERS and CAN_PROVISION, over
/// workflows, connectors and what they run as. One finding for each knot of cycles, on its first connector or workflow by id.
/// </summary>
public sealed class AutoProvisioningLoop : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-J08", "Auto-provisioning loop", Severity.Medium)
    {
        Fires = "A system starts a workflow or connector that can make accounts in a system from which, step by step, the first is provisioned again.",
        Remediation = "Break the loop: let one side be the source of truth, and approve re-creation.",
        Needs = [EdgeKinds.Triggers.Name],
        Frameworks = new([], ["PR.AA-05"], ["AC-2f"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis)
    {
        var steps = Steps(analysis).ToList();
        var certain = Knots(steps.Where(step => step.Truth is Truth.True)).ToList();
        var possible = Knots(steps).Where(knot => !certain.Exists(sure => sure.Overlaps(knot)));
        return certain.Select(knot => About(knot, steps, Truth.True)).Concat(possible.Select(knot => About(knot, steps, Truth.Unknown)));
    }

    public Neighbourhood? Around(Finding finding) =>
        new([finding.Node!.Value, .. finding.Others], [EdgeKinds.Triggers, EdgeKinds.CanProvision, EdgeKinds.Connects, EdgeKinds.RunsAs], [EdgeKinds.StepOf]);

    private Finding About(HashSet<Node> knot, List<Step> steps, Truth truth)
    {
        var members = knot.OrderBy(node => node.Id, StringComparer.Ordinal).ToList();
        var systems = members.Where(node => node.Kind == NodeKinds.System).ToList();
        var subject = members.Where(node => node.Kind == NodeKinds.Connector || node.Kind == NodeKinds.Workflow).Concat(members).First();
        return Rule.On(subject, truth, "what one side removes the other makes again", steps.Where(step => knot.Contains(step.From) && knot.Contains(step.To)).Select(step => step.Fact)) with
        {
            Discriminator = systems.Count > 0 ? systems[0].Id : "",
            Others = [.. members.Where(node => node != subject)],
            Count = systems.Count,
            Details = Detail.Of(("systems", systems), ("automation", members.Where(node => node.Kind != NodeKinds.System))),
        };
    }

    /// <summary>What sets off what: systems start automation, automation makes accounts in systems.</summary>
    private static IEnumerable<Step> Steps(Analysis analysis)
    {
        var (view, liveness) = (analysis.View, analysis.Liveness);
        foreach (var edge in view.Edges(EdgeKinds.Triggers))
        {
            yield return new(edge.Of, edge.To, edge.Holds.And(liveness.Of(edge.To)), edge, StepKind.Starts);
        }

        foreach (var edge in view.Edges(EdgeKinds.CanProvision))
        {
            yield return new(edge.Of, edge.To, edge.Holds.And(liveness.Of(edge.Of)), edge, StepKind.Provisions);
        }

        foreach (var edge in view.Edges(EdgeKinds.RunsAs))
        {
            yield return new(edge.Of, edge.To, edge.Holds.And(liveness.Of(edge.To)), edge, StepKind.Leads);
        }

        foreach (var edge in view.Edges(EdgeKinds.StepOf))
        {
            if (edge.To.Kind == NodeKinds.Workflow)
            {
                yield return new(edge.To, edge.Of, edge.Holds, edge, StepKind.Leads);
            }
        }

        foreach (var edge in view.Edges(EdgeKinds.Connects))
        {
            var (connector, side) = (edge.Of, edge[Properties.Side]);
            if (side.Text != "source" && connector[Properties.Capabilities].Texts.Contains("provision"))
            {
                yield return new(connector, edge.To, edge.Holds.And(side.Text == "target" ? Truth.True : Truth.Unknown).And(liveness.Of(connector)), edge, StepKind.Provisions);
            }

            if (side.Text != "target" && connector[Properties.Trigger].Text is "event" or "schedule")
            {
                yield return new(edge.To, connector, edge.Holds.And(side.Text == "source" ? Truth.True : Truth.Unknown).And(liveness.Of(connector)), edge, StepKind.Starts);
            }
        }
    }

    /// <summary>Sets of nodes that all lead to each other, with a start and a making among the steps between them.</summary>
    private static IEnumerable<HashSet<Node>> Knots(IEnumerable<Step> all)
    {
        var steps = all.Where(step => step.Truth is not Truth.False).ToList();
        var next = steps.ToLookup(step => step.From, step => step.To);
        var back = steps.ToLookup(step => step.To, step => step.From);
        var done = new HashSet<Node>();
        foreach (var node in steps.Select(step => step.From).Distinct())
        {
            if (done.Contains(node))
            {
                continue;
            }

            var knot = From(node, next);
            knot.IntersectWith(From(node, back));
            done.UnionWith(knot);
            var inside = steps.Where(step => knot.Contains(step.From) && knot.Contains(step.To)).ToList();
            if (inside.Exists(step => step.Kind is StepKind.Starts) && inside.Exists(step => step.Kind is StepKind.Provisions))
            {
                yield return knot;
            }
        }
    }

    /// <summary>What is reached by at least one step, and the node itself.</summary>
    private static HashSet<Node> From(Node start, ILookup<Node, Node> next)
    {
        HashSet<Node> seen = [start];
        var work = new Stack<Node>([start]);
        while (work.TryPop(out var node))
        {
            foreach (var other in next[node].Where(seen.Add))
            {
                work.Push(other);
            }
        }

        return seen;
    }

    private enum StepKind
    {
        Starts,
        Provisions,
        Leads,
    }

    private readonly record struct Step(Node From, Node To, Truth Truth, Edge Fact, StepKind Kind);
}
