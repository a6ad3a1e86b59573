namespace IdentityGraph.Tests.Naive;

/// <summary>U(account, target): how far a delegated scope goes, the account's own rights.</summary>
internal sealed partial class NaiveFixpoint
{
    private readonly Dictionary<string, Dictionary<string, string>> _ofAccounts = [];
    private readonly Dictionary<string, bool> _collected = [];

    /// <summary>
    /// "Delegated: ∩ U(account,target)"; "for a delegated scope on a System the intersection is taken on the System and on
    /// everything it contains (D12a first, then ∩)"; domainWide: no intersection.
    /// </summary>
    private IEnumerable<(string Node, string Rights)> Bounded(string grant, string target, string rights)
    {
        // "Grant `type` not reported: bound in certain, unbound in possible."
        var bound = Liveness.IsDelegated(grant) ?? !_possible;
        if (!bound)
            return [(target, rights)];
        if (!Holds(View.Exists(target)) || Liveness.IsDead(target))
            return [];
        var given = View.Kind(target) == "System" ? Contained(new() { [target] = rights }) : new() { [target] = rights };
        return given.Select(pair => (pair.Key, NaiveRights.Intersect(pair.Value, Bound(grant, pair.Key))));
    }

    private string Bound(string grant, string target)
    {
        var onBehalf = View.From(grant, "ON_BEHALF_OF").ToList();
        var bound = From(grant, "ON_BEHALF_OF").Where(pair => Holds(pair.Truth)).Aggregate("", (sum, pair) => NaiveRights.Unite(sum, OfAccount(pair.Edge.To, target)));

        // "Delegated with no ON_BEHALF_OF (tenant-wide consent): the union over the tenant's live accounts, Unknown."
        return _possible && onBehalf.All(pair => pair.Truth is not true) ? NaiveRights.Unite(bound, OfTenant(target)) : bound;
    }

    /// <summary>"Tenant-wide consent: the tenant of the target's System, none known: up to the scope."</summary>
    private string OfTenant(string target)
    {
        var tenants = _world.Within(target).SelectMany(_world.TenantsOf).Where(tenant => tenant.Truth is not false).Select(tenant => tenant.Tenant).ToList();
        return tenants.Count == 0
            ? NaiveRights.All
            : View.NodesOf("Account")
                .Where(account => Liveness.Live(account) is not false && _world.TenantsOf(account).Any(tenant => tenant.Truth is not false && tenants.Contains(tenant.Tenant)))
                .Aggregate("", (sum, account) => NaiveRights.Unite(sum, OfAccount(account, target)));
    }

    /// <summary>"What D4 + D12a give that account on that target, without the attacker and without testing live(account)"; never collected: "Unknown up to the scope".</summary>
    private string OfAccount(string account, string target)
    {
        if (_possible && !WereRightsCollected(account))
            return NaiveRights.All;
        if (!_ofAccounts.TryGetValue(account, out var all))
            _ofAccounts[account] = all = OwnRights(account);
        return all.GetValueOrDefault(target, "");
    }

    /// <summary>"U uses the profile's edge gates, not attained factors, no network position."</summary>
    private Dictionary<string, string> OwnRights(string account)
    {
        var rights = new Dictionary<string, string>();
        foreach (var (target, given, _) in Entitled(account, account, factors: false).Where(end => Holds(View.Exists(end.Target)) && !Liveness.IsDead(end.Target)))
            rights[target] = _world.Raise(target, NaiveRights.Unite(rights.GetValueOrDefault(target, ""), given));
        return Contained(rights);
    }

    /// <summary>D12a on a map of rights, to its end: whoever reads a container has the same rights on what it contains.</summary>
    private Dictionary<string, string> Contained(Dictionary<string, string> rights)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (edge, container, contained, truth, inherits) in Containment().Where(link => View.Kind(link.Contained) == "Resource"))
            {
                var given = rights.GetValueOrDefault(container, "");
                if (!given.Contains('R') || !Holds(truth & inherits & View.Exists(contained)) || (edge.Kind == "CONTAINS" && Pass(View.Of(edge, "gates"), "", factors: false) is null))
                    continue;
                var united = NaiveRights.Unite(rights.GetValueOrDefault(contained, ""), given);
                changed |= united != rights.GetValueOrDefault(contained, "");
                rights[contained] = united;
            }
        }

        return rights;
    }

    /// <summary>
    /// Whether a stream that states rights of the account's system was read to its end; "a stream is of that system if it stated a
    /// right with an end in it, or has such a kind's name and its source stated the account". Decision: a right is an edge that
    /// carries a level, ENTITLES or CONFERS.
    /// </summary>
    private bool WereRightsCollected(string account)
    {
        if (!_collected.TryGetValue(account, out var collected))
            _collected[account] = collected = AreRightsCollected(account);
        return collected;
    }

    private bool AreRightsCollected(string account)
    {
        var facts = View.Facts;
        var systems = _world.SystemsOf(account).ToList();
        var streams = facts.ReadWhole;
        return streams.Any(stream => StatedARight(stream) || (stream.Name is "ENTITLES" or "CONFERS" && StatedTheAccount(stream)));

        bool StatedARight(NaiveStream stream) => facts.Runs.SelectMany(run => run.Lines).Any(line =>
            line.Stream == stream && line.Edge is { Kind: "ENTITLES" or "CONFERS" } edge && (IsIn(edge.Of) || IsIn(edge.To)));

        bool IsIn(string node) => systems.Contains(node) || _world.SystemsOf(node).Any(systems.Contains);

        bool StatedTheAccount(NaiveStream stream) => facts.Runs.Any(run =>
            run.Source == stream.Source && run.Tenant == stream.Tenant && run.Lines.Any(line => line.Node == account));
    }
}
