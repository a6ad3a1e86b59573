namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>The account that signs the tickets of a domain is always disabled, and its key is honoured all the same.</summary>
public sealed class TicketKeyTests
{
    [Fact]
    public async Task The_key_that_signs_tickets_has_the_domain_though_its_account_is_disabled()
    {
        var estate = new DirectoryEstate().User("502", enabled: false).User("1106").User("1107", enabled: false);

        var key = await estate.BlastRadius("activedirectory:ticket-key/S-1-5-21-1-2-3-502");
        var account = await estate.BlastRadius("502");
        var left = await estate.BlastRadius("1107");

        Assert.Equal("U", key.Reached.Single(node => node.Id == DirectoryEstate.Node("1106")).Certain.Amplified);
        Assert.Empty(account.Reached);
        Assert.Empty(left.Reached);
    }

    [Fact]
    public async Task Who_resets_the_account_that_signs_tickets_has_the_domain_and_who_resets_another_disabled_one_nothing()
    {
        var estate = new DirectoryEstate().User("1105").User("1108").User("1106")
            .User("502", enabled: false, aces: DirectoryEstate.Ace("1105", "User", "GenericAll"))
            .User("1107", enabled: false, aces: DirectoryEstate.Ace("1108", "User", "GenericAll"));

        Assert.Equal("U", (await estate.BlastRadius("1105")).Reached.Single(node => node.Id == DirectoryEstate.Node("1106")).Certain.Amplified);
        Assert.DoesNotContain((await estate.BlastRadius("1108")).Reached, node => node.Id == DirectoryEstate.Node("1106"));
    }
}
