using IdentityGraph.Sources.Azure;

namespace IdentityGraph.Tests.Sources.Azure;

/// <summary>The tables of `docs/sources/azurehound.md` say what the code does.</summary>
public sealed class AzureHoundPageTests
{
    [Fact]
    public void Powers_of_roles_and_permissions() => DocPage.Holds("azurehound.md", "roles", string.Concat(
        "| directory role or permission | takes over | perhaps |\n|---|---|---|\n",
        string.Concat(AzureRoles.Rows.Concat(AzureApiPermissions.Rows).Select(row => $"| {row.Name} | {string.Join(", ", row.Surely)} | {string.Join(", ", row.Perhaps)} |\n"))));

    [Fact]
    public void Relationships() => DocPage.Holds("azurehound.md", "rights", string.Concat(
        "| relationship | to | becomes | amplifies | what it lets the start do |\n|---|---|---|---|---|\n",
        string.Concat(AzureEdgeKinds.Rows.Select(row => $"| {row.Right} | {string.Join(", ", row.Targets)} | {Becomes(row)} | {(row.Amplifying ? "yes" : "")} | {row.Why} |\n"))));

    private static string Becomes(AzureEdgeRow row) => row.Effect switch
    {
        AzureEffect.Control => "control",
        AzureEffect.Entitle => "ENTITLES " + row.Letters,
        AzureEffect.EntitleUnknown => "Unknown",
        AzureEffect.GrantAccess => "use of `administration/`, which gives a role that owns it",
        AzureEffect.Permission => "OAuthGrant with a Scope",
        AzureEffect.IssueForAll => "an Entitlement that CONFERS issueCredential",
        AzureEffect.Member => "MEMBER_OF",
        AzureEffect.HasRole => "HAS_ROLE",
        AzureEffect.Eligible => "an eligible Assignment",
        AzureEffect.RunsAs => "RUNS_AS",
        AzureEffect.Contain => "CONTAINS; of the tenant IN_SYSTEM",
        AzureEffect.Authenticate => "AUTHENTICATES_AS",
        AzureEffect.AssumeUnread => "CAN_ASSUME, conditions unread",
        _ => "nothing",
    };
}
