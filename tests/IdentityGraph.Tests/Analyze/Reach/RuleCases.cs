namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>For every rule a small estate that it opens, and the nearest one that it must not.</summary>
internal static partial class RuleCases
{
    public static IEnumerable<RuleCase> All => [.. Credentials, .. Systems];

    private static readonly RuleCase[] Credentials =
    [
        new("D1", "a live key acts as its service", true, "key", "svc", l => l.Key("key").Service("svc").Edge("AUTHENTICATES_AS", "key", "svc")),
        new("D1", "a webhook secret proves nothing about who calls", false, "key", "svc", l => l.Key("key", "webhookSecret").Service("svc").Edge("AUTHENTICATES_AS", "key", "svc")),
        new("D2", "who runs the bot has the key it holds", true, "bot", "key", l => l.Service("bot").Key("key").Edge("HELD_BY", "key", "bot")),
        new("D2", "a key its holder may neither copy nor use", false, "bot", "key", l => l.Service("bot").Key("key", "apiKey", ("extractable", false)).Edge("HELD_BY", "key", "bot", ("mayUse", false))),
        new("D3", "who reads the repository has the key in it", true, "repo", "key", l => l.Resource("repo").Key("key").Edge("STORED_IN", "key", "repo")),
        new("D3", "the key in it is encrypted with one nobody has", false, "repo", "key", l => l.Resource("repo").Key("key").Key("kek", "encryptionKey").Edge("STORED_IN", "key", "repo").Edge("ENCRYPTED_WITH", "key", "kek")),
        new("D4", "membership gives what the group is entitled to", true, "kim", "wiki", l => l.Account("kim").Node("staff", "Group").Node("read", "Entitlement").Resource("wiki")
            .Edge("MEMBER_OF", "kim", "staff").Edge("HAS_ENTITLEMENT", "staff", "read").Edge("ENTITLES", "read", "wiki", ("level", "L2")), "R"),
        new("D4", "an eligible assignment waits for an approval", false, "kim", "wiki", l => l.Account("kim").Node("asg", "Assignment", ("state", "Active"), ("assignmentKind", "eligible"), ("gates", new[] { "pamApproval" })).Node("read", "Entitlement").Resource("wiki")
            .Edge("HOLDS", "kim", "asg").Edge("ASSIGNS", "asg", "read").Edge("ENTITLES", "read", "wiki", ("level", "L2")), "R"),
        new("D5", "an application grant gives what its scope confers", true, "app", "mail", l => l.App("app").Grant("grant", "application").Node("scope", "Scope").Resource("mail")
            .Edge("GRANTED_TO", "grant", "app").Edge("INCLUDES_SCOPE", "grant", "scope").Edge("CONFERS", "scope", "mail", ("level", "L2")), "R"),
        new("D5", "a delegated grant gives no more than its user has", false, "app", "mail", l => l.App("app").Grant("grant", "delegated").Node("scope", "Scope").System("suite").Resource("mail").Resource("wiki").Account("kim")
            .Edge("IN_SYSTEM", "kim", "suite").Edge("IN_SYSTEM", "mail", "suite").Edge("IN_SYSTEM", "wiki", "suite").Edge("ENTITLES", "kim", "wiki", ("level", "L2")).Edge("ON_BEHALF_OF", "grant", "kim")
            .Edge("GRANTED_TO", "grant", "app").Edge("INCLUDES_SCOPE", "grant", "scope").Edge("CONFERS", "scope", "mail", ("level", "L2")), "R"),
        new("D17", "a refresh token gives the access token made from it", true, "refresh", "access", l => l.Key("refresh", "refreshToken", ("renewable", true), ("maxRenewals", null)).Key("access", "accessToken")
            .Edge("DERIVED_FROM", "access", "refresh", ("mode", "refresh"))),
        new("D17", "one that expired gives nothing any more", false, "refresh", "access", l => l.Node("refresh", "Credential", ("kind", "refreshToken"), ("expiresAt", "2025-06-01T00:00:00Z"), ("renewable", true), ("maxRenewals", 0), ("issuedAt", "2025-05-01T00:00:00Z"), ("ttl", "P1D")).Key("access", "accessToken")
            .Edge("DERIVED_FROM", "access", "refresh", ("mode", "refresh"))),
        new("D20", "one copy of a secret is the other", true, "a", "b", l => l.Key("a", "apiKey", ("fingerprint", "hmac:1")).Key("b", "apiKey", ("fingerprint", "hmac:1"))),
        new("D20", "a secret rotated from the other is another one", false, "a", "b", l => l.Key("a", "apiKey", ("fingerprint", "hmac:1")).Key("b", "apiKey", ("fingerprint", "hmac:2")).Edge("DERIVED_FROM", "b", "a", ("mode", "rotate"))),
    ];
}
