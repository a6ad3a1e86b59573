using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

/// <summary>Why seeds give nothing, or nothing for certain: an empty answer is never told without its reason, because it reads as clean.</summary>
internal static class WhyNothing
{
    private const int Named = 5;

    /// <summary>Kinds that some rule starts from.</summary>
    private static readonly HashSet<NodeKind> s_starts =
    [
        NodeKinds.Account, NodeKinds.ServiceIdentity, NodeKinds.Agent, NodeKinds.Credential, NodeKinds.Person, NodeKinds.OAuthGrant, NodeKinds.Organization,
        NodeKinds.Application, NodeKinds.Connector, NodeKinds.Workflow, NodeKinds.Step, NodeKinds.Resource, NodeKinds.System, NodeKinds.Unknown,
        NodeKinds.Group, NodeKinds.Role, NodeKinds.Assignment, NodeKinds.Entitlement, NodeKinds.Policy,
    ];

    /// <summary>Whether any rule starts from nodes of the kind; an exposure stands for what it opens.</summary>
    public static bool IsStart(NodeKind kind) => kind == NodeKinds.Exposure || s_starts.Contains(kind);

    /// <summary>One sentence a reason, the seeds' own first.</summary>
    /// <param name="reach">What is attained.</param>
    /// <param name="radius">What of it is listed.</param>
    /// <param name="seeds">The starts that were named; null: all.</param>
    public static IEnumerable<string> In(ReachResult reach, BlastRadius radius, IReadOnlyList<Seed>? seeds = null)
    {
        foreach (var seed in (seeds ?? reach.Seeds).DistinctBy(seed => seed.Node.Index))
        {
            if (OfSeed(reach, seed) is { } reason)
            {
                yield return reason;
            }

            if (radius.Nodes.Count == 0 && MayGive(reach, seed) && !LeadsAnywhere(reach, seed.Node))
            {
                yield return Leads(seed.Node);
            }
        }

        foreach (var reason in OfGrants(reach))
        {
            yield return reason;
        }

        if (radius.Nodes.Count > 0 && radius.Raw == 0)
        {
            var places = radius.Nodes.Count(node => node.Kind == NodeKinds.System || node.Kind == NodeKinds.Resource);
            yield return places > 0
                ? $"the score is 0 though {places} system(s) or resource(s) may fall: all of them only possibly, or to be discovered in nothing that weighs"
                : $"the score is 0 because no fact leads from the {radius.Nodes.Count} node(s) reached to a system or resource: what they open may not have been collected";
        }
    }

    /// <summary>Nothing about the seed itself forbids that it gives something: what follows from it is a question of the facts about it.</summary>
    private static bool MayGive(ReachResult reach, Seed seed) =>
        (reach.Graph.WordOf(seed) & CellBits.All) != 0
        && s_starts.Contains(seed.Node.Kind)
        && !(seed.Node.Kind == NodeKinds.Credential && reach.Graph.Liveness.Of(seed.Node) is Truth.False);

    /// <summary>Null where the seed is usable for certain.</summary>
    private static string? OfSeed(ReachResult reach, Seed seed)
    {
        var (node, liveness) = (seed.Node, reach.Graph.Liveness);
        var word = reach.Graph.WordOf(seed);
        if ((word & CellBits.All) == 0)
        {
            return $"seed `{node.Id}` gives nothing: {(node.View.Snapshot.IsRemoved(node.Index) ? "it is removed, for this question" : node.Kind == NodeKinds.Credential ? "rotated since it was gained" : liveness.Explain(node).Why)}{StillWorking(node, liveness)}";
        }

        if (!s_starts.Contains(node.Kind))
        {
            return $"seed `{node.Id}` gives nothing: no rule starts from a {node.Kind.Name}; {Instead(node)}";
        }

        if (node.Kind == NodeKinds.Credential && liveness.Of(node) is not Truth.True and var live)
        {
            return live is Truth.False
                ? $"seed `{node.Id}` is held but signs in to nothing: {liveness.Explain(node).Why}"
                : $"seed `{node.Id}` is not known to be live, so what it signs in to is only possible: {liveness.Explain(node).Why}";
        }

        return new Cells(word & CellBits.All).CertainAmplified == Rights.None
            ? $"seed `{node.Id}` is not known to be usable, so all it gives is only possible: {liveness.Explain(node).Why}"
            : null;
    }

    /// <summary>Credentials of what is dead that are live all the same, since they sign in elsewhere too: they are seeds of their own.</summary>
    private static string StillWorking(Node node, Liveness liveness)
    {
        List<string> live = [];
        foreach (var signsIn in node.In(EdgeKinds.AuthenticatesAs))
        {
            if (signsIn.Holds is not Truth.False && liveness.Of(signsIn.Of) is not Truth.False)
            {
                live.Add($"`{signsIn.Of.Id}`");
            }
        }

        return live.Count == 0 ? "" : $"; credentials that signed in as it and may still work elsewhere: {string.Join(", ", live.Take(Named))}{(live.Count > Named ? $" and {live.Count - Named} more" : "")}; ask about them";
    }

    private static string Instead(Node node) =>
        node.Kind == NodeKinds.Run || node.Kind == NodeKinds.StepRun || node.Kind == NodeKinds.Handoff
            ? "what ran is past; give its workflow, or the identity or credential it used"
            : "give an identity, credential, grant, application, connector, workflow, person, system or resource";

    private static bool LeadsAnywhere(ReachResult reach, Node seed) => reach.Attained.Any(node => node != seed && reach.Seeds.All(other => other.Node != node));

    /// <summary>Nothing is known of what it may do, or what is known opens no way.</summary>
    private static string Leads(Node seed)
    {
        var kinds = EdgeKind.All.Where(kind => kind.FeedsControl && (Any(seed.Out(kind)) || Any(seed.In(kind)))).Select(kind => kind.Name).ToList();
        return kinds.Count == 0
            ? $"nothing follows from `{seed.Id}`: no fact says what it may do, holds or runs as; that may not have been collected"
            : $"nothing follows from `{seed.Id}`: its facts ({string.Join(", ", kinds.Take(Named))}{(kinds.Count > Named ? " and others" : "")}) open no way; the other end is not live, a gate is not satisfied, or they lead to it and not from it";
    }

    private static bool Any(EdgeList edges)
    {
        foreach (var edge in edges)
        {
            if (edge.Holds is not Truth.False)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Delegated grants whose scopes name targets and give none of them: the user's own rights bound what they give.</summary>
    private static IEnumerable<string> OfGrants(ReachResult reach)
    {
        List<string> bounded = [];
        foreach (var grant in reach.AttainedOf(NodeKinds.OAuthGrant).Where(node => node[Properties.GrantType].Text == "delegated"))
        {
            var targets = Targets(grant).ToList();
            if (targets.Count > 0 && targets.TrueForAll(target => reach[target].IsEmpty))
            {
                bounded.Add($"`{grant.Id}` ({targets.Count} target(s); acts for {Users(grant)})");
            }
        }

        if (bounded.Count > 0)
        {
            yield return $"delegated grants that give nothing, because as far as was collected the user they act for has no such right on any target of their scopes: {string.Join(", ", bounded.Take(Named))}{(bounded.Count > Named ? $" and {bounded.Count - Named} more" : "")}";
        }
    }

    private static IEnumerable<Node> Targets(Node grant)
    {
        foreach (var included in grant.Out(EdgeKinds.IncludesScope))
        {
            foreach (var confers in included.To.Out(EdgeKinds.Confers))
            {
                if (included.Holds.And(confers.Holds) is not Truth.False && (confers.To.Kind == NodeKinds.System || confers.To.Kind == NodeKinds.Resource))
                {
                    yield return confers.To;
                }
            }
        }
    }

    private static string Users(Node grant)
    {
        List<string> users = [];
        foreach (var edge in grant.Out(EdgeKinds.OnBehalfOf))
        {
            if (edge.Holds is not Truth.False)
            {
                users.Add(edge.To.Id);
            }
        }

        return users.Count == 0 ? "nobody named" : string.Join(", ", users.Take(Named));
    }
}
