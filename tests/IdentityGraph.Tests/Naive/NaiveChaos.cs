using System.Text.Json.Nodes;
using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>Small graphs thrown together by a seeded generator: mostly well formed, some edges with the wrong ends.</summary>
internal static class NaiveChaos
{
    /// <summary>Edge kind, kinds it starts from, kinds it ends in.</summary>
    private static readonly string[] Shapes =
    [
        "EMPLOYED_AS Person Employment", "BELONGS_TO Account Person", "IN_SYSTEM Account,ServiceIdentity,Resource System", "IN_TENANT System Tenant", "CONTAINS System,Resource Resource,Account",
        "OPERATED_BY Application,Connector,System Organization", "HOLDS Account,ServiceIdentity,Group Assignment", "ASSIGNS Assignment Group,Role,Entitlement", "GRANTS Role,Group,Policy Entitlement",
        "ENTITLES Entitlement,Account,ServiceIdentity,Group,Role Resource,System,Application", "ENTITLES Account,ServiceIdentity Resource,System", "MEMBER_OF Account,ServiceIdentity,Group Group",
        "HAS_ROLE Account,Group Role", "HAS_ENTITLEMENT Account,Role Entitlement", "AUTHENTICATED_VIA Account Account", "AUTHENTICATES_AS Credential Account,ServiceIdentity,Application",
        "AUTHENTICATES_AS Credential Account,ServiceIdentity,Tenant", "HELD_BY Credential Person,Account,ServiceIdentity,Workflow", "STORED_IN Credential Resource", "STORED_IN Credential Resource",
        "ENCRYPTED_WITH Credential Credential", "DERIVED_FROM Credential Credential", "BACKED_BY Credential OAuthGrant", "GRANTED_TO OAuthGrant Application,ServiceIdentity,Agent",
        "ON_BEHALF_OF OAuthGrant Account", "CONSENTED_BY OAuthGrant Account", "INCLUDES_SCOPE OAuthGrant Scope", "CONFERS Scope,Entitlement System,Resource", "CONFERS Scope System",
        "INSTANCE_OF Connector Application", "CONNECTS Connector System", "RUNS_AS Application,Connector,Workflow,Step,Resource Account,ServiceIdentity", "STEP_OF Step Workflow",
        "CAN_ASSUME Account,ServiceIdentity ServiceIdentity", "CAN_ISSUE_CREDENTIAL Account,ServiceIdentity Account,ServiceIdentity,Application", "CAN_PROVISION Account,Connector System",
        "CAN_GRANT Account,OAuthGrant Role,Group,Scope,System", "CAN_MODIFY Account Workflow,Application,Policy", "DEFINED_IN Workflow,Application Resource", "DEPENDS_ON Workflow,Application Application",
        "TRUSTS Tenant Tenant", "RECOVERY_FOR Resource Account", "REACHED_THROUGH Resource,System,Account System,Account", "EXPOSES Exposure Credential,Account,Resource", "SPAWNED Run,Connector Account,Credential",
        "OWNED_BY Account,ServiceIdentity,Connector,Credential Person,Group,Account,ServiceIdentity", "SPONSORED_BY Person,Organization Person", "MEMBER_OF_TEAM Person Group,Team", "SERVES ServiceIdentity Workflow",
        "INITIATED_BY Run Account",
    ];

    private static readonly string[] Kinds =
    [
        "Account", "Account", "Account", "ServiceIdentity", "ServiceIdentity", "Agent", "Application", "Connector", "Workflow", "OAuthGrant", "Credential", "Credential", "Credential", "Credential", "Assignment",
        "Person", "Employment", "Group", "Role", "Policy", "Scope", "Entitlement", "System", "System", "Resource", "Resource", "Resource", "Tenant", "Organization", "Step", "Exposure", "Run",
    ];

    private static readonly string[] NodeProps =
    [
        "'mfa':false", "'mfa':true", "'expiresAt':null", "'extractable':true", "'extractable':false", "'renewable':true", "'type':'delegated'", "'type':'application'", "'assignmentKind':'standing'",
        "'authMethods':['local']", "'authMethods':['key','sso']", "'startAt':'2020-01-01'", "'endAt':'2025-02-01'", "'status':'ended'", "'capabilities':['provision']", "'gates':['corpNetwork']",
        "'fingerprint':'f'", "'at':'2025-02-01T00:00:00Z'", "'rotatedAt':'2025-02-20T00:00:00Z'", "'category':'vault'", "'scopeIds':['n1','n2']", "'networkConstraint':'allowListIp(x)'",
    ];

    private static readonly string[] EdgeProps =
    [
        "'level':'L2'", "'level':'L3'", "'level':'L5'", "'rights':'DR'", "'maxLevel':'L3'", "'maxLevel':null", "'protected':false", "'pinned':false", "'mode':'refresh'", "'mode':'copy'", "'side':'target'",
        "'capability':'grant'", "'capability':'issueCredential'", "'mapping':['*=>n3']", "'gates':['managedDevice']", "'mayUse':false", "'inherits':false",
    ];

    /// <summary>One more well-formed edge of a kind for the graph of that seed, of a key of its own; null where it has no fitting ends.</summary>
    public static string? More(string edgeKind, int seed)
    {
        var (nodes, kinds) = Nodes(new Random(seed));
        var random = new Random(seed + 1);
        var shape = Shapes.First(shape => shape.StartsWith(edgeKind + " ", StringComparison.Ordinal)).Split(' ');
        var ends = shape.Skip(1).Select(allowed => nodes.Where(node => allowed.Split(',').Contains(kinds[node])).ToArray()).ToArray();
        return ends.Any(fitting => fitting.Length == 0)
            ? null
            : Edge(edgeKind, ends[0][random.Next(ends[0].Length)], ends[1][random.Next(ends[1].Length)], "'level':'L3','maxLevel':'L3','protected':false,'pinned':false").Replace("{'edge'", "{'key':'added','edge'");
    }

    private static (string[] Nodes, Dictionary<string, string> Kinds) Nodes(Random random)
    {
        var nodes = Enumerable.Range(0, 26).Select(index => $"n{index}").ToArray();
        return (nodes, nodes.ToDictionary(node => node, _ => Kinds[random.Next(Kinds.Length)]));
    }

    /// <summary>Two complete runs on 1 February and 1 March; the second leaves some lines out.</summary>
    public static (IReadOnlyList<IReadOnlyList<JsonObject>> Runs, string[] Nodes) Graph(int seed)
    {
        var random = new Random(seed);
        var (nodes, kinds) = Nodes(random);
        string Pick(string[] words) => words[random.Next(words.Length)];
        string Some(string[] words, int most) => string.Join(',', Enumerable.Range(0, random.Next(most + 1)).Select(_ => Pick(words)).DistinctBy(word => word.Split(':')[0]));

        var lines = nodes.Select(node => Node(node, kinds[node], Props(kinds[node]))).Concat(Enumerable.Range(0, 110).Select(_ => Shaped(Pick(Shapes).Split(' '))).OfType<string>()).ToList();
        var later = lines.Where(_ => random.Next(15) > 0).ToArray();
        return ([Run("a", "2025-02-01", [.. lines.Where(_ => random.Next(15) > 0)]), Run("a", "2025-03-01", later)], nodes);

        string Props(string kind)
        {
            var state = NaiveWords.WithState.Contains(kind) && random.Next(6) > 0 ? random.Next(6) > 0 ? "'state':'Active'," : "'state':'Disabled'," : "";
            var secret = kind == "Credential" && random.Next(6) > 0 ? $"'kind':'{Pick(["apiKey", "password", "refreshToken", "mfaFactor", "federationKey", "sessionCookie"])}'," : "";
            return (state + secret + Some(NodeProps, 6)).TrimEnd(',');
        }

        string? Shaped(string[] shape)
        {
            var (of, to) = (Of(shape[1]), Of(shape[2]));
            return of is null || to is null ? null : Edge(shape[0], of, to, Some(EdgeProps, 4));
        }

        string? Of(string allowed)
        {
            var fitting = random.Next(40) == 0 ? nodes : [.. nodes.Where(node => allowed.Split(',').Contains(kinds[node]))];
            return fitting.Length == 0 ? null : Pick(fitting);
        }
    }
}
