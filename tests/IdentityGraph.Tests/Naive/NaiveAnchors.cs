namespace IdentityGraph.Tests.Naive;

/// <summary>One thing that may still act for a person who left.</summary>
/// <param name="Code">a1 to a10.</param>
/// <param name="Id">The account, credential, grant, workflow, NHI or edge's end.</param>
/// <param name="Truth">Whether it surely is one.</param>
/// <param name="Account">The account of p it hangs on; null: on p.</param>
/// <param name="Ties">The edges that make it one.</param>
internal sealed record NaiveAnchor(string Code, string Id, bool? Truth, string? Account, params NaiveEdge[] Ties);

/// <summary>The anchors of one person that facts state, without those that reach decides (a3, a4).</summary>
/// <param name="view">What is known of nodes.</param>
/// <param name="person">p.</param>
/// <param name="edges">Those that hold now, or that ever held in the window.</param>
/// <param name="accounts">Those that are p's, now or ever.</param>
/// <param name="past">Decision: grants, workflows, runs and mappings of an account that was p's by then stay p's doing.</param>
internal sealed class NaiveAnchors(
    NaiveView view,
    string person,
    IReadOnlyList<(NaiveEdge Edge, bool? Truth)> edges,
    IReadOnlyList<(string Account, bool? Truth)> accounts,
    NaivePast past)
{
    /// <summary>a6: whatever RUNS_AS can start from; what nobody described may be any of it.</summary>
    private static readonly string[] Automations = ["Application", "Connector", "Workflow", "Step", "Agent", "Resource"];

    public IEnumerable<NaiveAnchor> All() => [.. CorrelatedAccounts(), .. HeldAlone(), .. Consented(), .. RunningAs(), .. Spawned(), .. Mapped(), .. OnBehalfOf()];

    private IEnumerable<(NaiveEdge Edge, bool? Truth)> From(string node, string kind) => edges.Where(pair => pair.Edge.Kind == kind && pair.Edge.Of == node);

    private IEnumerable<(NaiveEdge Edge, bool? Truth)> Into(string node, string kind) => edges.Where(pair => pair.Edge.Kind == kind && pair.Edge.To == node);

    /// <summary>
    /// a1 correlated accounts; a7 "guest/external-tenant and personal-identity accounts (Account{`guest`}; else an account in a
    /// tenant in which p has no IdP account)".
    /// </summary>
    private IEnumerable<NaiveAnchor> CorrelatedAccounts() => accounts.Select(account => new NaiveAnchor(IsForeign(account.Account) ? "a7" : "a1", account.Account, account.Truth, null));

    /// <summary>
    /// Decision: as things were in the window, so that an account keeps its code when it ends; a member of another tenant who is no
    /// guest there is still in another tenant.
    /// </summary>
    private bool IsForeign(string account)
    {
        if (view.Of(account, "guest").Flag is true)
            return true;
        var tenants = past.TenantsOf(account).ToList();
        var home = past.Accounts.Select(own => own.Account).Where(IsOfIdentityProvider).SelectMany(past.TenantsOf);
        return tenants.Count > 0 && !tenants.Any(home.Contains);
    }

    /// <summary>An IdP account: others sign in through it (AUTHENTICATED_VIA), or its system is a directory.</summary>
    private bool IsOfIdentityProvider(string account) => past.Into(account, "AUTHENTICATED_VIA").Any()
        || past.From(account, "IN_SYSTEM").Any(pair => view.Of(pair.Edge.To, "category").Text == "directory");

    /// <summary>a2: credentials held by p alone.</summary>
    private IEnumerable<NaiveAnchor> HeldAlone() => Into(person, "HELD_BY")
        .Where(pair => !past.HasOtherHolder(view, pair.Edge.Of))
        .Select(pair => new NaiveAnchor("a2", pair.Edge.Of, pair.Truth, null, pair.Edge));

    /// <summary>a5: grants p consented to.</summary>
    private IEnumerable<NaiveAnchor> Consented() =>
        from account in past.Accounts
        from pair in Into(account.Account, "CONSENTED_BY")
        select new NaiveAnchor("a5", pair.Edge.Of, account.Truth & pair.Truth, account.Account, pair.Edge);

    /// <summary>a6: workflows and connections running as p.</summary>
    private IEnumerable<NaiveAnchor> RunningAs() =>
        from account in past.Accounts
        from pair in Into(account.Account, "RUNS_AS")
        where Automations.Contains(view.Kind(pair.Edge.Of)) || view.Facts.IsPlaceholder(pair.Edge.Of)
        select new NaiveAnchor("a6", pair.Edge.Of, account.Truth & pair.Truth, account.Account, pair.Edge);

    /// <summary>a8: "what runs INITIATED_BY or ACTS_FOR p SPAWNED". Provenance is of the past: an edge that once held counts.</summary>
    private IEnumerable<NaiveAnchor> Spawned() =>
        from account in past.Accounts.Append((Account: person, Truth: true))
        from acts in past.Once("INITIATED_BY").Concat(past.Once("ACTS_FOR"))
        where acts.Edge.To == account.Account
        from run in RunsOf(acts.Edge.Of)
        from made in past.Once("SPAWNED")
        where made.Edge.Of == run.Run
        select new NaiveAnchor("a8", made.Edge.To, account.Truth & acts.Truth & run.Truth & made.Truth, account.Account == person ? null : account.Account, [acts.Edge, .. run.Way, made.Edge]);

    /// <summary>A run itself; of a handoff the run whose part it passes work to.</summary>
    private IEnumerable<(string Run, bool? Truth, NaiveEdge[] Way)> RunsOf(string actor) => view.Kind(actor) != "Handoff"
        ? [(actor, true, [])]
        : from part in past.Once("HANDOFF_TO")
          where part.Edge.Of == actor
          from of in past.Once("STEP_OF")
          where of.Edge.Of == part.Edge.To
          select (of.Edge.To, part.Truth & of.Truth, new[] { part.Edge, of.Edge });

    /// <summary>a9: TRUSTS or CAN_ASSUME mappings that name p's accounts; known here by the principal they lead to.</summary>
    private IEnumerable<NaiveAnchor> Mapped() =>
        (from account in past.Accounts
         from pair in From(account.Account, "CAN_ASSUME")
         select new NaiveAnchor("a9", pair.Edge.To, account.Truth & pair.Truth, account.Account, pair.Edge))
        .Concat(
            from account in past.Accounts
            from inSystem in From(account.Account, "IN_SYSTEM")
            from inTenant in From(inSystem.Edge.To, "IN_TENANT")
            from pair in Into(inTenant.Edge.To, "TRUSTS")
            from entry in view.EveryWord(pair.Edge, "mapping").Select(word => word.Split("=>", 2, StringSplitOptions.TrimEntries))
            where entry.Length == 2 && view.Facts.NodeIds.Contains(entry[1]) && NaiveFixpoint.Matches(entry[0], account.Account)
            select new NaiveAnchor("a9", entry[1], account.Truth & inSystem.Truth & inTenant.Truth & pair.Truth, account.Account, inSystem.Edge, inTenant.Edge, pair.Edge));

    /// <summary>a10: live grants ON_BEHALF_OF p's account GRANTED_TO an Agent.</summary>
    private IEnumerable<NaiveAnchor> OnBehalfOf() =>
        from account in past.Accounts
        from pair in Into(account.Account, "ON_BEHALF_OF")
        from granted in From(pair.Edge.Of, "GRANTED_TO")
        where view.Kind(granted.Edge.To) == "Agent"
        select new NaiveAnchor("a10", pair.Edge.Of, account.Truth & pair.Truth & granted.Truth, account.Account, pair.Edge, granted.Edge);
}
