namespace IdentityGraph.Tests.Naive;

/// <summary>Containment (D12) and what an attacker makes with it: D9, D10, and the capabilities they and D11 stand on.</summary>
internal sealed partial class NaiveFixpoint
{
    /// <summary>D12a: A(container, ℓ≥Read) ∧ CONTAINS{inherits} ⇒ A(contained resource, the same rights), step by step.</summary>
    private IEnumerable<NaiveStep> D12Contained()
    {
        foreach (var (edge, container, contained, truth, inherits) in Containment())
        {
            if (View.Kind(contained) != "Resource" || !Holds(truth & inherits) || By(container, 'R') is not { } read)
                continue;
            if (Gates(edge.Kind == "CONTAINS" ? View.Of(edge, "gates") : NaiveValue.NotReported) is not { } gates)
                continue;
            foreach (var right in Rights(container))
                yield return new("D12", contained, right.ToString(), AllOf(gates, read, By(container, right))!);
        }
    }

    /// <summary>D12b (amplifying): A(container,A) ⇒ A(principal IN_SYSTEM or CONTAINed, U).</summary>
    private IEnumerable<NaiveStep> D12Principals()
    {
        var inside = EdgesOf("IN_SYSTEM").Select(pair => (pair.Edge, Container: pair.Edge.To, Principal: pair.Edge.Of, pair.Truth))
            .Concat(EdgesOf("CONTAINS").Select(pair => (pair.Edge, Container: pair.Edge.Of, Principal: pair.Edge.To, pair.Truth)));
        return
            from link in inside
            where NaiveWords.Principals.Contains(View.Kind(link.Principal))
            from step in If(AllOf(By(link.Container, 'A'), Open(link.Edge, link.Truth)), way => new("D12", link.Principal, "U", way))
            select step;
    }

    /// <summary>D9 (amplifying): A(p,U) ∧ CAN_ISSUE_CREDENTIAL(q) ⇒ A(q,U); projected on a System: of the principals IN_SYSTEM it.</summary>
    private IEnumerable<NaiveStep> D9()
    {
        foreach (var can in Can("CAN_ISSUE_CREDENTIAL"))
        {
            // Decision: what nobody described and a connector connects to may be a system.
            var mayBeSystem = View.Facts.IsPlaceholder(can.To) && !EdgesOf("CAN_ISSUE_CREDENTIAL").Any(pair => pair.Edge.To == can.To);
            if (View.Kind(can.To) != "System" && !mayBeSystem)
            {
                yield return new("D9", can.To, "U", can.Premises);
                continue;
            }

            foreach (var (edge, truth) in Into(can.To, "IN_SYSTEM").Where(pair => NaiveWords.Principals.Contains(View.Kind(pair.Edge.Of)) && Holds(pair.Truth)))
                yield return new("D9", edge.Of, "U", can.Premises);
        }
    }

    /// <summary>D10 (amplifying): A(p,U) ∧ CAN_PROVISION(sys,max) ⇒ A(new(sys,max),U), A(sys, rights of max).</summary>
    private IEnumerable<NaiveStep> D10() => Can("CAN_PROVISION").Select(can => new NaiveStep("D10", can.To, Limit(can.Max, can.To), can.Premises));

    /// <summary>Whose factor a gate asks for: "that of the acting principal".</summary>
    private string[] Acting(string actor) => MayAct(actor) ? [actor] : [];

    /// <summary>CAN_k edges of attained nodes, observed or projected from the capability that stands for them.</summary>
    private IEnumerable<(string From, string To, NaiveValue Max, NaiveWay Premises)> Can(string kind)
    {
        foreach (var (edge, truth) in EdgesOf(kind))
        {
            if (AllOf(Use(edge.Of), Open(edge, truth, Acting(edge.Of))) is { } way)
                yield return (edge.Of, edge.To, View.Of(edge, "maxLevel"), way);
        }

        string[] capabilities = kind switch
        {
            "CAN_PROVISION" => ["provision"],
            "CAN_ISSUE_CREDENTIAL" => ["issueCredential"],
            _ => ["manageGroup", "grant"],
        };
        foreach (var can in Projected(capabilities).Concat(OfConnectors(capabilities)))
            yield return can;
    }

    /// <summary>
    /// "A live walk from p (or a grant's scope) to an Entitlement or Scope that CONFERS{capability k, maxLevel} on System S gives
    /// the edge CAN_k(p or grant → S, maxLevel)." Decision: a grant's scope itself is no node of a walk, and need not be live, as for D5s.
    /// </summary>
    private IEnumerable<(string From, string To, NaiveValue Max, NaiveWay Premises)> Projected(string[] capabilities)
    {
        foreach (var actor in View.Facts.NodeIds.Where(node => Use(node) is not null))
        {
            var kind = View.Kind(actor);
            var reached = MayAct(actor) ? Walk(actor, actor).Select(pair => (Node: pair.Key, Premises: (NaiveWay?)pair.Value))
                : kind == "OAuthGrant" ? From(actor, "INCLUDES_SCOPE")
                    .Select(pair => (Node: pair.Edge.To, Premises: Open(pair.Edge, pair.Truth)))
                : [];
            foreach (var (node, premises) in reached.Where(pair => kind == "OAuthGrant" || View.Kind(pair.Node) is "Entitlement" or "Scope"))
            {
                foreach (var (edge, truth) in From(node, "CONFERS").Where(pair => View.Kind(pair.Edge.To) == "System"))
                {
                    if (AllOf(Use(actor), premises, Open(edge, truth & Is(View.Of(edge, "capability"), capabilities), Acting(actor))) is { } way)
                        yield return (actor, edge.To, View.Of(edge, "maxLevel"), way);
                }
            }
        }
    }

    /// <summary>"So does a Connector with capability k that CONNECTS{side target} S (maxLevel not known)"; "`capabilities` absent: none; `side` absent: Unknown".</summary>
    private IEnumerable<(string From, string To, NaiveValue Max, NaiveWay Premises)> OfConnectors(string[] capabilities)
    {
        foreach (var (edge, truth) in EdgesOf("CONNECTS").Where(pair => View.Kind(pair.Edge.Of) == "Connector" && (View.Kind(pair.Edge.To) == "System" || View.Facts.IsPlaceholder(pair.Edge.To))))
        {
            bool? target = View.Of(edge, "side").Text switch { "target" => true, "source" => false, _ => null };
            var able = Named(Is(View.Of(edge.Of, "capabilities"), capabilities), edge.Of, "capabilities");
            if (AllOf(Use(edge.Of), Open(edge, truth & target & able)) is { } way)
                yield return (edge.Of, edge.To, NaiveValue.NotReported, way);
        }
    }

    /// <summary>Whether a value is, or lists, one of the words; one that is Unknown may, but if only stale no more than it said.</summary>
    private static bool? Is(NaiveValue value, string[] words) =>
        value is { IsUnknown: true, IsStale: false } ? null : value.IsUnknown ? (value.Candidates.SelectMany(NaiveValue.WordsOf).Any(words.Contains) ? null : false) : value.Words.Any(words.Contains);
}
