
namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// What was last read when, asked as of 2 June: the directory is read whole on 20 and 31 May, 4 and 10 June. That more was read later
/// makes no evidence older, and none of it is later than the moment asked about.
/// </summary>
public sealed class EvidenceInstantTests
{
    private static readonly string[] s_days = ["2025-05-20", "2025-05-31", "2025-06-04", "2025-06-10"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_later_run_changes_no_last_evidence_of_an_earlier_day(bool from)
    {
        var two = await Told(Reads(2, from));
        Assert.Equal(["shop Verified 2025-05-31", "wiki NotStarted 2025-05-31", "seen 2025-05-20 to 2025-05-31", "state 2025-05-31"], two);
        Assert.Equal(two, await Told(Reads(3, from)));
        Assert.Equal(two, await Told(Reads(4, from)));
    }

    [Fact]
    public async Task Where_no_run_read_it_in_between_it_was_last_read_by_the_one_before() =>
        Assert.Equal(["shop Verified 2025-05-20", "wiki NotStarted 2025-05-20", "seen 2025-05-20 to 2025-05-20", "state 2025-05-20"], await Told(Reads(4, from: true, without: 1)));

    private static async Task<IEnumerable<string>> Told(Facts facts)
    {
        var ask = FactsStore.As("2025-06-02");
        var leaver = Assert.Single((await FactsStore.Ask(facts).LeaversAsync(ask, ["kim"], TestContext.Current.CancellationToken)).Data.Leavers);
        var shown = (await FactsStore.Ask(facts).IdentityShowAsync(ask, "kim@shop", TestContext.Current.CancellationToken)).Data;
        return
        [
            .. leaver.Systems.Select(system => $"{system.System} {system.State} {system.LastEvidence?.At:yyyy-MM-dd}"),
            $"seen {shown.Node.FirstSeen:yyyy-MM-dd} to {shown.Node.LastSeen:yyyy-MM-dd}",
            $"state {shown.Properties.Single(property => property.Name == "state").ObservedAt:yyyy-MM-dd}",
        ];
    }

    /// <param name="runs">How many of them.</param>
    /// <param name="from">Whether it says since when what it says holds.</param>
    /// <param name="without">One that did not take place; below 0: none.</param>
    private static Facts Reads(int runs, bool from, int without = -1)
    {
        var facts = new Facts().Run("hr", "2025-05-19", run => run.Person("kim", "2025-05-01").Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"));
        foreach (var day in s_days.Take(runs).Where((_, number) => number != without))
        {
            facts = facts.Run("ad", day, run =>
            {
                foreach (var (system, state) in new[] { ("shop", "Disabled"), ("wiki", "Active") })
                {
                    run.Node(system, "System").Node($"kim@{system}", "Account", ("state", state)).With(from: from ? "2025-05-02" : null)
                        .Edge("IN_SYSTEM", $"kim@{system}", system).Edge("BELONGS_TO", $"kim@{system}", "kim");
                }

                run.Complete("System").Complete("Account").Complete("IN_SYSTEM").Complete("BELONGS_TO");
            });
        }

        return facts;
    }
}
