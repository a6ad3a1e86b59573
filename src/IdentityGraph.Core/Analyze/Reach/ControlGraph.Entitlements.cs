using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>D4 and the abilities that entitlements confer: walks are shared by everybody whose gates are everybody's.</summary>
public sealed partial class ControlGraph
{
    /// <summary>Each ability that something follows from, in one of its words: what may be meant where sources disagree, or can no longer be read.</summary>
    private static readonly string[] s_abilities = ["provision", "issueCredential", "grant"];

    private readonly Dictionary<int, Edge[]> _unlevelled = [];

    /// <summary>Entitlements to the node that hold, possibly, and of which nobody stated a level or rights; remembered.</summary>
    internal IReadOnlyList<Edge> UnlevelledOn(Node target)
    {
        lock (_unlevelled)
        {
            if (!_unlevelled.TryGetValue(target.Index, out var known))
            {
                List<Edge> found = [];
                foreach (var edge in target.In(EdgeKinds.Entitles))
                {
                    if (edge.Holds != Truth.False && !edge[Properties.Level].IsReported && !edge[Properties.RightLetters].IsReported)
                    {
                        found.Add(edge);
                    }
                }

                _unlevelled[target.Index] = known = [.. found];
            }

            return known;
        }
    }

    /// <summary>The steps and ends of walks that pass through the node or start from it.</summary>
    private void WriteWalk(Node node)
    {
        foreach (var (edge, truth, own, words) in _walker.Steps(node))
        {
            if (own.Length == 0)
            {
                Derive(ControlRules.Entitled, edge.To, RightsRange.Use, truth, Passed(words), new Form { Kind = ClauseKind.Walk }, Walked([edge]));
            }
        }

        foreach (var (edge, truth, own, words) in _walker.Ends(node))
        {
            if (own.Length == 0)
            {
                WriteEnd(edge, truth, Passed(words), edge);
            }
        }
    }

    /// <summary>Walks of a principal through gates that its own factors or the profile's decide.</summary>
    private void WriteOwnWalk(Node principal)
    {
        if (!_gates.HasOwnGates(principal))
        {
            return;
        }

        foreach (var end in _walker.From(principal, principal, others: own => own))
        {
            if (end.IsOwn)
            {
                WriteEnd(end.End, end.Truth, PassedBy(end, principal), Walked(end.Edges));
            }
        }
    }

    private void WriteEnd(Edge end, Truth truth, Gated? gated, params ReadOnlySpan<Fact> facts)
    {
        if (end.Kind == EdgeKinds.Entitles)
        {
            Derive(ControlRules.Entitled, end.To, _unknownLevels.Of(end), truth, gated, default, facts);
        }
        else
        {
            WriteAbility(end, truth, gated, facts);
        }
    }

    /// <summary>A CONFERS edge that names a capability on a system projects the amplifying edge of that capability.</summary>
    private void WriteAbility(Edge confers, Truth truth, Gated? gated, ReadOnlySpan<Fact> facts)
    {
        if (confers.To.Kind != NodeKinds.System)
        {
            return;
        }

        var capability = confers[Properties.Capability];
        var limit = _unknownLevels.Limit(confers[Properties.MaxLevel], confers.To);
        if (capability.Text is { } known)
        {
            WriteAbility(known, confers.To, limit, truth, gated, facts);
        }
        else if (capability.Known == Known.Disputed)
        {
            foreach (var maybe in s_abilities)
            {
                WriteAbility(maybe, confers.To, limit, truth.And(Truth.Unknown), gated, facts);
            }
        }
    }

    private void WriteAbility(string capability, Node system, RightsRange limit, Truth truth, Gated? gated, ReadOnlySpan<Fact> facts)
    {
        switch (capability)
        {
            case "provision":
                Derive(ControlRules.Provision, system, limit, truth, gated, s_amplifying, facts);
                break;
            case "manageGroup" or "grant":
                Derive(ControlRules.GrantRights, system, limit, truth, gated, s_amplifying, facts);
                break;
            case "issueCredential":
                foreach (var edge in system.In(EdgeKinds.InSystem))
                {
                    if (edge.Of.Kind.IsPrincipal)
                    {
                        Derive(ControlRules.IssueCredential, edge.Of, RightsRange.Use, truth.And(edge.Holds), gated, s_amplifying, [.. facts, edge]);
                    }
                }

                break;
        }
    }

    /// <summary>What a walk leaves open: the factor, where the profile does not bring it.</summary>
    private Gated? PassedBy(WalkEnd end, Node? account)
    {
        var gated = Passed(end.Words);
        if (end.NeedsFactor && account is { } owner)
        {
            gated!.Words.Remove("mfaFactor");
            gated.Demand("mfaFactor", _gates.Satisfies("mfaFactor", owner), _gates.FactorsOf(owner));
        }

        return gated;
    }

    /// <summary>The edges of a walk, and that the assignments on the way are live: what else is walked is there as its edge is.</summary>
    private static Fact[] Walked(IReadOnlyList<Edge> edges) =>
        [.. edges.Select(edge => (Fact)edge), .. edges.Where(edge => Walker.IsStep(edge.Kind) && edge.To.Kind == NodeKinds.Assignment).Select(edge => Fact.Of(edge.To, LiveFact))];

    private static Gated? Passed(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return null;
        }

        var gated = new Gated();
        gated.Words.AddRange(words.Distinct(StringComparer.Ordinal));
        return gated;
    }
}
