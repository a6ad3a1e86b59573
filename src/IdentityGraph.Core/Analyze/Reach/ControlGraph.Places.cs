using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>D12, D14, D16: containers, vendors, federated tenants.</summary>
public sealed partial class ControlGraph
{
    /// <summary>D12a: the same rights on what it contains, from Read on.</summary>
    private void WriteContained(Node container)
    {
        if (container.Kind != NodeKinds.System && container.Kind != NodeKinds.Resource)
        {
            return;
        }

        foreach (var (inner, edge, truth) in Containment.Inside(container))
        {
            Derive(ControlRules.Contain, inner, RightsRange.Exactly(Rights.All), truth, null, new Form { Kind = ClauseKind.Inherit }, edge);
        }
    }

    /// <summary>D12b: the administrator of a container acts as the principals in it.</summary>
    private void WritePrincipalsInside(Node container)
    {
        if (container.Kind == NodeKinds.System)
        {
            foreach (var edge in container.In(EdgeKinds.InSystem))
            {
                if (edge.Of.Kind.IsPrincipal)
                {
                    Derive(ControlRules.Contain, edge.Of, RightsRange.Use, edge.Holds, null, s_amplifying, edge);
                }
            }
        }

        foreach (var edge in container.Out(EdgeKinds.Contains))
        {
            if (edge.To.Kind.IsPrincipal)
            {
                Derive(ControlRules.Contain, edge.To, RightsRange.Use, edge.Holds, null, s_amplifying, edge);
            }
        }
    }

    /// <summary>D14: what the organization operates.</summary>
    private void WriteOperated(Node organization)
    {
        foreach (var edge in organization.In(EdgeKinds.OperatedBy))
        {
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], null);
            var rights = edge.Of.Kind == NodeKinds.System ? RightsRange.Exactly(RightsLogic.Of(Level.L5)) : RightsRange.Use;
            Derive(ControlRules.Vendor, edge.Of, rights, edge.Holds, gated, default, edge);
        }
    }

    /// <summary>D16 from a subject: what the tenants that trust its tenant map it to.</summary>
    private void WriteFederated(Node principal)
    {
        foreach (var inSystem in principal.Out(EdgeKinds.InSystem))
        {
            foreach (var inTenant in inSystem.To.Out(EdgeKinds.InTenant))
            {
                var home = inSystem.Holds.And(inTenant.Holds);
                if (home != Truth.False)
                {
                    WriteTrusted(inTenant.To, principal.Id, home, null, [inSystem, inTenant]);
                }
            }
        }
    }

    /// <summary>D16 from a signing key of a tenant: everything mapped from it, whoever the subject.</summary>
    private void WriteSigned(Node key)
    {
        var kind = key[Properties.CredentialKind].IsWord("federationKey");
        if (kind == Truth.False)
        {
            return;
        }

        foreach (var edge in key.Out(EdgeKinds.AuthenticatesAs))
        {
            if ((edge.To.Kind == NodeKinds.Tenant || edge.To.IsPlaceholder) && edge.Holds.And(kind) is not Truth.False and var truth)
            {
                Gated? gated = null;
                _gates.Demand(ref gated, edge[Properties.Gates], null);
                _gates.DemandUse(ref gated, key, []);
                WriteTrusted(edge.To, null, truth, gated, [edge]);
            }
        }
    }

    private void WriteTrusted(Node tenant, string? subject, Truth truth, Gated? gated, Fact[] facts)
    {
        foreach (var trusts in tenant.In(EdgeKinds.Trusts))
        {
            if (trusts.Holds == Truth.False)
            {
                continue;
            }

            var mapping = Mapping.Of(trusts[Properties.Mapping]);
            foreach (var id in mapping.TargetsOf(subject))
            {
                if (View.Find(id) is { } target && target.Kind.IsPrincipal)
                {
                    Derive(ControlRules.Federation, target, RightsRange.Use, truth.And(trusts.Holds).And(mapping.Readable), gated, default, [.. facts, trusts]);
                }
            }

            if (mapping.HidesSomething)
            {
                WriteAllOf(trusts, truth.And(Truth.Unknown), gated, facts);
            }
        }
    }

    /// <summary>A mapping that cannot be read may lead to anybody in the trusting tenant.</summary>
    private void WriteAllOf(Edge trusts, Truth truth, Gated? gated, Fact[] facts)
    {
        foreach (var inTenant in trusts.Of.In(EdgeKinds.InTenant))
        {
            foreach (var inSystem in inTenant.Of.In(EdgeKinds.InSystem))
            {
                if (inSystem.Of.Kind.IsPrincipal)
                {
                    Derive(ControlRules.Federation, inSystem.Of, RightsRange.Use, truth.And(trusts.Holds).And(inTenant.Holds).And(inSystem.Holds), gated, default, [.. facts, trusts, inTenant, inSystem]);
                }
            }
        }
    }
}
