using IdentityGraph.Sources.Aws;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>The page lists the tables as they are.</summary>
public sealed class AwsPageTests
{
    [Fact]
    public void Every_action_that_gives_more_than_it_says_is_on_the_page() =>
        Assert.Equal(
            string.Join('\n', ["| action | on | gives | what it does |", "|---|---|---|---|", .. EscalationRows.All.Select(row => $"| {row.Action} | {row.About} | {Gives(row.Gain)} | {row.Sentence} |")]),
            Part("escalations"));

    [Fact]
    public void Every_way_to_run_code_as_a_role_is_on_the_page() =>
        Assert.Equal(
            string.Join('\n', [
                "| actions | passes a role | trust | | what it does |",
                "|---|---|---|---|---|",
                .. ComputeRows.All.Select(row => $"| {string.Join(", ", row.Actions)} | {(row.Passes ? "yes" : "")} | {row.Service}{(row.ByInstanceProfile ? ", in an instance profile" : row.ByToken ? ", its tokens" : "")} | {(row.Certain ? "" : "Unknown")} | {row.Sentence} |"),
            ]),
            Part("compute"));

    private static string Gives(Gain gain) => gain switch
    {
        Gain.Credential => "CAN_ISSUE_CREDENTIAL",
        Gain.ServiceCredential => "CAN_ISSUE_CREDENTIAL, Unknown",
        Gain.Membership => "CAN_GRANT of the group",
        Gain.OwnPolicies => "CAN_GRANT of the account",
        Gain.AttachedPolicy => "CAN_GRANT of the account, if the policy is attached; Unknown, if it is a boundary",
        Gain.OlderVersion => "CAN_GRANT of the account, Unknown, if older versions of a policy or boundary are kept",
        Gain.Undenied => "CAN_GRANT of the account, Unknown, if it has a Deny",
        _ => "CAN_GRANT of the account, Unknown, if one of them has a boundary",
    };

    private static string Part(string name)
    {
        var page = File.ReadAllText(Repository.File("docs/sources/aws-iam.md")).ReplaceLineEndings("\n");
        var from = page.IndexOf($"<!-- {name} -->", StringComparison.Ordinal) + $"<!-- {name} -->".Length;
        return page[from..page.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal)].Trim('\n');
    }
}
