using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Leavers;

/// <summary>Who is employed and who has left, when HR says so by dates, by status, by silence, or not at all.</summary>
public sealed class EmploymentsTests
{
    private const string Read = "2025-06-02";

    [Theory]
    [InlineData("2025-05-31T23:59:59Z", Truth.True, Truth.False)]
    [InlineData("2025-06-01", Truth.False, Truth.True)] // the end is not part of it
    public void An_engagement_lasts_until_its_end(string asOf, Truth active, Truth leaver)
    {
        var facts = Facts.Of("2025-05-01", run => Engaged(run, "kim", ("startAt", Facts.Instant("2024-01-01")), ("endAt", Facts.Instant("2025-06-01")), ("status", "active")));
        Assert.Equal((active, leaver), Judge(facts, asOf));
    }

    [Theory]
    [InlineData("active", Truth.True, Truth.False)]
    [InlineData("onLeave", Truth.True, Truth.False)]
    [InlineData("ended", Truth.False, Truth.True)]
    [InlineData("pending", Truth.False, Truth.False)] // what has not begun makes nobody a leaver
    [InlineData("sabbatical", Truth.Unknown, Truth.Unknown)] // a word nobody knows
    public void Status_decides_where_no_date_does(string status, Truth active, Truth leaver) => Assert.Equal(
        (active, leaver),
        Judge(Facts.Of(Read, run => Engaged(run, "kim", ("startAt", Facts.Instant("2024-01-01")), ("status", status)))));

    [Fact]
    public void Ended_without_a_date_ended_at_the_latest_when_that_was_first_said()
    {
        var facts = new Facts();
        foreach (var (day, status) in new[] { ("2025-05-01", "active"), ("2025-05-10", "ended"), ("2025-05-20", "ended") })
        {
            facts.Run("hr", day, run => Engaged(run, "kim", ("startAt", Facts.Instant("2024-01-01")), ("status", status)).Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"));
        }

        Assert.Equal(new EngagementEnd(Facts.Instant("2025-05-10"), UpperBound: true), LeaverAt(facts));
    }

    [Fact]
    public void A_contract_that_follows_without_a_gap_is_no_leaving_and_the_latest_end_counts()
    {
        var facts = Facts.Of(Read, run => Engaged(run, "kim", ("startAt", Facts.Instant("2024-01-01")), ("endAt", Facts.Instant("2025-05-01")), ("status", "ended"))
            .Node("job2", "Employment", ("kind", "contractor"), ("startAt", Facts.Instant("2025-04-01")), ("endAt", Facts.Instant("2025-07-01")), ("status", "active"))
            .Edge("EMPLOYED_AS", "kim", "job2"));
        Assert.Equal((Truth.True, Truth.False), Judge(facts));
        Assert.Equal((Truth.False, Truth.True), Judge(facts, "2025-07-01"));
        Assert.Equal(new EngagementEnd(Facts.Instant("2025-07-01"), UpperBound: false), LeaverAt(facts, "2025-07-01"));
    }

    [Fact]
    public void A_person_HR_no_longer_lists_is_unknown_unless_a_date_decides()
    {
        Assert.Equal((Truth.Unknown, Truth.Unknown), Judge(Dropped(endAt: null), "2025-06-05"));
        Assert.Equal((Truth.False, Truth.True), Judge(Dropped(endAt: "2025-06-04"), "2025-06-05"));
    }

    [Fact]
    public void Nobody_known_to_HR_is_a_leaver_only_where_HR_was_read_for_them()
    {
        var read = Facts.Of(Read, run => Engaged(run, "pat", ("status", "active")).Node("kim", "Person"));
        Assert.Equal((Truth.False, Truth.False), Judge(read));
        var unread = read.Run("wiki", Read, run => run.Node("lou", "Person"));
        Assert.Equal((Truth.False, Truth.Unknown), Judge(unread, Read, "lou"));
    }

    [Fact]
    public void What_HR_showed_long_ago_is_unknown_but_what_had_ended_stays_so()
    {
        var facts = Facts.Of(Read, run =>
        {
            Engaged(run, "kim", ("startAt", Facts.Instant("2024-01-01")), ("status", "active"));
            Engaged(run, "lou", ("startAt", Facts.Instant("2024-01-01")), ("endAt", Facts.Instant("2025-05-01")), ("status", "ended"));
        });
        Assert.Equal((Truth.Unknown, Truth.Unknown), Judge(facts, "2025-12-01"));
        Assert.Equal((Truth.False, Truth.True), Judge(facts, "2025-12-01", "lou"));
    }

    [Fact]
    public void Whoever_has_yet_to_come_has_not_left_though_HR_was_never_read_to_its_end()
    {
        var hired = new Facts().Run("hr", Read, run => Engaged(run, "kim", ("startAt", Facts.Instant("2025-07-01"))).Node("lou", "Person"));
        Assert.Equal((Truth.False, Truth.False), Judge(hired));
        Assert.Equal((Truth.False, Truth.Unknown), Judge(hired, Read, "lou")); // of whom nothing is told
        var cameAndWent = new Facts().Run("hr", Read, run => Engaged(run, "kim", ("startAt", Facts.Instant("2025-07-01")), ("endAt", Facts.Instant("2025-08-01"))));
        Assert.Equal((Truth.False, Truth.True), Judge(cameAndWent, "2025-08-01"));
    }

    [Fact]
    public void An_end_that_lies_ahead_of_an_engagement_already_ended_is_not_its_end()
    {
        var facts = Facts.Of(Read, run => Engaged(run, "kim", ("startAt", Facts.Instant("2024-01-01")), ("endAt", Facts.Instant("2025-09-01")), ("status", "ended")));
        Assert.Equal((Truth.False, Truth.True), Judge(facts, "2025-06-03"));
        Assert.Equal(new EngagementEnd(Facts.Instant(Read), UpperBound: true), LeaverAt(facts, "2025-06-03"));
        Assert.Equal(new EngagementEnd(Facts.Instant("2025-09-01"), UpperBound: false), LeaverAt(facts, "2025-09-01"));
    }

    private static Facts Dropped(string? endAt) => new Facts()
        .Run("hr", "2025-06-01", run => Engaged(run, "kim", ("startAt", Facts.Instant("2024-01-01")), ("endAt", endAt is null ? null : Facts.Instant(endAt)), ("status", "active"))
            .Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"))
        .Run("hr", "2025-06-03", run => run.Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"));

    private static Facts.Lines Engaged(Facts.Lines run, string person, params (string Name, object? Value)[] employment) => run
        .Node(person, "Person").Node($"job:{person}", "Employment", employment).Edge("EMPLOYED_AS", person, $"job:{person}");

    private static (Truth Active, Truth Leaver) Judge(Facts facts, string asOf = Read, string person = "kim")
    {
        var view = facts.At(asOf);
        var employments = new Employments(view);
        return (employments.IsActive(view.Find(person)!.Value), employments.IsLeaver(view.Find(person)!.Value));
    }

    private static EngagementEnd? LeaverAt(Facts facts, string asOf = Read)
    {
        var view = facts.At(asOf);
        return new Employments(view).LeaverAt(view.Find("kim")!.Value);
    }
}
