using IdentityGraph.Collect;
using IdentityGraph.Graph;
using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Making users: only with a way to sign in as them, on the same name, and one that is free.</summary>
public sealed class ProvisionTests
{
    private const string Users = "arn:aws:iam::111122223333:user/";

    [Fact]
    public void Who_makes_users_and_their_keys_provisions_the_account()
    {
        var edge = Assert.Single(Provisions(Allow("iam:CreateUser iam:CreateAccessKey")));

        Assert.Equal(("aws-111122223333:user/mara", "aws-111122223333:account/111122223333", "iam:CreateUser + iam:CreateAccessKey"), (edge.Of, edge.To, edge.Key));
        Assert.Equal("L0", edge.Properties.Single(property => property.Key == "maxLevel").Value.AsText());
        Assert.All(edge.Evidence, evidence => Assert.Contains("policy p, statement 1", evidence.Ref));
    }

    [Fact]
    public void Who_gives_them_policies_too_provisions_without_a_limit()
    {
        var edge = Assert.Single(Provisions(Allow("iam:CreateUser iam:CreateLoginProfile iam:AttachUserPolicy", Users + "new-*")));

        Assert.Contains(edge.Properties, property => property.Key == "maxLevel" && property.Value == PropertyValue.None);
    }

    [Theory]
    [InlineData("iam:CreateUser", "*", "iam:ListUsers", "*")]
    [InlineData("iam:CreateUser", Users + "new-*", "iam:CreateAccessKey", Users + "old-*")]
    [InlineData("iam:CreateUser", Users + "dave", "iam:CreateAccessKey", Users + "dave")]
    [InlineData("iam:CreateRole", "*", "iam:CreateAccessKey", "*")]
    public void Nobody_provisions_who_lacks_one_of_both_on_a_free_name(string one, string on, string other, string where) =>
        Assert.Empty(Provisions(Allow(one, on) + "," + Allow(other, where)));

    [Fact]
    public void A_Deny_closes_it_and_an_unread_condition_leaves_it_open()
    {
        Assert.DoesNotContain(Provisions(Allow("iam:*") + "," + Deny("iam:CreateUser")), edge => edge.Key!.Contains("CreateUser", StringComparison.Ordinal));
        Assert.Empty(Provisions(Allow("iam:*") + "," + Deny("iam:Create*")));
        var edge = Provisions(Allow("iam:CreateUser iam:CreateAccessKey", "*", ",\"Condition\":{\"StringEquals\":{\"aws:RequestTag/x\":\"y\"}}")).Single();
        Assert.Contains(edge.Properties, property => property.Key == "gates" && property.Value.AsTexts().Contains("conditions:unread"));
    }

    [Fact]
    public void What_is_given_under_a_boundary_is_not_known()
    {
        var boundary = new MadeUpAccount().Policy("b", Allow("iam:CreateUser iam:CreateAccessKey iam:AttachUserPolicy", Users + "new-*")).User("dave")
            .User("mara", Allow("iam:*"), ",\"PermissionsBoundary\":{\"PermissionsBoundaryArn\":\"arn:aws:iam::111122223333:policy/b\"}").Import();

        var edge = Assert.Single(boundary.Edges, edge => edge.Kind == "CAN_PROVISION");
        Assert.DoesNotContain(edge.Properties, property => property.Key == "maxLevel");
    }

    private static Observation.SawEdge[] Provisions(string statements) =>
        [.. new MadeUpAccount().User("mara", statements).User("dave").Import().Edges.Where(edge => edge.Kind == "CAN_PROVISION")];
}
