namespace IdentityGraph.Tests.Naive;

/// <summary>Rules from one actor to another: D6, D7, D8, D13, D14, D15, D16, D18, D19.</summary>
internal sealed partial class NaiveFixpoint
{
    /// <summary>
    /// D6: A(x,U) ∧ RUNS_AS ⇒ A(principal,U) (host: Use or Admin). A(app,U) ∧ INSTANCE_OF ⇒ A(connector,U). A(workflow,U) ∧
    /// STEP_OF ⇒ A(step,U).
    /// </summary>
    private IEnumerable<NaiveStep> D6()
    {
        foreach (var (edge, truth) in EdgesOf("RUNS_AS"))
        {
            var host = View.Kind(edge.Of) == "Resource" ? By(edge.Of, 'A') : null;
            foreach (var step in If(AllOf(AnyOf(Use(edge.Of), host), Open(edge, truth)), way => new("D6", edge.To, "U", way)))
                yield return step;
        }

        foreach (var (edge, truth) in EdgesOf("INSTANCE_OF").Where(pair => View.Kind(pair.Edge.Of) == "Connector" && (View.Kind(pair.Edge.To) is "Application" or "Connector" || View.Facts.IsPlaceholder(pair.Edge.To))))
        {
            foreach (var step in If(AllOf(Use(edge.To), Open(edge, truth)), way => new("D6", edge.Of, "U", way)))
                yield return step;
        }

        foreach (var (edge, truth) in EdgesOf("STEP_OF").Where(pair => View.Kind(pair.Edge.Of) == "Step"))
        {
            foreach (var step in If(AllOf(Use(edge.To), Open(edge, truth)), way => new("D6", edge.Of, "U", way)))
                yield return step;
        }
    }

    /// <summary>
    /// D7: A(p,U) ∧ CAN_MODIFY(w) ⇒ A(w,U); A(repo,W) ∧ DEFINED_IN{protected=false} ⇒ A(w,U); protected not reported: Unknown; a
    /// policy w ⇒ what it GRANTS.
    /// </summary>
    private IEnumerable<NaiveStep> D7()
    {
        foreach (var (edge, truth) in EdgesOf("CAN_MODIFY"))
        {
            if (AllOf(Use(edge.Of), Open(edge, truth, edge.Of)) is not { } way)
                continue;
            if (View.Kind(edge.To) is "Workflow" or "Application")
            {
                yield return new("D7", edge.To, "U", way);
            }
            else if (View.Kind(edge.To) == "Policy" && Holds(Liveness.Live(edge.To)))
            {
                foreach (var (target, rights, premises) in Entitled(edge.To, edge.Of))
                    yield return new("D7", target, rights, AllOf(way, premises)!);
            }
        }

        foreach (var (edge, truth) in EdgesOf("DEFINED_IN"))
        {
            var open = Open(edge, truth & (_world.Off.Waived == "protected" ? true : !View.Of(edge, "protected").Flag));
            foreach (var step in If(AllOf(By(edge.To, 'W'), open), way => new("D7", edge.Of, "U", way)))
                yield return step;
        }
    }

    /// <summary>D7 (amplifying): A(repo,A) ∧ DEFINED_IN ⇒ A(w,U) whatever `protected` says.</summary>
    private IEnumerable<NaiveStep> D7Admin() =>
        from pair in EdgesOf("DEFINED_IN")
        from step in If(AllOf(By(pair.Edge.To, 'A'), Open(pair.Edge, pair.Truth)), way => new("D7", pair.Edge.Of, "U", way))
        select step;

    /// <summary>D8: A(p,U) ∧ CAN_ASSUME(q) ⇒ A(q,U); conditions unread makes it Unknown.</summary>
    private IEnumerable<NaiveStep> D8() =>
        from pair in EdgesOf("CAN_ASSUME")
        let conditions = View.Of(pair.Edge, "conditions")
        let read = conditions is { Text: "none" or "read" } or { Said: NaiveSaid.NotReported or NaiveSaid.None } ? true : (bool?)null
        from step in If(AllOf(Use(pair.Edge.Of), Open(pair.Edge, pair.Truth & read, pair.Edge.Of)), way => new("D8", pair.Edge.To, "U", way))
        select step;

    /// <summary>D13: A(idpAcct,U) ∧ live(idpAcct) ∧ AUTHENTICATED_VIA ⇒ A(appAcct,U).</summary>
    private IEnumerable<NaiveStep> D13() =>
        from pair in EdgesOf("AUTHENTICATED_VIA")
        let open = Open(pair.Edge, pair.Truth & Named(Liveness.Live(pair.Edge.To), pair.Edge.To, "live"), pair.Edge.To)
        from step in If(AllOf(Use(pair.Edge.To), open), way => new("D13", pair.Edge.Of, "U", way))
        select step;

    /// <summary>D14: A(vendorOrg,U) ∧ OPERATED_BY ⇒ A(app/connector,U), A(system,L5).</summary>
    private IEnumerable<NaiveStep> D14() =>
        from pair in EdgesOf("OPERATED_BY")
        let rights = View.Kind(pair.Edge.Of) == "System" ? NaiveRights.OfLevel("L5")! : "U"
        from step in If(AllOf(Use(pair.Edge.To), Open(pair.Edge, pair.Truth)), way => new("D14", pair.Edge.Of, rights, way))
        select step;

    /// <summary>D15: A(dep,U) ∧ DEPENDS_ON{pinned=false} ⇒ A(consumer workflow/application,U); not reported: Unknown.</summary>
    private IEnumerable<NaiveStep> D15() =>
        from pair in EdgesOf("DEPENDS_ON")
        let open = Open(pair.Edge, pair.Truth & (_world.Off.Waived == "pinned" ? true : !View.Of(pair.Edge, "pinned").Flag))
        from step in If(AllOf(Use(pair.Edge.To), open), way => new("D15", pair.Edge.Of, "U", way))
        select step;

    /// <summary>
    /// D16: A(p,U), p IN_SYSTEM→IN_TENANT T2 ∧ TRUSTS(T1→T2){mapping p=>q} ⇒ A(q,U); an unreadable mapping: Unknown to all of T1;
    /// A(federationKey of T2,U) ⇒ every mapped q, "no live(federationKey) needed".
    /// </summary>
    private IEnumerable<NaiveStep> D16()
    {
        foreach (var (trust, truth) in EdgesOf("TRUSTS"))
        {
            var actors =
                from principal in View.Facts.NodeIds.Where(node => MayAct(node))
                let inTenant = TenantsOf(principal).Where(tenant => tenant.Tenant == trust.To).Select(tenant => tenant.Truth).Any()
                where Use(principal) is not null && Holds(inTenant)
                select (Who: (string?)principal, Premises: AllOf(Use(principal), Open(trust, truth, principal)));
            var keys =
                from pair in Into(trust.To, "AUTHENTICATES_AS")
                let isKey = View.Of(pair.Edge.Of, "kind") switch { { Text: "federationKey" } => true, { Text: { } word } when NaiveWords.CredentialKinds.Contains(word) => false, { Said: NaiveSaid.None } => false, _ => (bool?)null }
                select (Who: (string?)null, Premises: AllOf(Use(pair.Edge.Of), Open(pair.Edge, pair.Truth & isKey), UseOf(pair.Edge.Of), Open(trust, truth)));
            foreach (var (who, premises) in actors.Concat(keys).Where(actor => actor.Premises is not null))
            {
                foreach (var (mapped, certainly) in Mapped(trust, who).Where(pair => Holds(pair.Truth) && NaiveWords.Principals.Contains(View.Kind(pair.Node))))
                    yield return new("D16", mapped, "U", premises!);
            }
        }
    }

    /// <summary>"Absent mapping or an entry without `=>` is unreadable, `null` or `[]` none"; `*` stands for anything, over the whole id.</summary>
    private IEnumerable<(string Node, bool? Truth)> Mapped(NaiveEdge trust, string? who)
    {
        var mapping = View.Of(trust, "mapping");
        // Decision: what a stale source showed as mapped may still be.
        var words = mapping is { IsUnknown: true, Candidates: [{ } shown] } ? NaiveValue.WordsOf(shown) : mapping.Words;
        var entries = words.Select(entry => entry.Split("=>", 2, StringSplitOptions.TrimEntries)).ToList();
        foreach (var entry in entries.Where(entry => entry.Length == 2 && (who is null || Matches(entry[0], who))))
            yield return (entry[1], mapping.IsUnknown ? null : true);
        if (mapping.Said is NaiveSaid.None || (mapping.Said is NaiveSaid.Stated && entries.All(entry => entry.Length == 2)))
            yield break;
        foreach (var principal in View.NodesOf(NaiveWords.Principals))
            yield return (principal, TenantsOf(principal).Any(tenant => tenant.Tenant == trust.Of && tenant.Truth is not false) ? null : false);
    }

    public static bool Matches(string pattern, string id)
    {
        if (pattern.Length == 0)
            return id.Length == 0;
        return pattern[0] == '*'
            ? Enumerable.Range(0, id.Length + 1).Any(skipped => Matches(pattern[1..], id[skipped..]))
            : id.Length > 0 && id[0] == pattern[0] && Matches(pattern[1..], id[1..]);
    }

    /// <summary>D18: A(channel,R) ∧ RECOVERY_FOR(acct) ∧ mfaFactor(acct) gate ⇒ A(acct,U). Decision: the gate is there as far as the account has `mfa`.</summary>
    private IEnumerable<NaiveStep> D18() =>
        from pair in EdgesOf("RECOVERY_FOR")
        from step in If(
            AllOf(By(pair.Edge.Of, 'R'), Open(pair.Edge, pair.Truth, pair.Edge.To), MfaOf(pair.Edge.To)),
            way => new("D18", pair.Edge.To, "U", way))
        select step;

    /// <summary>
    /// D19: A(person,U) ∧ BELONGS_TO ∧ (authMethods ∋ local or key, or AUTHENTICATED_VIA a live account of the same person) ∧ gates
    /// ⇒ A(account,U); `local` carries the mfaFactor gate, key and SSO do not; methods not reported: Unknown.
    /// </summary>
    private IEnumerable<NaiveStep> D19()
    {
        foreach (var person in View.Facts.NodeIds.Where(node => View.Kind(node) == "Person" && Use(node) is not null))
        {
            foreach (var (account, belongs) in Liveness.People.AccountsOf(person).Where(pair => Holds(pair.Truth)))
            {
                var bySso = From(account, "AUTHENTICATED_VIA")
                    .Where(pair => From(pair.Edge.To, "BELONGS_TO").Any(belongs => belongs.Edge.To == person))
                    .Select(pair => Open(pair.Edge, pair.Truth & Named(Liveness.Live(pair.Edge.To), pair.Edge.To, "live") & Liveness.People.Belongs(pair.Edge.To, person), account))
                    .Min();
                var byKey = Holds(Method(account, "key")) ? Free : null;
                var byLocal = Holds(Method(account, "local")) ? MfaOf(account) : null;
                var edges = From(account, "BELONGS_TO").Where(pair => pair.Edge.To == person).Select(pair => Gates(View.Of(pair.Edge, "gates"), account)).Min();
                foreach (var step in If(AllOf(Use(person), edges, AnyOf(bySso, byKey, byLocal)), way => new("D19", account, "U", way)))
                    yield return step;
            }
        }
    }
}
