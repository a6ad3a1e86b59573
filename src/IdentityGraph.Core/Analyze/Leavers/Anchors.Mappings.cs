using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>a9: trusts between tenants and assumptions that name their accounts.</summary>
internal sealed partial class Anchors
{
    private void FindMapped()
    {
        foreach (var own in accounts)
        {
            foreach (var assume in own.Account.Out(EdgeKinds.CanAssume))
            {
                Map(own, assume.To, [assume]);
            }

            foreach (var inSystem in own.Account.Out(EdgeKinds.InSystem))
            {
                foreach (var inTenant in inSystem.To.Out(EdgeKinds.InTenant))
                {
                    foreach (var trusts in inTenant.To.In(EdgeKinds.Trusts))
                    {
                        foreach (var target in MappedBy(trusts, own.Account.Id))
                        {
                            if (person.View.Find(target) is { } principal)
                            {
                                Map(own, principal, [inSystem, inTenant, trusts]);
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>Where its sources differ about the mapping, or it is over or stale, whoever any of them ever said.</summary>
    private IEnumerable<string> MappedBy(Edge trusts, string account)
    {
        var mapping = trusts[Properties.Mapping];
        return mapping is { Known: Known.Value or Known.None, Fresh: true }
            ? Mapping.Of(mapping).TargetsOf(account)
            : trusts.Statements()
                .Where(said => said.Property == Properties.Mapping.Name && said.From <= window.Now)
                .SelectMany(said => Mapping.Of(new Reading { Known = Known.Value, Value = said.Value, Fresh = true }).TargetsOf(account))
                .Distinct(StringComparer.Ordinal);
    }

    /// <summary>Closed when the mapping or the account is gone, or else its target.</summary>
    private void Map(OwnAccount own, Node target, Edge[] facts)
    {
        var (holds, ever) = (Truth.True, own.Ever);
        foreach (var fact in facts)
        {
            holds = holds.And(fact.Holds);
            ever = ever.And(window.Had(fact));
        }

        if (ever != Truth.False)
        {
            _found.Add(new Anchor
            {
                Code = AnchorCode.A9,
                Node = target,
                Now = holds.And(own.Ever),
                Ever = ever,
                Facts = facts,
                Way = [own.Link, .. facts],
                Accounts = [own.Account],
                CutOff = CutOff(facts, own.Account),
            });
        }
    }
}
