using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>A virtual machine takes a role in an instance profile, which has one role at most; each way into one beside the nearest that is none.</summary>
public sealed class InstanceProfileTests
{
    private const string Profiles = "arn:aws:iam::111122223333:instance-profile/";
    private const string Runs = "iam:PassRole ec2:RunInstances";
    private const string Made = " iam:CreateInstanceProfile iam:AddRoleToInstanceProfile";
    private const string Unread = ",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"}}";

    [Theory]
    [InlineData(Runs + Made, "*")]
    [InlineData("iam:PassRole ec2:RequestSpotInstances" + Made, "*")]
    [InlineData("iam:PassRole autoscaling:CreateLaunchConfiguration autoscaling:CreateAutoScalingGroup" + Made, "*")]
    [InlineData("iam:*", "ec2:*")]
    public void Who_may_make_a_profile_and_put_the_role_into_it_needs_none_that_is_there(string actions, string more) =>
        Assert.Contains("user/mara -> role/worker", Reached(Allow(actions) + "," + Allow(more == "*" ? "s3:GetObject" : more)));

    [Fact]
    public void One_of_the_two_is_not_enough()
    {
        Assert.Empty(Reached(Allow(Runs)));
        Assert.Empty(Reached(Allow(Runs + " iam:CreateInstanceProfile")));
        Assert.Empty(Reached(Allow(Runs + Made) + "," + Deny("iam:AddRoleToInstanceProfile")));
        Assert.Empty(Reached(Allow("iam:PassRole" + Made)));
        Assert.Empty(Reached(Allow("ec2:RunInstances" + Made)));
        Assert.Empty(Reached(Allow("ec2:RunInstances" + Made) + "," + Allow("iam:PassRole", "arn:aws:iam::111122223333:role/other")));
        Assert.Empty(Reached(Allow(Runs + Made), trusted: "lambda"));
    }

    [Fact]
    public void Both_are_about_one_name_that_is_free()
    {
        Assert.Equal(["user/mara -> role/worker"], Reached(Allow(Runs) + "," + Allow(Made.Trim(), Profiles + "new-*")));
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Reached(Allow(Runs) + "," + Allow("iam:CreateInstanceProfile", Profiles + "a*") + "," + Allow("iam:AddRoleToInstanceProfile", Profiles + "b*")));
        Assert.Empty(Reached(Allow(Runs) + "," + Allow(Made.Trim(), "arn:aws:iam::111122223333:role/*")));
    }

    [Fact]
    public void What_they_ask_for_is_asked_for()
    {
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Reached(Allow(Runs) + "," + Allow(Made.Trim(), more: Unread)));
        Assert.Equal(["user/mara -> role/worker if mfaFactor"], Reached(Allow(Runs) + "," + Allow(Made.Trim(), more: ",\"Condition\":{\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}}")));
    }

    [Fact]
    public void An_empty_profile_is_not_in_the_listing() =>
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Reached(Allow(Runs + " iam:AddRoleToInstanceProfile")));

    [Fact]
    public void The_role_of_a_profile_may_be_changed_for_another()
    {
        const string Swaps = "iam:RemoveRoleFromInstanceProfile iam:AddRoleToInstanceProfile";

        Assert.Contains("user/mara -> role/worker", Reached(Allow(Runs) + "," + Allow(Swaps, Profiles + "taken"), other: "taken"));
        Assert.Equal(["user/mara -> role/machine"], Reached(Allow(Runs) + "," + Allow("iam:RemoveRoleFromInstanceProfile iam:CreateInstanceProfile", Profiles + "taken"), other: "taken"));
        Assert.Equal(["user/mara -> role/machine"], Reached(Allow(Runs) + "," + Allow("iam:AddRoleToInstanceProfile", Profiles + "taken"), other: "taken"));
    }

    [Fact]
    public void Machines_that_run_already_may_get_the_role_by_their_profile()
    {
        const string Swaps = "iam:PassRole iam:RemoveRoleFromInstanceProfile iam:AddRoleToInstanceProfile";

        Assert.Contains("user/mara -> role/worker if conditions:unread", Reached(Allow(Swaps), other: "taken"));
        Assert.Empty(Reached(Allow(Swaps)));
        Assert.Empty(Reached(Allow(Swaps) + "," + Deny("iam:RemoveRoleFromInstanceProfile"), other: "taken"));
        Assert.Empty(Reached(Allow("iam:RemoveRoleFromInstanceProfile iam:AddRoleToInstanceProfile"), other: "taken"));
    }

    [Fact]
    public void The_evidence_names_what_puts_the_role_into_a_profile()
    {
        var imported = Import(Allow(Runs) + "," + Allow(Made.Trim(), more: ",\"Sid\":\"Profiles\""), "ec2", null);

        Assert.Contains(Assert.Single(imported.Edges, edge => edge.Kind == "CAN_ISSUE_CREDENTIAL").Evidence, evidence => evidence.ToString()!.Contains("Profiles", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Reached(string allows, string trusted = "ec2", string? other = null) => Import(allows, trusted, other).All("CAN_ISSUE_CREDENTIAL");

    private static AwsImport Import(string allows, string trusted, string? other)
    {
        var account = new MadeUpAccount().User("mara", allows).Role("worker", Service(trusted), more: ",\"InstanceProfileList\":[]");
        return (other is null ? account : account.Role("machine", Service("ec2"), more: $",\"InstanceProfileList\":[{{\"InstanceProfileName\":\"{other}\"}}]")).Import();
    }
}
