namespace IdentityGraph.Tests.PropertyTests;

/// <summary>How control goes on from a node of a kind: edges in the words of <see cref="EstateGenerator"/>, which read as one rule each.</summary>
internal static class EstateChains
{
    public static readonly string[] Starts =
        ["Credential", "Credential", "Account", "ServiceIdentity", "Application", "Connector", "Workflow", "Resource", "System", "Person", "Organization", "Exposure", "OAuthGrant", "Agent"];

    private static readonly string[] s_principal =
    [
        "HELD_BY<Credential", "HELD_BY<Credential", "ENTITLES>Resource", "ENTITLES>System", "MEMBER_OF>Group ENTITLES>Resource", "MEMBER_OF>Group HAS_ROLE>Role ENTITLES>System", "HAS_ROLE>Role GRANTS>Entitlement ENTITLES>Resource",
        "HOLDS>Assignment ASSIGNS>Role ENTITLES>Resource", "HOLDS>Assignment ASSIGNS>Entitlement ENTITLES>System", "HAS_ENTITLEMENT>Entitlement CONFERS>System", "CAN_ASSUME>ServiceIdentity,Account", "CAN_MODIFY>Workflow",
        "CAN_MODIFY>Application", "CAN_MODIFY>Policy GRANTS>Entitlement ENTITLES>Resource", "CAN_ISSUE_CREDENTIAL>ServiceIdentity,Application", "CAN_PROVISION>System", "CAN_GRANT>Role ENTITLES>System", "CAN_GRANT>System",
        "CAN_GRANT>Scope CONFERS>Resource", "GRANTED_TO<OAuthGrant", "IN_SYSTEM>System IN_TENANT>Tenant TRUSTS<Tenant", "IN_SYSTEM>System IN_TENANT>Tenant TRUSTS<Tenant", "CAN_ASSUME>ServiceIdentity,Account",
    ];

    private static readonly Dictionary<string, string[]> s_ways = new()
    {
        ["Credential"] =
        [
            "AUTHENTICATES_AS>Account", "AUTHENTICATES_AS>Account", "AUTHENTICATES_AS>ServiceIdentity", "AUTHENTICATES_AS>Application", "BACKED_BY>OAuthGrant", "DERIVED_FROM<Credential", "DERIVED_FROM<Credential", "DERIVED_FROM>Credential",
            "ENCRYPTED_WITH<Credential STORED_IN>Resource", "AUTHENTICATES_AS>Tenant TRUSTS<Tenant",
        ],
        ["Account"] = [.. s_principal, "AUTHENTICATED_VIA<Account", "AUTHENTICATED_VIA<Account", "AUTHENTICATED_VIA<Account BELONGS_TO>Person", "ON_BEHALF_OF<OAuthGrant GRANTED_TO>Application", "REACHED_THROUGH<System ENTITLES<Account"],
        ["ServiceIdentity"] = s_principal,
        ["Agent"] = [.. s_principal, "RUNS_AS>ServiceIdentity"],
        ["Application"] = ["GRANTED_TO<OAuthGrant", "GRANTED_TO<OAuthGrant", "RUNS_AS>ServiceIdentity", "INSTANCE_OF<Connector", "DEPENDS_ON<Workflow", "DEPENDS_ON<Application", "HELD_BY<Credential", "CAN_PROVISION>System"],
        ["Connector"] = ["RUNS_AS>ServiceIdentity", "CONNECTS>System", "CONNECTS>System IN_SYSTEM<Account", "HELD_BY<Credential", "CAN_GRANT>Group ENTITLES>Resource"],
        ["Workflow"] = ["RUNS_AS>ServiceIdentity", "STEP_OF<Step RUNS_AS>ServiceIdentity", "HELD_BY<Credential"],
        ["Step"] = ["RUNS_AS>Account,ServiceIdentity"],
        ["OAuthGrant"] = ["INCLUDES_SCOPE>Scope CONFERS>Resource", "INCLUDES_SCOPE>Scope CONFERS>System IN_SYSTEM<Resource", "ON_BEHALF_OF>Account ENTITLES>Resource", "CONSENTED_BY>Account BELONGS_TO>Person EMPLOYED_AS>Employment"],
        ["Resource"] =
        [
            "STORED_IN<Credential", "STORED_IN<Credential", "CONTAINS>Resource", "CONTAINS>Account", "DEFINED_IN<Workflow", "DEFINED_IN<Application DEPENDS_ON<Workflow", "RECOVERY_FOR>Account", "RUNS_AS>ServiceIdentity", "HELD_BY<Credential",
        ],
        ["System"] = ["IN_SYSTEM<Resource", "IN_SYSTEM<Resource", "CONTAINS>Resource", "IN_SYSTEM<Account", "IN_SYSTEM<ServiceIdentity", "REACHED_THROUGH<Resource"],
        ["Person"] = ["BELONGS_TO<Account", "BELONGS_TO<Account", "HELD_BY<Credential", "HELD_BY<Credential AUTHENTICATES_AS>Account", "EMPLOYED_AS>Employment"],
        ["Organization"] = ["OPERATED_BY<System", "OPERATED_BY<Application", "OPERATED_BY<Connector", "HELD_BY<Credential"],
        ["Exposure"] = ["EXPOSES>Credential", "EXPOSES>Account", "EXPOSES>Resource"],
        ["Group"] = ["ENTITLES>Resource"],
        ["Role"] = ["ENTITLES>System"],
        ["Scope"] = ["CONFERS>Resource", "CONFERS>System"],
        ["Tenant"] = ["IN_TENANT<System IN_SYSTEM<Account"],
        ["Entitlement"] = ["ENTITLES>Resource", "CONFERS>System"],
    };

    public static IReadOnlyList<string> From(string kind) => s_ways.GetValueOrDefault(kind, []);
}
