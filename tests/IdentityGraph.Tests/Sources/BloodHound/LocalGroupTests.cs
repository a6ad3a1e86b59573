namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Whose a local group is that stands under the domain's identifier: the domain's on its controllers, else the computer's own.</summary>
public sealed class LocalGroupTests
{
    [Theory]
    [InlineData(""" "IsDC":false """, false, "DRWUA")]
    [InlineData(""" "PrimaryGroupSID":"S-1-5-21-1-2-3-515" """, false, "DRWUA")]
    [InlineData(""" "IsDC":true """, true, "DRWUAC")] // who administers a controller has the directory
    [InlineData(""" "IsDC":false,"PrimaryGroupSID":"S-1-5-21-1-2-3-521" """, true, "DRWUA")] // a read-only controller
    public async Task Only_on_a_controller_are_the_domains_own_groups_the_local_ones(string computer, bool isController, string rights)
    {
        var answer = await WithDomainsGroup(computer).BlastRadius("1105");

        Assert.Equal(rights, answer.Reached.Single(node => node.Id == "activedirectory:host/S-1-5-21-1-2-3-1000").Certain.Direct);
        Assert.Equal(isController, answer.Reached.Any(node => node.Id == DirectoryEstate.Node("1106")));
    }

    [Fact]
    public void A_group_of_the_domain_on_a_server_is_told_with_the_servers_name()
    {
        var server = WithDomainsGroup(""" "IsDC":false """).Read();
        var controller = WithDomainsGroup(""" "IsDC":true """).Read();

        Assert.Contains(
            "`HOST.LAB.TEST` is no domain controller, and its local group stands under the domain's identifier `LAB.TEST-S-1-5-32-544`: its members are taken as members of the computer's own group `S-1-5-21-1-2-3-1000-544`, not of the domain's",
            server.Report.Warnings);
        Assert.Contains(("S-1-5-21-1-2-3-1105", "LAB.TEST-S-1-5-32-544", "MemberOfLocalGroup"), server.Trace.Select(line => (line.Start, line.End!, line.Kind)));
        Assert.DoesNotContain(controller.Report.Warnings, warning => warning.Contains("is no domain controller", StringComparison.Ordinal));
    }

    /// <summary>The domain's Administrators control 1106; 1105 stands among the local administrators of HOST, under the domain's id.</summary>
    private static DirectoryEstate WithDomainsGroup(string computer) => new DirectoryEstate()
        .User("1105")
        .User("1106", aces: DirectoryEstate.Ace("LAB.TEST-S-1-5-32-544", "Group", "GenericAll"))
        .Add("computers", "1000", "HOST.LAB.TEST", properties: "\"enabled\":true", more: $$"""{{computer}},"LocalGroups":[{"Collected":true,"ObjectIdentifier":"LAB.TEST-S-1-5-32-544","Name":"IGNOREME","Results":[{"ObjectIdentifier":"{{DirectoryEstate.Id("1105")}}","ObjectType":"User"}]}]""");
}
