using IdentityGraph.Collect;
using IdentityGraph.Tests.Stores;
using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Conditions on who asks, on what it is about and on time: decided where the files tell, each beside its nearest opposite.</summary>
public sealed class ConditionKeyTests : IDisposable
{
    private const string Root = "arn:aws:iam::111122223333:";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ArnLike", "aws:PrincipalArn", Root + "user/m*", true)]
    [InlineData("ArnLike", "aws:PrincipalArn", Root + "role/m*", false)]
    [InlineData("ArnNotEquals", "aws:PrincipalArn", Root + "user/mara", false)]
    [InlineData("ArnNotEquals", "aws:PrincipalArn", Root + "user/dave", true)]
    [InlineData("StringEquals", "aws:PrincipalAccount", "111122223333", true)]
    [InlineData("StringEquals", "aws:PrincipalAccount", "444455556666", false)]
    [InlineData("StringEquals", "aws:SourceAccount", "111122223333", false)]
    [InlineData("StringNotEquals", "aws:SourceAccount", "111122223333", true)]
    [InlineData("StringEquals", "aws:PrincipalTag/Team", "pay", true)]
    [InlineData("StringEquals", "aws:PrincipalTag/team", "core", false)]
    [InlineData("StringEquals", "aws:PrincipalTag/floor", "pay", false)]
    [InlineData("StringNotEquals", "aws:PrincipalTag/floor", "pay", true)]
    [InlineData("Null", "aws:PrincipalTag/floor", "true", true)]
    public void What_hangs_on_who_asks_is_decided_in_identity_and_in_trust(string test, string key, string value, bool holds)
    {
        var condition = $",\"Condition\":{{\"{test}\":{{\"{key}\":\"{value}\"}}}}";
        var tags = ",\"Tags\":[{\"Key\":\"team\",\"Value\":\"pay\"}]";
        var identity = new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey", Root + "user/dave", condition), tags).User("dave").Import();
        var denied = new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey", Root + "user/dave") + "," + Deny("iam:*", more: condition), tags).User("dave").Import();
        var named = new MadeUpAccount().User("mara", "", tags).Role("deployer", $"{{\"AWS\":\"{Root}user/mara\"}}", condition: condition).Import();
        var left = new MadeUpAccount().User("mara", Allow("sts:AssumeRole"), tags).Role("deployer", "{\"AWS\":\"111122223333\"}", condition: condition).Import();

        Assert.Equal(holds ? ["user/mara -> user/dave"] : [], identity.All("CAN_ISSUE_CREDENTIAL"));
        Assert.Equal(holds ? [] : ["user/mara -> user/dave"], denied.All("CAN_ISSUE_CREDENTIAL"));
        Assert.Equal(holds ? ["user/mara -> role/deployer"] : [], named.All("CAN_ASSUME"));
        Assert.Equal(holds ? ["user/mara -> role/deployer"] : [], left.All("CAN_ASSUME"));
    }

    [Fact]
    public void Tags_that_the_files_do_not_tell_or_a_session_may_bring_are_unread()
    {
        var condition = ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"core\"}}";
        foreach (var tags in new[] { "", ",\"Tags\":{}", ",\"Tags\":[{\"Key\":\"team\"}]", ",\"Tags\":[{\"Key\":\"team\",\"Value\":\"pay\"},{\"Key\":\"Team\",\"Value\":\"core\"}]" })
        {
            Assert.Equal(
                ["user/mara -> user/dave if conditions:unread"],
                new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey", Root + "user/dave", condition), tags).User("dave").Import().All("CAN_ISSUE_CREDENTIAL"));
        }

        Assert.Equal(
            ["role/deployer -> user/dave if conditions:unread"],
            new MadeUpAccount().User("dave").Role("deployer", Service("ec2"), Allow("iam:CreateAccessKey", more: condition), more: ",\"Tags\":[{\"Key\":\"team\",\"Value\":\"pay\"}]").Import().All("CAN_ISSUE_CREDENTIAL"));
    }

    [Fact]
    public void What_hangs_on_tags_of_the_target_is_decided_target_by_target()
    {
        foreach (var key in new[] { "aws:ResourceTag/team", "iam:ResourceTag/Team" })
        {
            var condition = $",\"Condition\":{{\"StringEquals\":{{\"{key}\":\"pay\"}}}}";
            var imported = new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey", more: condition), ",\"Tags\":[]")
                .User("dave", more: ",\"Tags\":[{\"Key\":\"Team\",\"Value\":\"pay\"}]").User("kim", more: ",\"Tags\":[{\"Key\":\"Team\",\"Value\":\"core\"}]").User("ann").Import();

            Assert.Equal(["user/mara -> user/ann if conditions:unread", "user/mara -> user/dave"], imported.All("CAN_ISSUE_CREDENTIAL"));
        }
    }

    [Fact]
    public void A_role_is_assumed_by_its_own_tags_and_passed_whatever_they_are()
    {
        var condition = ",\"Condition\":{\"StringEquals\":{\"aws:ResourceTag/team\":\"pay\"}}";
        var account = new MadeUpAccount()
            .User("mara", Allow("sts:AssumeRole iam:PassRole", more: condition) + "," + Allow("lambda:CreateFunction lambda:InvokeFunction"))
            .Role("pay", "{\"AWS\":\"111122223333\"}", more: ",\"Tags\":[{\"Key\":\"team\",\"Value\":\"pay\"}]")
            .Role("core", "{\"AWS\":\"111122223333\"}", more: ",\"Tags\":[{\"Key\":\"team\",\"Value\":\"core\"}]")
            .Role("function", Service("lambda"), more: ",\"Tags\":[{\"Key\":\"team\",\"Value\":\"core\"}]").Import();

        Assert.Equal(["user/mara -> role/pay"], account.All("CAN_ASSUME"));
        Assert.Equal(["user/mara -> role/function if conditions:unread"], account.All("CAN_ISSUE_CREDENTIAL").Distinct());
    }

    [Theory]
    [InlineData("DateLessThan", "2027-01-01T00:00:00Z", true)]
    [InlineData("DateLessThanEquals", "2027-01-01T00:00:00Z", true)]
    [InlineData("DateLessThan", "2025-01-01T00:00:00Z", false)]
    [InlineData("DateGreaterThan", "2025-01-01T00:00:00Z", null)]
    public async Task What_is_allowed_until_a_moment_ends_then(string test, string moment, bool? ends)
    {
        ImportRequest Company() => new MadeUpAccount().User("mara").Role("deployer", $"{{\"AWS\":\"{Root}user/mara\"}}", condition: $",\"Condition\":{{\"{test}\":{{\"aws:CurrentTime\":\"{moment}\"}}}}").Request();
        var before = await AwsImport.BlastRadius(Company(), _folder.Sub(), "aws-111122223333:user/mara");
        var after = await AwsImport.BlastRadius(Company(), _folder.Sub(), "aws-111122223333:user/mara", new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(ends != false, before.Reached.Any(node => node.Id.EndsWith("role/deployer", StringComparison.Ordinal) && node.Certain.Direct.Length > 0));
        Assert.Equal(ends is null, after.Reached.Any(node => node.Id.EndsWith("role/deployer", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_denied_from_a_moment_on_ends_then()
    {
        ImportRequest Company(string test) => new MadeUpAccount()
            .User("mara", Allow("s3:GetObject iam:CreateAccessKey") + "," + Deny("*", more: $",\"Condition\":{{\"{test}\":{{\"aws:CurrentTime\":\"2027-01-01\"}}}}")).User("dave").Request();
        var later = new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);
        async Task<string> Reached(string test, DateTimeOffset? asOf = null) => string.Join(' ',
            (await AwsImport.BlastRadius(Company(test), _folder.Sub(), "aws-111122223333:user/mara", asOf)).Reached.Where(node => node.Certain.Direct.Length > 0).Select(node => node.Id.Split(':')[1]).Order(StringComparer.Ordinal));

        Assert.Contains("service/s3", await Reached("DateGreaterThan"));
        Assert.Equal("", await Reached("DateGreaterThan", later));
        Assert.Equal("", await Reached("DateLessThan"));
    }
}
