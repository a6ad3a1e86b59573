using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// What a user could do on a target by their own memberships and by what contains it: the bound of a delegated scope. Taken without
/// the attacker: only gates on edges count, as the profile satisfies them; neither network position nor the account's own liveness do.
/// </summary>
internal sealed partial class UserRights(GraphView view, Liveness liveness, Walker walker, GateKeeper gates, UnknownLevels levels)
{
    private readonly Dictionary<int, Dictionary<int, RightsRange>> _direct = [];
    private readonly Dictionary<int, ILookup<int, WalkEnd>> _walks = [];
    private readonly Dictionary<(int Account, int Target), RightsRange> _on = [];
    private readonly Dictionary<int, IReadOnlyList<Node>> _tenantAccounts = [];
    private Collected? _collected;

    /// <summary>U(account, target). Where the account's rights were never collected everything is possible.</summary>
    public RightsRange On(Node account, Node target)
    {
        if (_on.TryGetValue((account.Index, target.Index), out var known))
        {
            return known;
        }

        var rights = Climb(account, target);
        if (!WereCollected(account))
        {
            rights = rights with { Possible = Rights.All };
        }

        return _on[(account.Index, target.Index)] = rights;
    }

    /// <summary>Whether a stream that states rights in the account's system was ever read to its end.</summary>
    public bool WereCollected(Node account) => (_collected ??= new Collected(view)).RightsOf(account);

    /// <summary>What its walks end in, by dense index, containers not opened.</summary>
    public Dictionary<int, RightsRange> Direct(Node account)
    {
        if (_direct.TryGetValue(account.Index, out var known))
        {
            return known;
        }

        Dictionary<int, RightsRange> direct = [];
        foreach (var end in WalksOf(account).SelectMany(ends => ends))
        {
            direct[end.End.To.Index] = direct.GetValueOrDefault(end.End.To.Index) | Given(account, end);
        }

        return _direct[account.Index] = direct;
    }

    private ILookup<int, WalkEnd> WalksOf(Node account)
    {
        if (!_walks.TryGetValue(account.Index, out var walks))
        {
            _walks[account.Index] = walks = walker.From(account, account).Where(end => end.End.Kind == EdgeKinds.Entitles).OrderBy(end => end.Edges.Count).ToLookup(end => end.End.To.Index);
        }

        return walks;
    }

    /// <summary>Factors that might be attained do not count here: what is left open is as the profile has it.</summary>
    private RightsRange Given(Node account, WalkEnd end) => Whole(end.End.To, levels.Of(end.End))
        .Under(end.Truth.And(end.NeedsFactor ? gates.Satisfies("mfaFactor", account) : Truth.True).And(liveness.Exists(end.End.To)));

    /// <summary>The target and what contains it, nearest first, with the edges of one way and its truth.</summary>
    private List<(Node Node, List<Edge> Way, Truth Truth)> Around(Node target)
    {
        List<(Node Node, List<Edge> Way, Truth Truth)> around = [(target, [], liveness.Exists(target))];
        HashSet<int> seen = [target.Index];
        for (var i = 0; i < around.Count; i++)
        {
            foreach (var (outer, edge, truth) in Containment.Around(around[i].Node))
            {
                if (seen.Add(outer.Index))
                {
                    around.Add((outer, [.. around[i].Way, edge], around[i].Truth.And(truth)));
                }
            }
        }

        return around;
    }

    /// <summary>Live accounts in the tenants of the target's systems; null where no tenant is known.</summary>
    public IReadOnlyList<Node>? AccountsAround(Node target)
    {
        Dictionary<int, Node> tenants = [];
        foreach (var system in Containment.PossibleSystemsOf(target))
        {
            foreach (var edge in system.Out(EdgeKinds.InTenant))
            {
                if (edge.Holds != Truth.False)
                {
                    tenants[edge.To.Index] = edge.To;
                }
            }
        }

        return tenants.Count == 0 ? null : [.. tenants.Values.SelectMany(AccountsOf)];
    }

    private IReadOnlyList<Node> AccountsOf(Node tenant)
    {
        if (_tenantAccounts.TryGetValue(tenant.Index, out var known))
        {
            return known;
        }

        Dictionary<int, Node> accounts = [];
        foreach (var inTenant in tenant.In(EdgeKinds.InTenant))
        {
            foreach (var inSystem in inTenant.Of.In(EdgeKinds.InSystem))
            {
                if (inTenant.Holds.And(inSystem.Holds) != Truth.False && inSystem.Of.Kind == NodeKinds.Account && liveness.Of(inSystem.Of) != Truth.False)
                {
                    accounts[inSystem.Of.Index] = inSystem.Of;
                }
            }
        }

        return _tenantAccounts[tenant.Index] = [.. accounts.Values];
    }

    /// <summary>Least fixpoint over the containers around the target.</summary>
    private RightsRange Climb(Node account, Node target)
    {
        var direct = Direct(account);
        var around = Around(target).ConvertAll(one => one.Node);
        var rights = around.ToDictionary(node => node.Index, node => direct.GetValueOrDefault(node.Index));
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = around.Count - 1; i >= 0; i--)
            {
                var before = rights[around[i].Index];
                var now = before;
                foreach (var (outer, _, truth) in Containment.Around(around[i]))
                {
                    now |= Inherited(rights[outer.Index]).Under(truth.And(liveness.Exists(around[i])));
                }

                changed |= now != before;
                rights[around[i].Index] = now;
            }
        }

        return rights[target.Index];
    }

    /// <summary>What goes over to what is contained: all of it, from Read on.</summary>
    public static RightsRange Inherited(RightsRange container) => new(
        container.Certain.Has(Rights.Read) ? container.Certain : Rights.None,
        container.Possible.Has(Rights.Read) ? container.Possible : Rights.None);

    /// <summary>Admin on what controls identities is everything.</summary>
    public static RightsRange Whole(Node target, RightsRange rights) =>
        rights.Possible.Has(Rights.Admin) && ControlGraph.IsControlPlane(target)
            ? new(rights.Certain.Has(Rights.Admin) ? Rights.All : rights.Certain, Rights.All)
            : rights;
}
