using System.Text;
using IdentityGraph.Collect;
using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Files that are damaged, enormous or built to do harm.</summary>
public sealed class HostileAccountTests
{
    [Fact]
    public void A_file_cut_in_the_middle_is_partial_and_proves_no_absence()
    {
        var json = new MadeUpAccount().User("mara").User("dave", Allow("s3:*")).Role("deployer", Service("ec2")).ToString();
        var imported = AwsImport.OfText(json[..json.IndexOf("deployer", StringComparison.Ordinal)]);

        var reject = Assert.Single(imported.Report.Rejects);
        Assert.Contains("What came before it is imported", reject.Problem);
        Assert.Contains("export the account again", reject.Problem);
        Assert.Equal(["Account mara", "Account dave"], imported.Nodes.Where(node => node.Kind == "Account").Select(node => $"{node.Kind} {node.Properties[0].Value}"));
        Assert.NotNull(imported.Runs.Single().Outcome.PartialReason);
        Assert.All(imported.Ends, end => Assert.False(end.Complete));
    }

    [Fact]
    public void A_principal_called_like_a_secret_is_trusted_under_another_name()
    {
        var token = "ghp_" + new string('d', 36);
        var imported = AwsImport.OfText(new MadeUpAccount().User("mara").Role("deployer", $"{{\"AWS\":\"arn:aws:iam::999988887777:user/{token}\"}}").ToString());

        Assert.Contains(imported.Edges, edge => edge.Kind == "CAN_ASSUME" && edge.To == "aws-111122223333:role/deployer");
        Assert.All(imported.Edges, edge => Assert.DoesNotContain(token, $"{edge.Of} {edge.To} {edge.Key} {string.Join(' ', edge.Evidence)} {string.Join(' ', edge.Properties)}"));
        Assert.All(imported.Nodes, node => Assert.DoesNotContain(token, $"{node.Id} {string.Join(' ', node.Evidence)} {string.Join(' ', node.Properties)}"));
        Assert.DoesNotContain(imported.Report.Warnings, warning => warning.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_that_is_called_like_a_secret_is_told_nowhere_in_whatever_letters()
    {
        var (token, key) = ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "ghp_" + new string('d', 36));
        var imported = AwsImport.OfText(new MadeUpAccount()
            .User("mara", MadeUpAccount.Allow("iam:PassRole zzz:Run"))
            .Role("worker", $"{{\"Service\":\"{token}\"}}").ToString().Replace("\"AttachedManagedPolicies\":[]", $"\"AttachedManagedPolicies\":[{{\"PolicyName\":\"p\",\"PolicyArn\":\"{key}\"}}]", StringComparison.Ordinal));

        Assert.All(new[] { token }, secret =>
        {
            Assert.All(imported.Edges, edge => Assert.DoesNotContain(secret, $"{edge.Of} {edge.To} {edge.Key} {string.Join(' ', edge.Evidence)}", StringComparison.OrdinalIgnoreCase));
            Assert.All(imported.Trace, line => Assert.DoesNotContain(secret, line.ToString(), StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(imported.Report.Warnings, warning => warning.Contains(secret, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public void Nesting_ten_thousand_deep_is_refused_where_it_is()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);
        var imported = AwsImport.OfText(new MadeUpAccount().User("mara").User("dave", more: ",\"Tags\":" + deep).User("kim").ToString()[..^1] + ",\"IsTruncated\":false}");

        Assert.Equal("UserDetailList[1]", Assert.Single(imported.Report.Rejects).Member);
        Assert.Equal(["aws-111122223333:user/mara", "aws-111122223333:user/kim"], imported.Nodes.Where(node => node.Kind == "Account").Select(node => node.Id));
        Assert.False(imported.Ends.Single(end => end.Stream == "users").Complete);
    }

    [Fact]
    public void A_document_in_text_nested_too_deep_or_with_a_member_twice_may_say_anything()
    {
        var deep = Uri.EscapeDataString("{\"Statement\":" + new string('[', 10_000) + new string(']', 10_000) + "}");
        foreach (var document in new[] { $"\"{deep}\"", "{\"Statement\":[{\"Effect\":\"Allow\",\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}", "{\"Statement\":[{\"Effect\":\"Maybe\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}", "17" })
        {
            var imported = AwsImport.OfText(new MadeUpAccount().User("mara", "", $",\"UserPolicyList\":[{{\"PolicyName\":\"p\",\"PolicyDocument\":{document}}}]").User("dave").ToString());

            Assert.Contains("user/mara -> user/dave if conditions:unread", imported.All("CAN_ISSUE_CREDENTIAL"));
            Assert.Contains(imported.Report.Warnings, warning => warning.Contains("it may say anything", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Invalid_text_leaves_its_object_out_or_unread_and_the_rest_in()
    {
        var json = Encoding.UTF8.GetBytes(new MadeUpAccount().User("ma@ra").User("dave").ToString().Replace("ma@ra", "maXXra", StringComparison.Ordinal));
        for (var at = json.AsSpan().IndexOf("XX"u8); at >= 0; at = json.AsSpan().IndexOf("XX"u8))
        {
            (json[at], json[at + 1]) = (0xC3, 0x28);
        }

        var imported = AwsImport.OfBytes(json);

        Assert.Contains("it has no readable `Arn`", Assert.Single(imported.Report.Rejects).Problem);
        Assert.Equal(["aws-111122223333:user/dave"], imported.Nodes.Where(node => node.Kind == "Account").Select(node => node.Id));
        Assert.False(imported.Ends.Single(end => end.Stream == "users").Complete);
    }

    [Fact]
    public void A_file_without_an_account_is_refused_with_a_way_out()
    {
        Assert.Contains("aws iam get-account-authorization-details", Assert.Throws<RefusedInputException>(() => AwsImport.OfText("{\"UserDetailList\":[]}")).Message);
        Assert.Contains("aws iam get-account-authorization-details", Assert.Throws<RefusedInputException>(() => AwsImport.OfText("not json")).Message);
    }

    [Fact]
    public void Pages_that_say_they_are_cut_or_come_in_parts_prove_no_absence()
    {
        var cli = new MadeUpAccount().User("mara").ToString();
        var whole = cli[..^1] + ",\"IsTruncated\":false}";
        Assert.False(AwsImport.OfText(cli).Ends.Single(end => end.Stream == "users").Complete);
        Assert.True(AwsImport.OfText(whole).Ends.Single(end => end.Stream == "users").Complete);
        Assert.False(AwsImport.OfText(whole).Ends.Single(end => end.Stream == "roles").Complete);
        Assert.False(AwsImport.OfText(whole[..^1] + ",\"IsTruncated\":true,\"Marker\":\"x\"}").Ends.Single(end => end.Stream == "users").Complete);
        Assert.False(AwsImport.OfText(whole + "\n" + new MadeUpAccount().User("dave")).Ends.Single(end => end.Stream == "users").Complete);
        Assert.Equal(2, AwsImport.OfText($"[{whole},{new MadeUpAccount().User("dave")}]").Nodes.Count(node => node.Kind == "Account"));
    }

    [Fact]
    public void Dates_are_read_in_every_spelling()
    {
        foreach (var (written, expected) in new[] { ("\"2024-01-02T03:04:05Z\"", true), ("\"2024-01-02 03:04:05+00:00\"", true), ("\"2024-01-02T05:04:05+02:00\"", true), ("1704164645.0", true), ("\"2024-01-02T03:04:05\"", false), ("\"soon\"", false) })
        {
            var json = new MadeUpAccount().User("mara").ToString().Replace("\"2024-01-02T03:04:05+00:00\"", written, StringComparison.Ordinal);
            Assert.Equal(expected ? new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero) : null, AwsImport.OfText(json).Nodes.Single(node => node.Kind == "Account").From);
        }
    }

    [Fact]
    public void Many_principals_with_an_ability_on_many_targets_take_edges_by_their_sum()
    {
        var account = new MadeUpAccount();
        for (var number = 0; number < 300; number++)
        {
            account.Role($"r{number}", "{\"AWS\":\"111122223333\"}", Allow("iam:CreateAccessKey sts:AssumeRole")).User($"u{number}");
        }

        var imported = account.Import();

        Assert.InRange(imported.Edges.Count(edge => edge.Kind is "CAN_ISSUE_CREDENTIAL" or "CAN_ASSUME" or "RUNS_AS" or "ENTITLES"), 1_000, 3_000);
        Assert.Equal(300, imported.Edges.Count(edge => edge.Kind == "CAN_ISSUE_CREDENTIAL"));
        Assert.Equal(300, imported.Edges.Count(edge => edge.Kind == "RUNS_AS"));
    }

    [Fact]
    public void Ten_times_the_statements_allocate_about_ten_times_as_much()
    {
        long Allocated(int statements)
        {
            var json = new MadeUpAccount().User("mara", string.Join(',', Enumerable.Range(0, statements).Select(number => Allow($"s3:Get{number}* iam:CreateAccessKey", $"arn:aws:s3:::b{number}/*")))).User("dave").ToString();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.NotEmpty(AwsImport.OfText(json).Edges);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(100);
        var (few, many) = (Allocated(1_000), Allocated(10_000));
        Assert.InRange(many, few, 20 * few);
    }

    [Theory]
    [InlineData(",\"UserPolicyList\":[]")]
    [InlineData(",\"AttachedManagedPolicies\":{\"PolicyArn\":\"arn:aws:iam::aws:policy/AdministratorAccess\"}")]
    [InlineData(",\"AttachedManagedPolicies\":[{\"PolicyName\":\"AdministratorAccess\"}]")]
    [InlineData(",\"AttachedManagedPolicies\":[\"arn:aws:iam::aws:policy/AdministratorAccess\"]")]
    [InlineData(",\"GroupList\":\"admins\"")]
    [InlineData(",\"GroupList\":[{\"GroupName\":\"admins\"}]")]
    [InlineData(",\"GroupList\":[\"a-group-that-is-not-in-the-files\"]")]
    [InlineData(",\"PolicyArn\":1,\"PolicyArn\":2")]
    public void What_an_entry_gives_and_cannot_be_read_is_unknown_and_never_nothing(string more)
    {
        var json = new MadeUpAccount().User("mara", Allow("s3:GetObject"), more.Contains("UserPolicyList", StringComparison.Ordinal) || !more.Contains("Attached", StringComparison.Ordinal) ? more : "")
            .User("dave").ToString();
        json = more.Contains("Attached", StringComparison.Ordinal) ? json.Replace("\"AttachedManagedPolicies\":[]", more[1..], StringComparison.Ordinal) : json;
        var imported = AwsImport.OfText(json);

        Assert.True(imported.All("CAN_ISSUE_CREDENTIAL").Any(edge => edge.EndsWith("-> user/dave if conditions:unread", StringComparison.Ordinal)), string.Join(", ", imported.All("CAN_ISSUE_CREDENTIAL")));
        Assert.NotEmpty(imported.Report.Warnings);
    }

    [Fact]
    public void Lists_that_are_null_or_empty_give_nothing()
    {
        var imported = AwsImport.OfText(new MadeUpAccount().User("mara", "", ",\"GroupList\":null,\"Tags\":[],\"PermissionsBoundary\":null").User("dave").ToString());

        Assert.Empty(imported.All("CAN_ISSUE_CREDENTIAL"));
    }

    [Fact]
    public void An_entry_that_stands_twice_gives_what_it_gives_once_where_both_say_the_same_and_may_give_anything_where_not()
    {
        var same = new MadeUpAccount().User("mara", Allow("s3:GetObject"), ",\"Tags\":[]").User("mara", Allow("s3:GetObject"), ",\"Tags\":[1]").User("dave").Import();
        var other = new MadeUpAccount().User("mara", Allow("s3:GetObject")).User("mara", Allow("iam:CreateAccessKey")).User("dave").Import();

        Assert.Empty(same.All("CAN_ISSUE_CREDENTIAL"));
        Assert.Equal(["user/mara -> user/dave if conditions:unread"], other.All("CAN_ISSUE_CREDENTIAL"));
        Assert.Contains(other.Report.Warnings, warning => warning.Contains("says different things", StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_with_two_default_versions_may_say_anything()
    {
        var json = new MadeUpAccount().User("mara").User("dave").Policy("p", Allow("s3:GetObject"), versions: 2).ToString()
            .Replace("\"IsDefaultVersion\":false", "\"IsDefaultVersion\":true", StringComparison.Ordinal)
            .Replace("\"UserName\":\"mara\"", "\"UserName\":\"mara\",\"GroupList\":[]", StringComparison.Ordinal);
        var at = json.IndexOf("\"AttachedManagedPolicies\":[]", StringComparison.Ordinal);
        var imported = AwsImport.OfText(json[..at] + "\"AttachedManagedPolicies\":[{\"PolicyName\":\"p\",\"PolicyArn\":\"arn:aws:iam::111122223333:policy/p\"}]" + json[(at + "\"AttachedManagedPolicies\":[]".Length)..]);

        Assert.Contains("user/mara -> user/dave if conditions:unread", imported.All("CAN_ISSUE_CREDENTIAL"));
    }

    [Fact]
    public void A_list_of_a_page_that_is_none_is_rejected_and_proves_no_absence()
    {
        var imported = AwsImport.OfText("{\"RoleDetailList\":{},\"UserDetailList\":" + new MadeUpAccount().User("mara").ToString()["{\"UserDetailList\":".Length..]
            .Replace("\"RoleDetailList\":[],", "", StringComparison.Ordinal));

        Assert.Equal("RoleDetailList", Assert.Single(imported.Report.Rejects).Member);
        Assert.False(imported.Ends.Single(end => end.Stream == "roles").Complete);
    }

    [Fact]
    public void Patterns_longer_than_any_resource_name_are_not_matched_but_unknown()
    {
        var imported = new MadeUpAccount().User("mara", Allow(string.Concat(Enumerable.Repeat("*?", 50_000)), new string('*', 100_000))).User("dave").Import();

        Assert.Contains("user/mara -> user/dave if conditions:unread", imported.All("CAN_ISSUE_CREDENTIAL"));
        Assert.Contains(imported.Report.Warnings, warning => warning.Contains("longer than the 2048 characters", StringComparison.Ordinal));
    }
}
