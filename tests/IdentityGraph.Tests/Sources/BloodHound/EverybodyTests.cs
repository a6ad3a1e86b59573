using static IdentityGraph.Tests.Sources.BloodHound.DirectoryEstate;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Rights of Everyone and Authenticated Users are those of every account of the domain.</summary>
public sealed class EverybodyTests
{
    private const string Authenticated = "LAB.TEST-S-1-5-11";
    private const string Everyone = "LAB.TEST-S-1-1-0";

    [Theory]
    [InlineData(Authenticated, "513", true, "certain")]
    [InlineData(Everyone, "513", true, "certain")]
    [InlineData("S-1-1-0", "513", true, "certain")]
    [InlineData(Authenticated, "515", true, "certain")]
    [InlineData(Authenticated, "1190", true, "certain")] // in none of the groups of all accounts
    [InlineData(Authenticated, "513", false, "none")]
    [InlineData(Authenticated, "1190", false, "none")]
    [InlineData("LAB.TEST-S-1-5-32-546", "513", true, "none")] // another well-known group
    [InlineData("OTHER.TEST-S-1-5-11", "513", true, "none")] // another domain's
    public async Task An_account_has_the_rights_of_everybody(string holder, string primary, bool enabled, string gives) =>
        Assert.Equal(gives, await new DirectoryEstate().User("1105", primary, enabled).User("1106", aces: Ace(holder, "Group", "GenericAll")).Gives("1105", "1106"));

    [Theory]
    [InlineData(Everyone, "certain")]
    [InlineData(Authenticated, "none")]
    public async Task The_guest_is_in_Everyone_only(string holder, string gives) =>
        Assert.Equal(gives, await new DirectoryEstate().User("501", "514").User("1106", aces: Ace(holder, "Group", "GenericAll")).Gives("501", "1106"));

    [Fact]
    public async Task A_computer_is_among_them() =>
        Assert.Equal("certain", await new DirectoryEstate().Add("computers", "1000", "HOST", more: "\"PrimaryGroupSID\":\"S-1-5-21-1-2-3-515\"", properties: "\"enabled\":true")
            .User("1106", aces: Ace(Authenticated, "Group", "ForceChangePassword")).Gives("1000", "1106"));

    [Theory]
    [InlineData("ParentChild", "certain")]
    [InlineData("External", "none")]
    public async Task Accounts_of_a_trusted_domain_are_among_them_within_a_forest(string trust, string gives)
    {
        var estate = new DirectoryEstate($$"""{"TargetDomainSid":"S-1-5-21-7-8-9","TargetDomainName":"OTHER.TEST","SidFilteringEnabled":true,"TrustDirection":"Bidirectional","TrustType":"{{trust}}"}""")
            .User("S-1-5-21-7-8-9-1105", "S-1-5-21-7-8-9-513").User("1106", aces: Ace(Authenticated, "Group", "GenericAll"));

        Assert.Equal(gives, await estate.Gives("S-1-5-21-7-8-9-1105", "1106"));
        Assert.Equal(trust == "External", estate.Warnings().Any(warning => warning.StartsWith("accounts of `S-1-5-21-7-8-9`, which `LAB.TEST` trusts from another forest", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_everybody_holds_is_told()
    {
        var warnings = new DirectoryEstate().User("1106", aces: Ace(Authenticated, "Group", "GenericAll") + "," + Ace("512", "Group", "GenericAll")).Warnings();

        Assert.Contains($"`{Authenticated}` holds GenericAll (1): so does everybody who signs in to its domain", warnings);
        Assert.DoesNotContain(warnings, warning => warning.Contains("-512", StringComparison.Ordinal));
    }
}
