using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// What edges name and no source describes is never live, so that no rule goes through it. It is told wherever a "no" rests on that, and
/// no claim passes by it alone.
/// </summary>
public sealed class NeverDescribedTests
{
    /// <summary>Mia is in a group nobody described, which is in one that may write the ledger; Ned is in a group that leads nowhere.</summary>
    private static readonly Action<Facts.Lines> s_estate = l => l
        .Account("mia").Account("ned").Node("admins", "Group").Resource("ledger").Resource("wiki")
        .Edge("MEMBER_OF", "mia", "ghosts").Edge("MEMBER_OF", "ghosts", "admins").Edge("ENTITLES", "admins", "ledger", ("level", "L5"))
        .Edge("MEMBER_OF", "ned", "choir").Edge("ENTITLES", "ned", "attic", ("level", "L3"));

    private static Investigation Investigate() => new(new FactsStore(new Facts().Run("idp", "2025-06-01", s_estate)), new(), TimeProvider.System);

    private static Ask Then => new() { AsOf = Facts.Instant("2025-06-02") };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mia", "ledger", "Unknown")]
    [InlineData("mia", "wiki", "True")]
    [InlineData("ned", "ledger", "True")]
    [InlineData("ned", "attic", "Unknown")]
    [InlineData("ghosts", "wiki", "Unknown")]
    public async Task No_path_is_claimed_through_it(string from, string to, string holds)
    {
        var claim = new NoPathAssertion { From = new Chosen { Ids = [from] }, To = new Chosen { Ids = [to] } };

        Assert.Equal(holds, Assert.Single((await Investigate().AssertAsync(Then, new AssertQuestion { Assertions = [claim] }, Cancelled)).Data.Assertions).Holds);
    }

    [Theory]
    [InlineData("ghosts", "Unknown")]
    [InlineData("readers", "True")]
    public async Task Who_reads_already_may_write_by_it(string group, string holds)
    {
        var facts = new Facts().Run("idp", "2025-06-01", l => l
            .Account("mia").Node("readers", "Group").Resource("ledger")
            .Edge("ENTITLES", "mia", "ledger", ("level", "L2")).Edge("MEMBER_OF", "mia", group).Edge("ENTITLES", group, "ledger", ("level", group == "ghosts" ? "L5" : "L2")));
        var claim = new NoPathAssertion { From = new Chosen { Ids = ["mia"] }, To = new Chosen { Ids = ["ledger"] }, Level = Level.L5 };

        var answer = await new Investigation(new FactsStore(facts), new(), TimeProvider.System).AssertAsync(Then, new AssertQuestion { Assertions = [claim] }, Cancelled);

        Assert.Equal(holds, Assert.Single(answer.Data.Assertions).Holds);
    }

    [Theory]
    [InlineData("mia", "Unknown")]
    [InlineData("ned", "True")]
    public async Task No_blast_radius_is_within_a_budget_by_it(string of, string holds)
    {
        var claim = new MaxBlastAssertion { Of = new Chosen { Ids = [of] }, Limits = new BlastLimits(Nodes: 5) };

        Assert.Equal(holds, Assert.Single((await Investigate().AssertAsync(Then, new AssertQuestion { Assertions = [claim] }, Cancelled)).Data.Assertions).Holds);
    }

    [Fact]
    public async Task Every_question_that_says_no_names_it()
    {
        var ask = Investigate();

        Assert.Contains((await ask.ExposureAsync(Then, "ledger", cancellationToken: Cancelled)).Warnings, Names("`ghosts`"));
        Assert.Contains((await ask.ExposureAsync(Then, "attic", cancellationToken: Cancelled)).Warnings, Names("`attic`"));
        Assert.Contains((await ask.PathAsync(Then, "mia", "ledger", cancellationToken: Cancelled)).Warnings, Names("`ghosts`"));
        Assert.Contains((await ask.WhyNotAsync(Then, "mia", "ledger", Cancelled)).Warnings, Names("`ghosts`"));
        Assert.Contains((await ask.CutsAsync(Then, new CutsQuestion { From = ["mia"], To = ["ledger"] }, Cancelled)).Warnings, Names("`ghosts`"));
        Assert.Contains((await ask.ChokePointsAsync(Then, new ChokePointsQuestion { From = ["mia"], To = ["ledger"] }, Cancelled)).Warnings, Names("`ghosts`"));
        Assert.Contains((await ask.BlastRadiusAsync(Then, ["mia"], cancellationToken: Cancelled)).Warnings, Names("`ghosts`"));
        Assert.Contains((await ask.BlastRadiusAsync(Then, ["ned"], cancellationToken: Cancelled)).Warnings, Names("`attic`, `choir`"));
        Assert.DoesNotContain((await ask.ExposureAsync(Then, "wiki", cancellationToken: Cancelled)).Warnings, Names("`ghosts`"));
    }

    [Fact]
    public async Task Whether_it_is_reached_is_not_told_as_no_facts()
    {
        var why = await Investigate().WhyNotAsync(Then, "ned", "attic", Cancelled);

        Assert.StartsWith("no source describes `attic`", why.Data.Because, StringComparison.Ordinal);
        Assert.StartsWith("no facts that are known lead there", (await Investigate().WhyNotAsync(Then, "ned", "wiki", Cancelled)).Data.Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_and_not_read_may_be_read_and_written_as_the_fact_says()
    {
        var facts = new Facts().Run("idp", "2025-06-01", l => l.Account("mia").Seen("bucket", "Resource").Edge("ENTITLES", "mia", "bucket", ("level", "L3")));

        var exposed = await new Investigation(new FactsStore(facts), new(), TimeProvider.System).ExposureAsync(Then, "bucket", cancellationToken: Cancelled);

        Assert.Equal(("mia", "", "DRW"), exposed.Data.Attackers.Select(one => (one.Id, one.Certain.Direct, one.Possible.Direct)).Single());
    }

    [Fact]
    public async Task A_no_says_which_source_was_not_read_to_its_end()
    {
        var warning = Assert.Single((await Investigate().PathAsync(Then, "ned", "wiki", cancellationToken: Cancelled)).Warnings, Names("not all was read"));

        Assert.EndsWith("idp was never read to its end", warning, StringComparison.Ordinal);
        var whole = new Facts().Run("idp", "2025-06-01", l => { s_estate(l); l.Complete("Account").Complete("Group").Complete("Resource").Complete("MEMBER_OF").Complete("ENTITLES"); });
        Assert.DoesNotContain((await new Investigation(new FactsStore(whole), new(), TimeProvider.System).PathAsync(Then, "ned", "ledger", cancellationToken: Cancelled)).Warnings, Names("not all was read"));
    }

    private static Predicate<string> Names(string words) => warning => warning.Contains(words, StringComparison.Ordinal);
}
