using IdentityGraph.Sources.Aws;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Ids of what an account has, made in one go where names are plain.</summary>
public sealed class AwsIdsTests
{
    private static readonly AwsIds s_ids = new("aws", "111122223333");

    [Fact]
    public void The_policy_of_a_user_and_what_it_gives_are_named_after_both()
    {
        var (policy, rights) = s_ids.Inline("user", "mara", "own");

        Assert.Equal("aws-111122223333:inline-policy/user%2Fmara%2Fown", policy);
        Assert.Equal("aws-111122223333:rights/inline-policy%2Fuser%252Fmara%252Fown", rights);
    }

    [Theory]
    [InlineData("mara", "own")]
    [InlineData("", "")]
    [InlineData("mara", "a/b")]
    [InlineData("svc-deploy.v2", "p%q")]
    [InlineData("mära", "own")]
    [InlineData("abcdefghijklmnop", "abcdefgh")]
    [InlineData("abcdefghijklmnop", "abcdefghi")]
    [InlineData("wJalrXUtnFEMIK7MDENG", "bPxRfiCYEXAMPL1")]
    [InlineData("AKIAabcdefghijklmnopqrstuvwxyz", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12")]
    public void They_are_the_same_however_they_are_made(string holder, string name)
    {
        var policy = s_ids.InlinePolicy("user", holder, name);

        Assert.Equal((policy, s_ids.Rights(policy)), s_ids.Inline("user", holder, name));
    }
}
