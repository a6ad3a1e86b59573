namespace IdentityGraph.Tests.Analyze.Reach;

internal static partial class RuleCases
{
    private static readonly RuleCase[] Systems =
    [
        new("D6", "a workflow acts as the service it runs as", true, "deploy", "svc", l => l.Workflow("deploy").Service("svc").Edge("RUNS_AS", "deploy", "svc")),
        new("D6", "that service was disabled", false, "deploy", "svc", l => l.Workflow("deploy").Node("svc", "ServiceIdentity", ("state", "Disabled")).Edge("RUNS_AS", "deploy", "svc")),
        new("D7", "who writes to the unprotected repository controls the workflow in it", true, "repo", "deploy", l => l.Resource("repo").Workflow("deploy").Edge("DEFINED_IN", "deploy", "repo", ("protected", false)), SeedRights: "DRW"),
        new("D7", "protection asks for a second person", false, "repo", "deploy", l => l.Resource("repo").Workflow("deploy").Edge("DEFINED_IN", "deploy", "repo", ("protected", true)), SeedRights: "DRW"),
        new("D8", "a role that may be assumed", true, "svc", "admin", l => l.Service("svc").Service("admin").Edge("CAN_ASSUME", "svc", "admin")),
        new("D8", "only with a second factor", false, "svc", "admin", l => l.Service("svc").Service("admin").Edge("CAN_ASSUME", "svc", "admin", ("gates", new[] { "mfaFactor" }))),
        new("D9", "who can reset the password becomes the account", true, "helpdesk", "kim", l => l.Account("helpdesk").Account("kim").Edge("CAN_ISSUE_CREDENTIAL", "helpdesk", "kim")),
        new("D9", "a deleted account cannot be reset", false, "helpdesk", "kim", l => l.Account("helpdesk").Node("kim", "Account", ("state", "Deleted")).Edge("CAN_ISSUE_CREDENTIAL", "helpdesk", "kim")),
        new("D10", "who makes accounts in the CRM reads it", true, "hub", "crm", l => l.Connector("hub").System("crm").Edge("CAN_PROVISION", "hub", "crm", ("maxLevel", "L3")), "R"),
        new("D10", "accounts that can only look around", false, "hub", "crm", l => l.Connector("hub").System("crm").Edge("CAN_PROVISION", "hub", "crm", ("maxLevel", "L1")), "R"),
        new("D11", "who hands out the role has what it gives", true, "kim", "ledger", l => l.Account("kim").Node("auditor", "Role").Resource("ledger").Edge("CAN_GRANT", "kim", "auditor", ("maxLevel", null)).Edge("ENTITLES", "auditor", "ledger", ("level", "L2")), "R"),
        new("D11", "up to a limit below reading", false, "kim", "ledger", l => l.Account("kim").Node("auditor", "Role").Resource("ledger").Edge("CAN_GRANT", "kim", "auditor", ("maxLevel", "L1")).Edge("ENTITLES", "auditor", "ledger", ("level", "L2")), "R"),
        new("D12", "rights on the share hold for its folders", true, "share", "folder", l => l.Resource("share").Resource("folder").Edge("CONTAINS", "share", "folder"), "R"),
        new("D12", "a folder that does not inherit", false, "share", "folder", l => l.Resource("share").Resource("folder").Edge("CONTAINS", "share", "folder", ("inherits", false)), "R"),
        new("D13", "the identity provider's account signs in to the application's", true, "idp", "crm-kim", l => l.Account("idp").Account("crm-kim").Edge("AUTHENTICATED_VIA", "crm-kim", "idp")),
        new("D13", "a key that outlived the disabled identity provider's account signs in nowhere", false, "key", "crm-kim", l => l.Key("key").Node("idp", "Account", ("state", "Disabled")).Account("crm-kim").System("okta", ("cascade_apiKey", "Never"))
            .Edge("IN_SYSTEM", "idp", "okta").Edge("AUTHENTICATES_AS", "key", "idp").Edge("AUTHENTICATED_VIA", "crm-kim", "idp")),
        new("D14", "the vendor controls what it operates", true, "vendor", "app", l => l.Node("vendor", "Organization").App("app").Edge("OPERATED_BY", "app", "vendor")),
        new("D14", "only from its own addresses", false, "vendor", "app", l => l.Node("vendor", "Organization").App("app").Edge("OPERATED_BY", "app", "vendor", ("gates", new[] { "allowListIp(vendor)" }))),
        new("D15", "an unpinned dependency", true, "action", "build", l => l.App("action").Workflow("build").Edge("DEPENDS_ON", "build", "action", ("pinned", false))),
        new("D15", "a pinned one", false, "action", "build", l => l.App("action").Workflow("build").Edge("DEPENDS_ON", "build", "action", ("pinned", true))),
        new("D16", "a subject the other tenant maps", true, "t2:kim", "t1:admin", l => l.Account("t2:kim").Service("t1:admin").System("idp2").Node("two", "Tenant").Node("one", "Tenant")
            .Edge("IN_SYSTEM", "t2:kim", "idp2").Edge("IN_TENANT", "idp2", "two").Edge("TRUSTS", "one", "two", ("mapping", new[] { "t2:k*=>t1:admin" }))),
        new("D16", "a subject it does not", false, "t2:kim", "t1:admin", l => l.Account("t2:kim").Service("t1:admin").System("idp2").Node("two", "Tenant").Node("one", "Tenant")
            .Edge("IN_SYSTEM", "t2:kim", "idp2").Edge("IN_TENANT", "idp2", "two").Edge("TRUSTS", "one", "two", ("mapping", new[] { "t2:lee=>t1:admin" }))),
        new("D18", "who reads the mailbox resets the account", true, "mailbox", "kim", l => l.Resource("mailbox").Account("kim", ("mfa", false)).Edge("RECOVERY_FOR", "mailbox", "kim")),
        new("D18", "with MFA on reset they do not", false, "mailbox", "kim", l => l.Resource("mailbox").Account("kim", ("mfa", true)).Edge("RECOVERY_FOR", "mailbox", "kim")),
        new("D19", "a person signs in to their account", true, "Kim", "kim", l => l.Node("Kim", "Person").Account("kim", ("authMethods", new[] { "local" }), ("mfa", false)).Edge("BELONGS_TO", "kim", "Kim")),
        new("D19", "an account with single sign-on only, whose identity provider's account is disabled", false, "Kim", "kim", l => l.Node("Kim", "Person").Account("kim", ("authMethods", new[] { "sso" })).Node("idp-kim", "Account", ("state", "Disabled"), ("authMethods", new[] { "local" }), ("mfa", false))
            .Edge("BELONGS_TO", "kim", "Kim").Edge("BELONGS_TO", "idp-kim", "Kim").Edge("AUTHENTICATED_VIA", "kim", "idp-kim")),
    ];
}
