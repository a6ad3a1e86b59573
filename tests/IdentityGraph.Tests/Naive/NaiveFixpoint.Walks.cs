namespace IdentityGraph.Tests.Naive;

/// <summary>Rules over entitlement walks, grants and their scopes: D4, D5, D5t, D5s, D11.</summary>
internal sealed partial class NaiveFixpoint
{
    private static readonly string[] WalkEdges = ["HOLDS", "ASSIGNS", "MEMBER_OF", "HAS_ROLE", "HAS_ENTITLEMENT", "GRANTS"];

    /// <summary>
    /// Every node on a live walk (HOLDS·ASSIGNS, MEMBER_OF, HAS_ROLE, HAS_ENTITLEMENT, GRANTS)* from a start, with what its
    /// gates needed attained. "Nodes of a D4 walk must be live"; an Assignment's gates are premises.
    /// </summary>
    private Dictionary<string, NaiveWay> Walk(string start, string actor, bool factors = true)
    {
        var reached = new Dictionary<string, NaiveWay> { [start] = Free };
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (edge, truth) in View.Edges.Where(pair => WalkEdges.Contains(pair.Edge.Kind) && MayUse(pair.Edge) && reached.ContainsKey(pair.Edge.Of)))
            {
                var live = Liveness.Live(edge.To);
                if (!Holds(truth & (View.Kind(edge.To) == "Assignment" ? Named(live, edge.To, "live") : live)))
                    continue;
                var ofAssignment = View.Kind(edge.To) == "Assignment" ? View.Of(edge.To, "gates") : NaiveValue.NotReported;
                var way = AllOf(reached[edge.Of], Pass(View.Of(edge, "gates"), actor, factors), Pass(ofAssignment, actor, factors));
                if (way is not null && (!reached.TryGetValue(edge.To, out var known) || way.CompareTo(known) < 0))
                {
                    reached[edge.To] = way;
                    changed = true;
                }
            }
        }

        return reached;
    }

    /// <summary>Gates with or without the factors the attacker attained.</summary>
    private NaiveWay? Pass(NaiveValue gates, string actor, bool factors)
    {
        if (factors)
            return Gates(gates, actor);
        return gates.IsUnknown
            ? IsNamed("gates") && Holds(null) ? Free : null
            : gates.Words.All(IsNamed) && Holds(gates.Words.Select(gate => _world.Passes(gate, [actor])).All()) ? Free : null;
    }

    /// <summary>Rights an ENTITLES or CONFERS gives: "a level that is not known counts nothing in certain".</summary>
    private string RightsOn(NaiveEdge edge) => _world.StatedRights(edge) ?? (_possible ? _world.UnknownLevel(edge.To) : "");

    /// <summary>Rights of a maxLevel on one target: "nothing in certain, per target in possible" where nobody knows it.</summary>
    private string Limit(NaiveValue maxLevel, string target) => NaiveWorld.MaxRights(maxLevel) ?? (_possible ? _world.UnknownLevel(target) : "");

    /// <summary>What a walk from a node ends in: target, rights, what its gates needed attained.</summary>
    private IEnumerable<(string Target, string Rights, NaiveWay Premises)> Entitled(string start, string actor, bool factors = true)
    {
        foreach (var (node, premises) in Walk(start, actor, factors))
        {
            foreach (var (edge, truth) in From(node, "ENTITLES").Where(pair => Holds(pair.Truth)))
            {
                if (Pass(View.Of(edge, "gates"), actor, factors) is { } gates)
                    yield return (edge.To, RightsOn(edge), AllOf(premises, gates)!);
            }
        }
    }

    /// <summary>D4: A(p,U) ∧ live walk p → … → ENTITLES ⇒ A(target, its rights), united over walks.</summary>
    private IEnumerable<NaiveStep> D4() =>
        from principal in View.Facts.NodeIds
        let used = Use(principal)
        where used is not null && MayAct(principal)
        from end in Entitled(principal, principal)
        select new NaiveStep("D4", end.Target, end.Rights, AllOf(used, end.Premises)!);

    /// <summary>D5: A(app,U) ∧ GRANTED_TO ∧ live(grant) ⇒ A(grant,U).</summary>
    private IEnumerable<NaiveStep> D5() =>
        from pair in EdgesOf("GRANTED_TO")
        from step in If(AllOf(Use(pair.Edge.To), Open(pair.Edge, pair.Truth, pair.Edge.To)), way => new("D5", pair.Edge.Of, "U", way))
        select step;

    /// <summary>D5t: A(cred,U) ∧ live(cred) ∧ BACKED_BY ⇒ A(grant,U).</summary>
    private IEnumerable<NaiveStep> D5Token() =>
        from pair in EdgesOf("BACKED_BY")
        from step in If(Token(pair.Edge, pair.Truth), way => new("D5", pair.Edge.To, "U", way))
        select step;

    /// <summary>A live, attained token whose use and whose link to its grant are not gated.</summary>
    private NaiveWay? Token(NaiveEdge backedBy, bool? truth)
    {
        var subjects = Subjects(backedBy.Of).ToList();
        return Holds(Named(Liveness.Live(backedBy.Of), backedBy.Of, "live")) ? AllOf(Use(backedBy.Of), Open(backedBy, truth, subjects), UseOf(backedBy.Of, subjects)) : null;
    }

    /// <summary>D5s: A(grant,U) ∧ INCLUDES_SCOPE (or the token's `scopeIds`) ∧ CONFERS ⇒ A(target, rights; delegated: ∩ U(account,target)).</summary>
    private IEnumerable<NaiveStep> D5Scopes()
    {
        foreach (var grant in View.NodesOf("OAuthGrant").Where(node => Use(node) is not null))
        {
            var included = From(grant, "INCLUDES_SCOPE").Select(pair => (Scope: pair.Edge.To, Premises: Open(pair.Edge, pair.Truth)));
            var ofTokens =
                from pair in Into(grant, "BACKED_BY")
                let scopes = View.Of(pair.Edge.Of, "scopeIds")
                from scope in scopes.Candidates.SelectMany(NaiveValue.WordsOf)
                where Holds(Named(scopes.IsUnknown ? null : true, pair.Edge.Of, "scopeIds"))
                select (Scope: scope, Premises: Token(pair.Edge, pair.Truth));
            foreach (var (scope, premises) in included.Concat(ofTokens).Where(pair => pair.Premises is not null))
            {
                foreach (var (target, rights, gates) in Conferred(scope))
                {
                    foreach (var (node, attained) in Bounded(grant, target, rights))
                        yield return new("D5", node, attained, AllOf(Use(grant), premises, gates)!);
                }
            }
        }
    }

    /// <summary>What a scope confers on systems and resources; a capability alone confers no rights.</summary>
    private IEnumerable<(string Target, string Rights, NaiveWay Premises)> Conferred(string scope) =>
        from pair in From(scope, "CONFERS")
        let open = Open(pair.Edge, pair.Truth)
        where open is not null && NaiveWords.Holders.Contains(View.Kind(pair.Edge.To))
        select (pair.Edge.To, RightsOn(pair.Edge), open);

    /// <summary>
    /// D11 (amplifying): A(p,U) ∧ CAN_GRANT(role/group/scope/system, max) ⇒ what D4/D5s give from it, ∩ max; system: A(sys, max).
    /// </summary>
    private IEnumerable<NaiveStep> D11()
    {
        foreach (var can in Can("CAN_GRANT"))
        {
            if (View.Kind(can.To) == "System")
            {
                yield return new("D11", can.To, Limit(can.Max, can.To), can.Premises);
                continue;
            }

            // "Nodes of a D4 walk must be live", the granted role or group among them.
            var gives = View.Kind(can.To) == "Scope" ? Conferred(can.To)
                : Holds(Liveness.Live(can.To)) ? Entitled(can.To, can.From)
                : [];
            foreach (var (target, rights, premises) in gives)
                yield return new("D11", target, NaiveRights.Intersect(rights, Limit(can.Max, target)), AllOf(can.Premises, premises)!);
        }
    }
}
