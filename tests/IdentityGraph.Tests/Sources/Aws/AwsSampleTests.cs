using IdentityGraph.Collect;
using IdentityGraph.Tests.Sources.BloodHound;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Other people's example of an account.</summary>
public sealed class AwsSampleTests : IDisposable
{
    private const string Account = "aws-012345678901:";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_object_has_its_line()
    {
        var imported = AwsImport.Of(Request() with { Trace = true, Complete = ["all"] });

        Assert.Equal(
            "AttachedManagedPolicies 5, GroupDetail 2, GroupList 3, InlinePolicy 6, InstanceProfile 1, Policy 32, RoleDetail 3, TrustStatement 3, UserDetail 3",
            string.Join(", ", imported.Trace.GroupBy(line => line.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
        Assert.All(imported.Trace, line => Assert.Equal("imported", line.Became));
        Assert.Empty(imported.Report.Rejects);
        Assert.Equal(("aws-iam", "012345678901", 40L), (imported.Runs.Single().Header.Source, imported.Runs.Single().Header.Tenant, imported.Runs.Single().Outcome.Read));
        Assert.All(imported.Ends, end => Assert.True(end.Complete));
    }

    [Fact]
    public void Each_oddity_of_the_file_has_its_line()
    {
        var told = AwsImport.Of(Request()).Report.Warnings;

        Assert.Single(told, line => line.Contains("`UserPolicyList` is absent", StringComparison.Ordinal) && !line.Contains("such in all", StringComparison.Ordinal));
        Assert.Single(told, line => line.Contains("`RoleLastUsed` gives no time", StringComparison.Ordinal) && line.Contains("(2 such in all", StringComparison.Ordinal));
        Assert.Single(told, line => line.Contains("`AttachmentCount` of `arn:aws:iam::aws:policy/AdministratorAccess` is 1, and 2 attachments", StringComparison.Ordinal));
        Assert.Single(told, line => line.Contains("AWSCodeCommitPowerUser` has 2 versions; v11 is in force", StringComparison.Ordinal));
        Assert.DoesNotContain(new MadeUpAccount().User("mara").Import().Report.Warnings, line => line.Contains("absent, not empty", StringComparison.Ordinal) || line.Contains("AttachmentCount", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_make_access_keys_of_everybody_reaches_the_administrator_by_that_statement()
    {
        var answer = await AwsImport.BlastRadius(Request(), _folder.Sub(), Account + "role/OverprivilegedEC2");

        var obama = answer.Reached.Single(node => node.Id == Account + "user/obama");
        Assert.Equal(("", "U"), (obama.Certain.Direct, obama.Certain.Amplified));
        Assert.Equal(["seed", "D9"], answer.Proofs[obama.Proof!].Select(step => step.Rule));
        var edge = AwsImport.Of(Request()).Edges.Single(edge => edge.Kind == "CAN_ISSUE_CREDENTIAL" && edge.Of == Account + "role/OverprivilegedEC2" && edge.To == Account + "user/obama");
        Assert.Equal("iam:CreateAccessKey", edge.Key);
        Assert.Equal(["example-authz-details.json#RoleDetailList[2]/SupYo: policy SupYo, VisualEditor0"], edge.Evidence.Select(evidence => evidence.Ref));
    }

    [Theory]
    [InlineData("user/biden")]
    [InlineData("user/obama")]
    [InlineData("user/userwithlotsofpermissions")]
    [InlineData("role/MyRole")]
    [InlineData("role/MyOtherRole")]
    [InlineData("role/OverprivilegedEC2")]
    public void Nobody_reaches_a_role_through_a_function(string who) =>
        Assert.DoesNotContain(AwsImport.Of(Request()).Edges, edge => edge.Of == Account + who && edge.Key is { } key && key.Contains("lambda", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public async Task Full_access_to_functions_reaches_no_role_where_none_trusts_them()
    {
        var answer = await AwsImport.BlastRadius(Request(), _folder.Sub(), Account + "user/biden");

        Assert.DoesNotContain(answer.Reached, node => node.Kind is "ServiceIdentity" or "Account");
        Assert.Equal("DRWUA", answer.Reached.Single(node => node.Id == Account + "service/lambda").Certain.Direct);
    }

    private static ImportRequest Request() => new() { Path = SampleFiles.Path("aws", "example-authz-details.json"), CollectedAt = AwsImport.Collected };
}
