using IdentityGraph.Graph;
using IdentityGraph.Report;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Edges of kinds nobody here knows are told, never followed, and stand as a warning beside whatever they touch.</summary>
public sealed class UnreadEdgeTests
{
    private static Facts Estate() => new Facts().Run("crm", "2025-06-02", run => run
        .Node("bot", "ServiceIdentity", ("state", "Active"))
        .Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"), ("expiresAt", null))
        .Node("vault", "Resource")
        .Node("group", "Group")
        .Edge("AUTHENTICATES_AS", "key", "bot")
        .Edge("MEMBER_OF", "bot", "group")
        .Edge("SYNCS_INTO", "bot", "vault").With(key: "nightly")
        .Edge("SYNCED_ONCE", "bot", "vault").With("2025-01-01", "2025-02-01")
        .Edge("MIRRORS", "group", "elsewhere")
        .Complete("ServiceIdentity").Complete("Credential").Complete("Resource").Complete("Group")
        .Complete("AUTHENTICATES_AS").Complete("MEMBER_OF").Complete("SYNCS_INTO").Complete("MIRRORS"));

    private static Investigation Ask() => new(new FactsStore(Estate()), new(), TimeProvider.System);

    private static Ask On(string day) => new() { AsOf = Facts.Instant(day) };

    [Fact]
    public async Task Show_and_chain_tell_that_they_exist_and_what_they_are_called()
    {
        var shown = await Ask().IdentityShowAsync(On("2025-06-03"), "vault", TestContext.Current.CancellationToken);
        Assert.Equal(
            [("SYNCED_ONCE", "bot", "", "False"), ("SYNCS_INTO", "bot", "nightly", "True")],
            shown.Data.UnreadEdges.Select(edge => (edge.Kind, edge.Of, edge.Key, edge.Truth)));
        Assert.Contains("1 edge(s) of kinds that are not known", Assert.Single(shown.Warnings), StringComparison.Ordinal);

        var chain = await Ask().IdentityChainAsync(On("2025-06-03"), "key", ChainDirection.Both, cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(chain.Data.Hops, hop => hop.To == "vault");
        Assert.Contains(chain.Data.UnreadEdges, edge => edge.Kind == "SYNCS_INTO" && edge.To == "vault");
        Assert.Single(chain.Warnings);
    }

    [Fact]
    public async Task A_blast_radius_does_not_follow_them_and_says_so()
    {
        var radius = await Ask().BlastRadiusAsync(On("2025-06-03"), ["key"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["bot"], radius.Data.Reached.Select(node => node.Id));
        Assert.Contains("MIRRORS of `group` to `elsewhere`, SYNCS_INTO of `bot` to `vault`", Assert.Single(radius.Warnings, warning => warning.Contains("not known", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty((await Ask().BlastRadiusAsync(On("2025-06-03"), ["elsewhere"], cancellationToken: TestContext.Current.CancellationToken)).Data.Reached);
    }

    [Fact]
    public async Task What_they_do_not_touch_has_no_warning()
    {
        var facts = Estate().Run("crm", "2025-06-03", run => run.Node("lamp", "ServiceIdentity", ("state", "Active")));
        var radius = await new Investigation(new FactsStore(facts), new(), TimeProvider.System).BlastRadiusAsync(On("2025-06-03"), ["lamp"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(radius.Warnings, warning => warning.Contains("not known", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_leaver_whose_account_has_one_is_judged_with_a_warning()
    {
        static Facts Company(string kind) => new Facts().Run("hr", "2025-06-02", run => run
            .Node("pat", "Person", ("kind", "employee"))
            .Node("job", "Employment", ("startAt", Facts.Instant("2020-01-01")), ("endAt", Facts.Instant("2025-05-01")), ("status", "ended"))
            .Edge("EMPLOYED_AS", "pat", "job")
            .Node("pat@okta", "Account", ("state", "Disabled")).Edge("BELONGS_TO", "pat@okta", "pat")
            .Node("attic", "Resource")
            .Edge(kind, "pat@okta", "attic")
            .Complete("Person").Complete("Employment").Complete("EMPLOYED_AS").Complete("Account").Complete("BELONGS_TO"));

        async Task<IReadOnlyList<string>> Warnings(string kind) =>
            (await new Investigation(new FactsStore(Company(kind)), new(), TimeProvider.System).LeaversAsync(On("2025-06-03"), ["pat"], TestContext.Current.CancellationToken)).Warnings;

        Assert.Contains("KEEPS_KEY_OF of `pat@okta` to `attic`", Assert.Single(await Warnings("KEEPS_KEY_OF")), StringComparison.Ordinal);
        Assert.Empty(await Warnings("OWNED_BY"));
    }

    [Fact]
    public void They_have_a_part_in_the_name_of_the_facts_and_end_like_any_edge()
    {
        static Facts Said(params string[] kinds) => new Facts().Run("crm", "2025-06-02", run =>
        {
            foreach (var kind in kinds)
            {
                run.Edge(kind, "a", "b");
            }

            run.Complete("SYNCS_INTO");
        });

        Assert.NotEqual(Said().Snapshot().Hash, Said("SYNCS_INTO").Snapshot().Hash);
        var view = Said("SYNCS_INTO").Run("crm", "2025-06-05", run => run.Complete("SYNCS_INTO")).At("2025-06-06");
        Assert.Equal(Truth.False, Assert.Single(view.UnreadEdges(view.Find("a")!.Value)).Holds);
    }
}
