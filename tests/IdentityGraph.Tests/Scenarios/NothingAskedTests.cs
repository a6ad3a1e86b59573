using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>A list of nothing, and one of nothing but unknowns, says why it is: it would be read as clean.</summary>
public sealed class NothingAskedTests
{
    private const string Day = "2025-06-03";

    [Fact]
    public async Task No_orphans_where_nothing_was_described_that_could_be_one_says_so()
    {
        var answer = await Orphans(run => run.Node("kim", "Person"));

        Assert.Empty(answer.Data.Identities);
        Assert.StartsWith("no source known by then described a service identity, agent, credential, grant, application or connector", Assert.Single(answer.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orphans_of_which_no_source_states_owners_say_so()
    {
        var answer = await Orphans(run => run.Service("bot").Service("other"));

        Assert.All(answer.Data.Identities, identity => Assert.Equal("Unknown", identity.Ownership));
        Assert.Equal(["who answers for 2 of 2 cannot be told: no source that states OWNED_BY was read; owners can be stated in a governance file"], answer.Warnings);
    }

    [Fact]
    public async Task Where_owners_were_read_only_those_are_named_of_whom_it_cannot_be_told()
    {
        var answer = await FactsStore.Ask(OwnershipLattice.Company(_ => { })).OrphansAsync(FactsStore.As(OwnershipLattice.Today), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(answer.Data.Identities, identity => identity.Ownership == "Orphaned");
        var unknown = answer.Data.Identities.Where(identity => identity.Ownership == "Unknown").Select(identity => identity.Id).ToList();
        Assert.NotEmpty(unknown);
        Assert.All(answer.Warnings, warning => Assert.Contains(unknown, id => warning.StartsWith($"who answers for {id} cannot be told: owner ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_ranking_of_nobody_says_whom_it_looked_for_and_who_is_there()
    {
        var answer = await Ranked(new BlastRadiiQuestion { Everybody = true }, run => run.Key("key").Account("kim"));

        Assert.Empty(answer.Data.Ranked);
        Assert.Equal(["nothing was ranked: no source described a ServiceIdentity, Agent, Application, Connector at that moment; there are 1 of --kind Account, 1 of --kind Credential"], answer.Warnings);
    }

    [Fact]
    public async Task A_ranking_of_somebody_does_not()
    {
        var answer = await Ranked(new BlastRadiiQuestion { Kinds = ["Account"] }, run => run.Key("key").Account("kim").Resource("vault").Edge("ENTITLES", "kim", "vault", ("level", "L2")));

        Assert.Equal(["kim"], answer.Data.Ranked.Select(one => one.Id));
        Assert.Empty(answer.Warnings);
    }

    [Fact]
    public async Task A_ranking_of_leavers_to_whom_nothing_is_linked_says_what_is_missing()
    {
        var answer = await Ranked(new BlastRadiiQuestion { Leavers = true }, run => Left(run));

        Assert.Equal(["kim"], answer.Data.Ranked.Select(one => one.Id));
        Assert.Contains(answer.Warnings, warning => warning.StartsWith("1 of 1 people who left have no account or credential linked to them", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ranking_of_leavers_with_accounts_does_not()
    {
        var answer = await Ranked(new BlastRadiiQuestion { Leavers = true }, run => Left(run).Account("kim@mail").Edge("BELONGS_TO", "kim@mail", "kim"));

        Assert.Equal(["kim"], answer.Data.Ranked.Select(one => one.Id));
        Assert.DoesNotContain(answer.Warnings, warning => warning.Contains("linked to them", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("KIM@LAB.TEST", "`KIM@LAB.TEST` is not in the graph by that id; it is the name of `ad:object/17`; `identity find TEXT` looks for a part of an id or name")]
    [InlineData("kim", "`kim` is not in the graph; `identity find TEXT` looks for a part of an id or name")]
    public async Task Who_gives_a_name_for_an_id_is_told_the_id(string text, string says)
    {
        var asked = FactsStore.Ask(Facts.Of("2025-06-02", run => run.Account("ad:object/17", ("name", "Kim@lab.test"))));

        var refused = await Assert.ThrowsAsync<UnknownIdentityException>(async () => await asked.BlastRadiusAsync(FactsStore.As(Day), [text], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(says, refused.Message);
    }

    private static Facts.Lines Left(Facts.Lines run) => run
        .Node("kim", "Person")
        .Node("job", "Employment", ("startAt", Facts.Instant("2024-01-01")), ("endAt", Facts.Instant("2025-05-01")), ("status", "ended"))
        .Edge("EMPLOYED_AS", "kim", "job");

    private static async Task<Answer<OrphansAnswer>> Orphans(Action<Facts.Lines> company) =>
        await FactsStore.Ask(Facts.Of("2025-06-02", company)).OrphansAsync(FactsStore.As(Day), cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<Answer<BlastRadiiAnswer>> Ranked(BlastRadiiQuestion question, Action<Facts.Lines> company) =>
        await FactsStore.Ask(Facts.Of("2025-06-02", company)).BlastRadiiAsync(FactsStore.As(Day), question, cancellationToken: TestContext.Current.CancellationToken);
}
