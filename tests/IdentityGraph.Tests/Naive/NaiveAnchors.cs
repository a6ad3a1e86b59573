namespace IdentityGraph.Tests.Naive;

/// <summary>One thing that may still act for a person who left.</summary>
/// <param name="Code">a1 to a10.</param>
/// <param name="Id">The account, credential, grant, workflow, NHI or edge's end.</param>
/// <param name="Truth">Whether it surely is one.</param>
internal sealed record NaiveAnchor(string Code, string Id, bool? Truth);

/// <summary>The anchors of one person at one moment that facts state, without those that reach decides (a3, a4).</summary>
internal sealed class NaiveAnchors(NaiveView view, NaiveLiveness liveness, string person)
{
    private static readonly string[] Automations = ["Application", "Connector", "Workflow", "Step", "Agent"];

    public IReadOnlyList<(string Account, bool? Truth)> Accounts { get; } = [.. liveness.People.AccountsOf(person)];

    public IEnumerable<NaiveAnchor> All() => [.. CorrelatedAccounts(), .. HeldAlone(), .. Consented(), .. RunningAs(), .. Spawned(), .. Mapped(), .. OnBehalfOf()];

    /// <summary>
    /// a1 correlated accounts; a7 "guest/external-tenant and personal-identity accounts (Account{`guest`}; else an account in a
    /// tenant in which p has no IdP account)".
    /// </summary>
    private IEnumerable<NaiveAnchor> CorrelatedAccounts() => Accounts.Select(account => new NaiveAnchor(IsForeign(account.Account) ? "a7" : "a1", account.Account, account.Truth));

    private bool IsForeign(string account)
    {
        if (view.Of(account, "guest").Flag is { } guest)
            return guest;
        var tenants = TenantsOf(account).ToList();
        var home = Accounts.Where(other => other.Account != account && view.Into(other.Account, "AUTHENTICATED_VIA").Any()).SelectMany(other => TenantsOf(other.Account));
        return tenants.Count > 0 && !tenants.Any(home.Contains) && !view.Into(account, "AUTHENTICATED_VIA").Any();
    }

    private IEnumerable<string> TenantsOf(string account) =>
        view.From(account, "IN_SYSTEM").SelectMany(system => view.From(system.Edge.To, "IN_TENANT")).Select(pair => pair.Edge.To);

    /// <summary>a2: credentials held by p alone.</summary>
    private IEnumerable<NaiveAnchor> HeldAlone() => view.Into(person, "HELD_BY")
        .Where(pair => !HasOtherHolder(pair.Edge.Of))
        .Select(pair => new NaiveAnchor("a2", pair.Edge.Of, pair.Truth));

    /// <summary>Part of a3: credentials p held with others.</summary>
    public IEnumerable<(string Credential, bool? Truth)> HeldWithOthers() => view.Into(person, "HELD_BY")
        .Where(pair => HasOtherHolder(pair.Edge.Of))
        .Select(pair => (pair.Edge.Of, pair.Truth));

    private bool HasOtherHolder(string credential) => view.From(credential, "HELD_BY").Any(other => other.Edge.To != person);

    /// <summary>a5: grants p consented to.</summary>
    private IEnumerable<NaiveAnchor> Consented() =>
        from account in Accounts
        from pair in view.Into(account.Account, "CONSENTED_BY")
        select new NaiveAnchor("a5", pair.Edge.Of, account.Truth & pair.Truth);

    /// <summary>a6: workflows and connections running as p.</summary>
    private IEnumerable<NaiveAnchor> RunningAs() =>
        from account in Accounts
        from pair in view.Into(account.Account, "RUNS_AS")
        where Automations.Contains(view.Kind(pair.Edge.Of))
        select new NaiveAnchor("a6", pair.Edge.Of, account.Truth & pair.Truth);

    /// <summary>a8: "what runs INITIATED_BY or ACTS_FOR p SPAWNED". Provenance is of the past: an edge that once held counts.</summary>
    private IEnumerable<NaiveAnchor> Spawned()
    {
        var actors = Accounts.Append((Account: person, Truth: true)).ToList();
        var acts =
            from actor in actors
            from edge in view.Facts.EdgeIds
            where edge.Kind is "INITIATED_BY" or "ACTS_FOR" && edge.To == actor.Account
            from run in RunsOf(edge.Of)
            select (Run: run, Truth: actor.Truth & Once(edge));
        return
            from act in acts
            from edge in view.Facts.EdgeIds
            where edge.Kind == "SPAWNED" && edge.Of == act.Run
            select new NaiveAnchor("a8", edge.To, act.Truth & Once(edge));
    }

    /// <summary>A run itself; of a handoff the runs whose parts it passes work between.</summary>
    private IEnumerable<string> RunsOf(string actor) => view.Kind(actor) != "Handoff"
        ? [actor]
        : from part in view.Facts.EdgeIds
          where part.Kind is "HANDOFF_FROM" or "HANDOFF_TO" && part.Of == actor
          from of in view.Facts.EdgeIds
          where of.Kind == "STEP_OF" && of.Of == part.To
          select of.To;

    private bool? Once(NaiveEdge edge) =>
        view.Facts.Edges[edge].Any(claim => claim.Spans.Any(span => span.Begin <= view.AsOf)) ? true : view.Truth(edge);

    /// <summary>a9: TRUSTS or CAN_ASSUME mappings that name p's accounts; known here by the principal they lead to.</summary>
    private IEnumerable<NaiveAnchor> Mapped() =>
        (from account in Accounts
         from pair in view.From(account.Account, "CAN_ASSUME")
         select new NaiveAnchor("a9", pair.Edge.To, account.Truth & pair.Truth))
        .Concat(
            from account in Accounts
            from pair in view.EdgesOf("TRUSTS")
            where TenantsOf(account.Account).Contains(pair.Edge.To)
            from entry in view.Of(pair.Edge, "mapping").Words.Select(word => word.Split("=>", 2, StringSplitOptions.TrimEntries))
            where entry.Length == 2 && NaiveFixpoint.Matches(entry[0], account.Account)
            select new NaiveAnchor("a9", entry[1], account.Truth & pair.Truth));

    /// <summary>a10: live grants ON_BEHALF_OF p's account GRANTED_TO an Agent.</summary>
    private IEnumerable<NaiveAnchor> OnBehalfOf() =>
        from account in Accounts
        from pair in view.Into(account.Account, "ON_BEHALF_OF")
        from granted in view.From(pair.Edge.Of, "GRANTED_TO")
        where view.Kind(granted.Edge.To) == "Agent"
        select new NaiveAnchor("a10", pair.Edge.Of, account.Truth & pair.Truth & granted.Truth);
}
