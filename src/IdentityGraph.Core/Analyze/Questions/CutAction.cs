using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>What a cut is made of.</summary>
public enum CutBy
{
    /// <summary>Nodes, made dead: neither live nor attained.</summary>
    Node,

    /// <summary>Facts, by which no rule concludes any more.</summary>
    Edge,

    /// <summary>Actions of an administrator.</summary>
    Action,
}

/// <summary>One member of a cut.</summary>
/// <param name="Action">revoke, rotate, pin, remove right, narrow scope, unshare, disable account, disable shared NHI or add gate.</param>
/// <param name="Node">Dense index of the node acted on; -1 where it is an edge.</param>
/// <param name="Edge">Dense index of the edge acted on; -1 where it is a node.</param>
/// <param name="Gate">The gate that is added; null for other actions.</param>
internal sealed record CutAction(string Action, int Node, int Edge, string? Gate = null)
{
    public int Cost => Action switch
    {
        "revoke" => 1,
        "rotate" or "pin" => 2,
        "remove right" or "narrow scope" or "unshare" => 3,
        "disable account" => 4,
        "add gate" => 5,
        _ => 8,
    };

    /// <summary>What makes the node dead; null where nothing of its kind is cut.</summary>
    public static CutAction? On(Node node)
    {
        var kind = node.Kind;
        var action = kind == NodeKinds.Credential ? IsShared(node) ? "rotate" : "revoke"
            : kind == NodeKinds.OAuthGrant ? "revoke"
            : kind == NodeKinds.Account ? "disable account"
            : kind.IsPrincipal || kind == NodeKinds.Application || kind == NodeKinds.Connector || kind == NodeKinds.Workflow ? IsUsedByMany(node) ? "disable shared NHI" : "disable account"
            : kind == NodeKinds.Resource || kind == NodeKinds.System ? "unshare"
            : kind == NodeKinds.Organization ? "disable shared NHI"
            : null;
        return action is null ? null : new CutAction(action, node.Index, -1);
    }

    /// <summary>What takes the fact's effect away; null for facts that restrict, or whose end a node stands for.</summary>
    public static CutAction? On(Edge edge)
    {
        var kind = edge.Kind;
        var action = kind == EdgeKinds.EncryptedWith || kind == EdgeKinds.ReachedThrough || kind == EdgeKinds.OnBehalfOf || kind == EdgeKinds.ConsentedBy ? null
            : kind == EdgeKinds.DependsOn ? "pin"
            : kind == EdgeKinds.IncludesScope || kind == EdgeKinds.Confers ? "narrow scope"
            : kind == EdgeKinds.StoredIn || kind == EdgeKinds.HeldBy || kind == EdgeKinds.Contains || kind == EdgeKinds.InSystem ? "unshare"
            : kind == EdgeKinds.AuthenticatesAs || kind == EdgeKinds.GrantedTo || kind == EdgeKinds.BackedBy ? "revoke"
            : kind == EdgeKinds.DerivedFrom ? "rotate"
            : "remove right";
        return action is null ? null : new CutAction(action, -1, edge.Index);
    }

    private static bool IsShared(Node credential) => credential.Out(EdgeKinds.HeldBy).ToList().Count(edge => edge.Holds != Truth.False) > 1;

    private static bool IsUsedByMany(Node principal) =>
        principal.In(EdgeKinds.RunsAs).ToList().Concat(principal.In(EdgeKinds.AuthenticatesAs).ToList()).Count(edge => edge.Holds != Truth.False) > 1;
}
