using static IdentityGraph.Tests.Sources.OpenGraph.Payload;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>What no relationship states of Active Directory is concluded from a payload as it is from SharpHound's own files.</summary>
public sealed class DirectoryRestTests
{
    private const string Domain = "S-1-5-21-1-2-3";
    private const string Authenticated = "LAB.TEST-S-1-5-11";
    private const string Template = "7E43AF6D-951D-48E7-8CC0-6546742A222F";
    private const string Authority = "BF8A11CB-667D-4E21-A50F-CBA1E9A97E79";
    private const string NamesSubject = "\"authenticationenabled\":true,\"enrolleesuppliessubject\":true,\"nosecurityextension\":false,\"ekus\":[\"1.3.6.1.5.5.7.3.2\"]";
    private const string ForOneself = "\"authenticationenabled\":true,\"enrolleesuppliessubject\":false,\"nosecurityextension\":false,\"ekus\":[\"1.3.6.1.5.5.7.3.2\"]";
    private const string NoSignIn = "\"authenticationenabled\":false,\"enrolleesuppliessubject\":true,\"nosecurityextension\":false";
    private static readonly string s_domain = Object(Domain, "Domain", "\"name\":\"LAB.TEST\"");

    private static string Object(string id, string kind, string properties = "\"enabled\":true") =>
        $$$"""{"id":"{{{id}}}","kinds":["{{{kind}}}","Base"],"properties":{"domain":"LAB.TEST","domainsid":"{{{Domain}}}",{{{properties}}}}}""";

    private static string User(string number) => Object($"{Domain}-{number}", "User");

    /// <summary>"certain", "possible" or "none": what falls of the target with the account 1105.</summary>
    private static async Task<string> Gives(string target, IEnumerable<string> nodes, params string[] edges)
    {
        using var folder = new Stores.TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(folder.Sub()).FullName, "graph.json");
        await File.WriteAllTextAsync(path, Whole([s_domain, User("1105"), .. nodes], edges, "Base"), TestContext.Current.CancellationToken);
        var answer = await BlastRadius([(new IdentityGraph.Sources.OpenGraph.OpenGraphFormat(), path)], $"activedirectory:object/{Domain}-1105");
        var found = answer.Reached.SingleOrDefault(node => node.Id == "activedirectory:object/" + target);
        return found is null ? "none" : found.Certain.Direct + found.Certain.Amplified is "" ? "possible" : "certain";
    }

    [Theory]
    [InlineData("Enroll", NamesSubject, "possible")]
    [InlineData("Enroll", ForOneself, "none")]
    [InlineData("Enroll", NoSignIn + ",\"ekus\":[\"1.3.6.1.5.5.7.3.1\"]", "none")]
    [InlineData("Enroll", NoSignIn + ",\"effectiveekus\":[\"1.3.6.1.4.1.311.20.2.1\"]", "possible")] // enrols in the name of others
    [InlineData("Enroll", NoSignIn, "possible")] // what its certificates are for is not said
    [InlineData("GenericWrite", ForOneself, "possible")]
    [InlineData("Contains", NamesSubject, "none")]
    public async Task A_right_on_a_template_may_give_the_domain_unless_the_template_rules_it_out(string right, string settings, string gives) =>
        Assert.Equal(gives, await Gives(Domain, [Object(Template, "CertTemplate", "\"name\":\"T\"," + settings)], Edge($"{Domain}-1105", right, Template)));

    [Theory]
    [InlineData("true", "possible")]
    [InlineData("false", "none")]
    public async Task Where_an_authority_lets_requests_name_the_subject_every_template_that_signs_in_counts(string value, string gives) =>
        Assert.Equal(gives, await Gives(
            Domain,
            [Object(Template, "CertTemplate", "\"name\":\"T\"," + ForOneself), Object(Authority, "EnterpriseCA", $"\"name\":\"CA\",\"isuserspecifiessanenabled\":{value}")],
            Edge($"{Domain}-1105", "Enroll", Template)));

    [Theory]
    [InlineData(Authenticated, "certain")]
    [InlineData("LAB.TEST-S-1-1-0", "certain")]
    [InlineData("LAB.TEST-S-1-5-32-546", "none")] // another well-known group
    [InlineData("OTHER.TEST-S-1-5-11", "none")] // another domain's
    public async Task An_account_has_the_rights_of_everybody_whether_or_not_its_group_is_stated(string holder, string gives)
    {
        var nodes = new[] { Object(holder, "Group", "\"name\":\"G\""), User("1106"), Object($"{Domain}-513", "Group", "\"name\":\"DOMAIN USERS\"") };
        var right = Edge(holder, "GenericAll", $"{Domain}-1106");

        Assert.Equal(gives, await Gives($"{Domain}-1106", nodes, right));
        Assert.Equal(gives, await Gives($"{Domain}-1106", nodes, right, Edge($"{Domain}-1105", "MemberOf", $"{Domain}-513")));
    }

    [Fact]
    public void Everybody_is_met_where_an_extension_names_them_too()
    {
        var nodes = new[] { s_domain, User("1105"), Object(Authenticated, "Group", "\"name\":\"G\""), Node("sa", "MSSQL_Login") };

        Assert.Contains($"MEMBER_OF {Domain}-1105 -> {Authenticated}", Read(Whole(nodes, [Edge(Authenticated, "MSSQL_HasLogin", "sa")])).Facts);
        Assert.DoesNotContain($"MEMBER_OF {Domain}-1105 -> {Authenticated}", Read(Whole(nodes, [Edge($"{Domain}-1105", "MSSQL_HasLogin", "sa")])).Facts);
    }

    [Fact]
    public void The_key_of_tickets_is_there_with_its_account()
    {
        Assert.Contains(Read(Whole([s_domain, User("502")], [])).Nodes, node => node.Id == $"activedirectory:ticket-key/{Domain}-502");
        Assert.DoesNotContain(Read(Whole([s_domain, User("1502")], [])).Nodes, node => node.Id.Contains("ticket-key", StringComparison.Ordinal));
    }
}
