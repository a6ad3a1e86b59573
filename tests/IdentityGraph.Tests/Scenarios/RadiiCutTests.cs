using IdentityGraph.Collect;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// Two bots read the note with the key of the admin, who has the safe; a third has the safe itself, a fourth reads another note. Which of
/// them reach less without one edge is told beside the ranking, and all others are left alone.
/// </summary>
public sealed class RadiiCutTests
{
    private static readonly Action<Facts.Lines> s_facts = l => l
        .Service("one").Service("two").Service("three").Service("four").Service("admin").Resource("note").Resource("other").Resource("safe")
        .Key("key")
        .Edge("ENTITLES", "one", "note", ("level", "L2")).Edge("ENTITLES", "two", "note", ("level", "L2"))
        .Edge("ENTITLES", "three", "safe", ("level", "L3")).Edge("ENTITLES", "four", "other", ("level", "L2"))
        .Edge("STORED_IN", "key", "note").Edge("AUTHENTICATES_AS", "key", "admin").Edge("ENTITLES", "admin", "safe", ("level", "L3"));

    private static readonly RemovedEdge s_stored = new("STORED_IN", "key", "note", null);

    [Fact]
    public async Task Only_who_came_through_the_edge_reaches_less_without_it()
    {
        var data = (await AskAsync([s_stored])).Data;

        Assert.Equal(["one 4 to 1", "two 4 to 1"], data.Cut!.Moved.Select(Told));
        Assert.Equal(2, data.Cut.CountedAgain);
        Assert.Equal("key STORED_IN note", data.Cut.Edges.Select(edge => $"{edge.Of} {edge.Edge} {edge.To}").Single());
        Assert.Equal(data.Ranked.Single(one => one.Id == "two").Score, data.Cut.Moved[1].Before.Score);
    }

    [Fact]
    public async Task It_is_what_everybody_counted_again_would_show()
    {
        foreach (var cut in (RemovedEdge[])[s_stored, new("ENTITLES", "admin", "safe", null), new("ENTITLES", "four", "other", null), new("AUTHENTICATES_AS", "key", "admin", null)])
        {
            var (data, whole) = ((await AskAsync([cut])).Data, (await AskAsync([], new Overlay { RemovedEdges = [cut] })).Data);

            var after = data.Ranked.ToDictionary(one => one.Id, one => (one.Reached, one.Score));
            foreach (var moved in data.Cut!.Moved)
            {
                after[moved.Id] = (moved.After.Reached, moved.After.Score);
            }

            Assert.Equal(whole.Ranked.OrderBy(one => one.Id).Select(one => (one.Id, one.Reached, one.Score)), after.OrderBy(one => one.Key).Select(one => (one.Key, one.Value.Reached, one.Value.Score)));
            Assert.NotEmpty(data.Cut.Moved);
        }
    }

    [Fact]
    public async Task An_edge_that_is_not_there_is_named_and_changes_nothing()
    {
        var answer = await AskAsync([s_stored with { Kind = "HELD_BY" }]);

        Assert.Empty(answer.Data.Cut!.Moved);
        Assert.Equal(["there is no HELD_BY from `key` to `note`: to cut it changes nothing"], answer.Warnings);
        await Assert.ThrowsAsync<UnknownIdentityException>(async () => await AskAsync([s_stored with { To = "nowhere" }]));
    }

    [Fact]
    public async Task Nothing_is_said_of_it_where_nobody_asked() => Assert.Null((await AskAsync([])).Data.Cut);

    private static string Told(MovedRadius moved) => $"{moved.Id} {moved.Before.Reached.Certain.Amplified} to {moved.After.Reached.Certain.Amplified}";

    private static async Task<Answer<BlastRadiiAnswer>> AskAsync(IReadOnlyList<RemovedEdge> cut, Overlay? overlay = null) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, s_facts)).BlastRadiiAsync(
            FactsStore.As(Estate.Day) with { Overlay = overlay },
            new BlastRadiiQuestion { Everybody = true, Cut = cut },
            cancellationToken: TestContext.Current.CancellationToken);
}
