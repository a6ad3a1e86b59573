using static IdentityGraph.Tests.Sources.BloodHound.DirectoryEstate;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Whom certificates could let one become: possible where nothing read rules it out, never certain.</summary>
public sealed class CertificateTests
{
    private const string Domain = "S-1-5-21-1-2-3";
    private const string Template = "7E43AF6D-951D-48E7-8CC0-6546742A222F";
    private const string OtherTemplate = "6A8E30F8-9436-4FC9-AC70-A4BC704F3909";
    private const string Authority = "BF8A11CB-667D-4E21-A50F-CBA1E9A97E79";
    private const string NamesSubject = "\"authenticationenabled\":true,\"enrolleesuppliessubject\":true,\"nosecurityextension\":false";
    private const string ForOneself = "\"authenticationenabled\":true,\"enrolleesuppliessubject\":false,\"nosecurityextension\":false";
    private const string NoSignIn = "\"authenticationenabled\":false,\"enrolleesuppliessubject\":true,\"nosecurityextension\":false";

    [Theory]
    [InlineData("Enroll", NamesSubject, "possible")]
    [InlineData("AutoEnroll", NamesSubject, "possible")]
    [InlineData("AllExtendedRights", NamesSubject, "possible")]
    [InlineData("Enroll", "\"authenticationenabled\":true,\"enrolleesuppliessubject\":false,\"nosecurityextension\":true", "possible")]
    [InlineData("Enroll", "\"validityperiod\":\"1 year\"", "possible")] // nothing is said, nothing is ruled out
    [InlineData("Enroll", ForOneself, "none")]
    [InlineData("Enroll", NoSignIn, "none")]
    [InlineData("Enroll", NoSignIn + ",\"effectiveekus\":[\"1.3.6.1.4.1.311.20.2.1\"]", "possible")] // enrols in the name of others
    [InlineData("Enroll", NoSignIn + ",\"effectiveekus\":[\"1.3.6.1.5.5.7.3.1\"]", "none")] // for servers
    [InlineData("WritePKINameFlag", ForOneself, "possible")]
    [InlineData("WritePKINameFlag", NoSignIn, "none")]
    [InlineData("GenericWrite", NoSignIn, "possible")] // changes what certificates are for
    public async Task A_right_on_a_template_may_give_the_domain_unless_the_template_rules_it_out(string right, string settings, string gives) =>
        Assert.Equal(gives, await Estate(right, settings).Gives("1105", Domain));

    [Theory]
    [InlineData("\"EnabledCertTemplates\":[{\"ObjectIdentifier\":\"" + Template + "\",\"ObjectType\":\"CertTemplate\"}]", "possible")]
    [InlineData("\"EnabledCertTemplates\":[{\"ObjectIdentifier\":\"" + OtherTemplate + "\",\"ObjectType\":\"CertTemplate\"}]", "none")]
    [InlineData("\"EnabledCertTemplates\":[]", "none")]
    [InlineData("", "possible")] // which it issues by was not read
    public async Task A_template_that_no_authority_issues_by_gives_nothing(string list, string gives) =>
        Assert.Equal(gives, await Estate("Enroll", NamesSubject).Add("enterprisecas", Authority, "LAB-CA", more: list).Gives("1105", Domain));

    [Theory]
    [InlineData("enterprisecas", "ManageCA", "possible")]
    [InlineData("enterprisecas", "ManageCertificates", "possible")]
    [InlineData("enterprisecas", "Enroll", "none")]
    [InlineData("ntauthstores", "GenericWrite", "possible")]
    [InlineData("rootcas", "WriteDacl", "possible")]
    [InlineData("aiacas", "GenericAll", "none")]
    public async Task Who_controls_an_authority_may_have_the_domain(string type, string right, string gives) =>
        Assert.Equal(gives, await new DirectoryEstate().User("1105").Add(type, Authority, "LAB-CA", Ace("1105", "User", right)).Gives("1105", Domain));

    [Theory]
    [InlineData("1000", "possible")]
    [InlineData("1001", "none")]
    public async Task Who_administers_the_host_of_an_authority_has_its_key(string host, string gives) =>
        Assert.Equal(gives, await new DirectoryEstate().User("1105")
            .Add("computers", host, "HOST", Ace("1105", "User", "GenericAll"))
            .Add("enterprisecas", Authority, "LAB-CA", more: $"\"HostingComputer\":\"{Domain}-1000\"").Gives("1105", Domain));

    [Theory]
    [InlineData("true", "possible")]
    [InlineData("false", "none")]
    public async Task Where_the_authority_lets_requests_name_the_subject_every_template_that_signs_in_counts(string value, string gives) =>
        Assert.Equal(gives, await Estate("Enroll", ForOneself)
            .Add("enterprisecas", Authority, "LAB-CA", more: $$$"""
            "EnabledCertTemplates":[{"ObjectIdentifier":"{{{Template}}}","ObjectType":"CertTemplate"}],
            "CARegistryData":{"IsUserSpecifiesSanEnabled":{"Value":{{{value}}},"Collected":true}}
            """).Gives("1105", Domain));

    [Fact]
    public void An_authority_of_which_that_was_not_read_is_named()
    {
        var unread = Estate("Enroll", ForOneself).Add("enterprisecas", Authority, "LAB-CA", more: "\"EnabledCertTemplates\":[]");
        var read = Estate("Enroll", ForOneself).Add("enterprisecas", Authority, "LAB-CA", more: "\"CARegistryData\":{\"IsUserSpecifiesSanEnabled\":{\"Value\":false,\"Collected\":true}}");

        Assert.Contains(unread.Warnings(), warning => warning.Contains("whether requests may say whose name a certificate bears was not read of `LAB-CA`", StringComparison.Ordinal));
        Assert.DoesNotContain(read.Warnings(), warning => warning.Contains("whether requests may say", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_account_falls_with_it_and_a_claim_that_there_is_no_path_does_not_pass()
    {
        var estate = Estate("Enroll", NamesSubject).User("1106");

        var claim = await estate.NoPath("1105", "1106");

        Assert.Equal(("Unknown", false), (claim.Holds, claim.Passed));
        Assert.True((await Estate("Enroll", ForOneself).User("1106").NoPath("1105", "1106")).Passed);
    }

    private static DirectoryEstate Estate(string right, string settings) =>
        new DirectoryEstate().User("1105").Add("certtemplates", Template, "WEB", Ace("1105", "User", right), "", settings);
}
