using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>D9, D10, D11: making credentials, principals and grants.</summary>
public sealed partial class ControlGraph
{
    private void WriteAmplifying(Node actor)
    {
        Node? account = actor.Kind.IsPrincipal || actor.IsPlaceholder ? actor : null;
        WriteIssued(actor, account);
        WriteProvisioned(actor, account);
        WriteGiven(actor, account);
        WriteIntegrated(actor);
    }

    /// <summary>D9: whoever it can make a credential of.</summary>
    private void WriteIssued(Node actor, Node? account)
    {
        foreach (var edge in actor.Out(EdgeKinds.CanIssueCredential))
        {
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], account);
            Derive(ControlRules.IssueCredential, edge.To, RightsRange.Use, edge.Holds, gated, s_amplifying, edge);
        }
    }

    /// <summary>D10: a new principal's rights on the system, up to the limit.</summary>
    private void WriteProvisioned(Node actor, Node? account)
    {
        foreach (var edge in actor.Out(EdgeKinds.CanProvision))
        {
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], account);
            Derive(ControlRules.Provision, edge.To, _unknownLevels.Limit(edge[Properties.MaxLevel], edge.To), edge.Holds, gated, s_amplifying, edge);
        }
    }

    /// <summary>D11: what the role, group or scope gives, up to the limit; on a system the limit itself.</summary>
    private void WriteGiven(Node actor, Node? account)
    {
        foreach (var edge in actor.Out(EdgeKinds.CanGrant))
        {
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], account);
            var limit = edge[Properties.MaxLevel];
            if (edge.To.Kind == NodeKinds.System)
            {
                Derive(ControlRules.GrantRights, edge.To, _unknownLevels.Limit(limit, edge.To), edge.Holds, gated, s_amplifying, edge);
            }
            else if (edge.To.Kind == NodeKinds.Scope)
            {
                foreach (var confers in edge.To.Out(EdgeKinds.Confers))
                {
                    if (confers.To.Kind == NodeKinds.System || confers.To.Kind == NodeKinds.Resource)
                    {
                        var rights = _unknownLevels.Of(confers) & _unknownLevels.Limit(limit, confers.To);
                        Derive(ControlRules.GrantRights, confers.To, rights, edge.Holds.And(confers.Holds), gated, s_amplifying, edge, confers);
                    }
                }
            }
            else
            {
                WriteGivenWalk(edge, limit, gated, actor);
            }
        }
    }

    private void WriteGivenWalk(Edge edge, Reading limit, Gated? gated, Node actor)
    {
        foreach (var end in _walker.From(edge.To, actor, others: _ => true))
        {
            if (end.End.Kind == EdgeKinds.Entitles)
            {
                var target = end.End.To;
                var rights = _unknownLevels.Of(end.End) & _unknownLevels.Limit(limit, target);
                var truth = edge.Holds.And(Liveness.Of(edge.To)).And(end.Truth);
                Derive(ControlRules.GrantRights, target, rights, truth, Both(gated, PassedBy(end, actor)), s_amplifying, [edge, .. Walked(end.Edges)]);
            }
        }
    }

    /// <summary>The abilities of an integration in the systems it writes to; how far they go is not known.</summary>
    private void WriteIntegrated(Node actor)
    {
        if (actor.Kind != NodeKinds.Connector)
        {
            return;
        }

        var capabilities = actor[Properties.Capabilities];
        var able = capabilities.Known == Known.Disputed ? Truth.Unknown : Truth.True.AsFarAsFresh(capabilities);
        foreach (var capability in capabilities.Known == Known.Disputed ? s_abilities : capabilities.Texts)
        {
            foreach (var edge in actor.Out(EdgeKinds.Connects))
            {
                var truth = able.And(edge.Holds).And(edge[Properties.Side].IsWord("target"));
                if (truth != Truth.False)
                {
                    WriteAbility(capability, edge.To, _unknownLevels.On(edge.To), truth, null, [edge, Fact.Of(actor, Properties.Capabilities.Name)]);
                }
            }
        }
    }
}
