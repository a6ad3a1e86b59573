using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Tests.Stores;
using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Files of several accounts and service control policies side by side.</summary>
public sealed class AwsFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Service_control_policies_beside_the_listing_hold_for_the_accounts_they_name()
    {
        var folder = Folder(
            ("one-authorization-details.json", new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey")).User("dave").ToString()),
            ("two-authorization-details.json", new MadeUpAccount("444455556666").User("eve", Allow("iam:CreateAccessKey")).User("adam").ToString()),
            ("organization.json", """
                {"ServiceControlPolicies":[
                  {"TargetId":"r-1","Policies":[{"Policy":{"PolicySummary":{"Name":"FullAWSAccess"},"Content":"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"}}]},
                  {"TargetId":"ou-1","AccountId":"111122223333","Policies":[{"Policy":{"PolicySummary":{"Name":"no-keys"},"Content":"{\"Statement\":{\"Effect\":\"Allow\",\"NotAction\":\"iam:CreateAccessKey\",\"Resource\":\"*\"}}"}}]}
                ]}
                """));

        var (format, request) = FileFormats.Detect(new ImportRequest { Path = folder, CollectedAt = AwsImport.Collected });
        var imported = AwsImport.Of(request);

        Assert.Equal("aws-iam", format.Name);
        Assert.Equal(["user/eve -> user/adam"], imported.All("CAN_ISSUE_CREDENTIAL"));
        Assert.Equal(["111122223333 users False", "444455556666 users False"], imported.Runs.Select(run => $"{run.Header.Tenant} users {run.Observations.OfType<Observation.EndOf>().Single(end => end.Stream == "users").Complete}"));
    }

    [Fact]
    public void A_folder_of_listings_is_known_by_how_they_begin_and_one_with_another_file_is_not()
    {
        var one = new MadeUpAccount().User("mara").ToString();
        var other = new MadeUpAccount("444455556666").User("eve").ToString();

        Assert.Equal("aws-iam", FileFormats.Detect(new ImportRequest { Path = Folder(("production.json", one), ("sandbox.json", other)) }).Format.Name);
        Assert.Throws<RefusedInputException>(() => FileFormats.Detect(new ImportRequest { Path = Folder(("production.json", one), ("buckets.json", "{\"Buckets\":[]}")) }));
    }

    [Fact]
    public void A_level_without_policies_and_a_file_of_something_else_are_reported()
    {
        var folder = Folder(
            ("a-authorization-details.json", new MadeUpAccount().User("mara").ToString()),
            ("b.json", """{"ServiceControlPolicies":[{"TargetId":"r-1","Policies":[]}]}"""),
            ("c.json", """{"Buckets":[{"Name":"x"}]}"""));

        var imported = AwsImport.Of(new ImportRequest { Path = folder, CollectedAt = AwsImport.Collected });

        Assert.Contains("has no `Policies`", Assert.Single(imported.Report.Rejects).Problem);
        Assert.Contains(imported.Report.Warnings, warning => warning.StartsWith("`c.json` holds none of", StringComparison.Ordinal));
        Assert.Equal(1, imported.Report.Unrecognised["list Buckets"]);
    }

    private string Folder(params (string Name, string Text)[] files)
    {
        var folder = _folder.Sub();
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return folder;
    }
}
