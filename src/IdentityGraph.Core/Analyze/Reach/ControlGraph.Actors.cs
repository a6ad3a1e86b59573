using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>D6, D7, D8, D15: what runs, what can be changed, who can be assumed.</summary>
public sealed partial class ControlGraph
{
    /// <summary>Property name of the fact that a node is live.</summary>
    private const string LiveFact = "live";

    /// <summary>D6: the principal it runs as, its installations, its steps.</summary>
    private void WriteRunsAs(Node node)
    {
        var kind = node.Kind;
        if (!kind.IsPrincipal || kind == NodeKinds.Agent)
        {
            foreach (var edge in node.Out(EdgeKinds.RunsAs))
            {
                if (edge.To.Kind.IsPrincipal)
                {
                    Derive(ControlRules.RunsAsPrincipal, edge.To, RightsRange.Use, edge.Holds, null, default, edge);
                }
            }
        }

        if (kind == NodeKinds.Application || kind == NodeKinds.Connector || node.IsPlaceholder)
        {
            foreach (var edge in node.In(EdgeKinds.InstanceOf))
            {
                if (edge.Of.Kind == NodeKinds.Connector)
                {
                    Derive(ControlRules.RunsAsPrincipal, edge.Of, RightsRange.Use, edge.Holds, null, default, edge);
                }
            }
        }
        else if (kind == NodeKinds.Workflow)
        {
            foreach (var edge in node.In(EdgeKinds.StepOf))
            {
                if (edge.Of.Kind == NodeKinds.Step)
                {
                    Derive(ControlRules.RunsAsPrincipal, edge.Of, RightsRange.Use, edge.Holds, null, default, edge);
                }
            }
        }
    }

    /// <summary>D7 from a principal: what it may change; a policy gives what it grants.</summary>
    private void WriteModified(Node principal)
    {
        foreach (var edge in principal.Out(EdgeKinds.CanModify))
        {
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], principal);
            if (edge.To.Kind != NodeKinds.Policy)
            {
                Derive(ControlRules.Modify, edge.To, RightsRange.Use, edge.Holds, gated, default, edge);
                continue;
            }

            foreach (var end in _walker.From(edge.To, principal, others: _ => true))
            {
                if (end.End.Kind == EdgeKinds.Entitles)
                {
                    var truth = edge.Holds.And(Liveness.Of(edge.To)).And(end.Truth);
                    Derive(ControlRules.Modify, end.End.To, _unknownLevels.Of(end.End), truth, Both(gated, PassedBy(end, principal)), default, [edge, .. Walked(end.Edges)]);
                }
            }
        }
    }

    /// <summary>D7 from a repository: what is defined in it, unless protected; its administrator lifts the protection.</summary>
    private void WriteDefined(Node repository, bool asAdmin)
    {
        foreach (var edge in repository.In(EdgeKinds.DefinedIn))
        {
            var open = asAdmin || _waiver is { Protected: true } ? Truth.True : edge[Properties.Protected].Is(Truth.Unknown).Not();
            Derive(ControlRules.Modify, edge.Of, RightsRange.Use, edge.Holds.And(open), null, new Form { Amplifying = asAdmin }, edge);
        }
    }

    /// <summary>D8.</summary>
    private void WriteAssumed(Node principal)
    {
        foreach (var edge in principal.Out(EdgeKinds.CanAssume))
        {
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], principal);
            var conditions = edge[Properties.Conditions];
            var truth = conditions.Known switch
            {
                Known.NotReported or Known.None => Truth.True,
                Known.Value => conditions.Text == "unread" ? Truth.Unknown : Truth.True.AsFarAsFresh(conditions),
                _ => Truth.Unknown,
            };
            Derive(ControlRules.Assume, edge.To, RightsRange.Use, edge.Holds.And(truth), gated, default, edge);
        }
    }

    /// <summary>D15: consumers that take it as it comes. What nobody described may be an application.</summary>
    private void WriteConsumers(Node dependency)
    {
        if (dependency.Kind != NodeKinds.Application && !dependency.IsPlaceholder)
        {
            return;
        }

        foreach (var edge in dependency.In(EdgeKinds.DependsOn))
        {
            Derive(ControlRules.Dependency, edge.Of, RightsRange.Use, edge.Holds.And(_waiver is { Pinned: true } ? Truth.True : edge[Properties.Pinned].Is(Truth.Unknown).Not()), null, default, edge);
        }
    }

    private static Gated? Both(Gated? first, Gated? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        var both = new Gated();
        foreach (var part in (Gated[])[first, second])
        {
            both.Weaken(part.Truth);
            both.Groups.AddRange(part.Groups);
            both.Words.AddRange(part.Words);
        }

        return both;
    }
}
