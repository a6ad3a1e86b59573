using IdentityGraph.Daemon;
using IdentityGraph.Stores.Collecting;
using IdentityGraph.Tests.Stores;
using Quartz;

namespace IdentityGraph.Tests.Daemon;

/// <summary>When a source is collected, asked of its triggers with a clock that stands still.</summary>
public sealed class CollectionScheduleTests
{
    private static readonly DateTimeOffset s_noon = new(2025, 6, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly ConfiguredSource s_daily = new() { Name = "hr", Path = "staff.csv", Schedule = CronExpression.Parse("0 0 6 * * ?").WithTimeZone(TimeZoneInfo.Utc) };

    private static readonly ConfiguredSource s_quarterly = new() { Name = "okta", Path = "okta.ndjson", Every = TimeSpan.FromMinutes(15) };

    [Fact]
    public void A_schedule_fires_at_its_times_and_not_before()
    {
        var trigger = Assert.Single(Triggers(s_daily, Ended(s_noon.AddHours(-6))));

        Assert.Equal([At(3, 6), At(4, 6)], Times(trigger, 2));
    }

    [Fact]
    public void A_time_that_was_missed_while_nothing_ran_is_made_up_for_once()
    {
        var triggers = Triggers(s_daily, Ended(s_noon.AddDays(-4)));

        Assert.Equal([At(3, 6), At(4, 6)], Times(triggers[0], 2));
        Assert.Equal([s_noon], Times(triggers[1], 2));
    }

    [Fact]
    public void A_source_that_was_never_collected_waits_for_its_calendar_and_not_for_an_interval()
    {
        Assert.Single(Triggers(s_daily, null));
        var every = Triggers(s_quarterly, null);

        Assert.Equal([s_noon.AddMinutes(15), s_noon.AddMinutes(30)], Times(every[0], 2));
        Assert.Equal([s_noon], Times(every[1], 2));
    }

    [Fact]
    public void An_interval_counts_from_the_last_collection()
    {
        var trigger = Assert.Single(Triggers(s_quarterly, Ended(s_noon.AddMinutes(-5))));

        Assert.Equal([s_noon.AddMinutes(10), s_noon.AddMinutes(25)], Times(trigger, 2));
    }

    [Fact]
    public void A_collection_that_was_cut_off_is_gone_on_with_at_once_and_one_that_ended_is_not()
    {
        Assert.Equal(2, Triggers(s_daily, Ended(s_noon.AddMinutes(-1)) with { EndedAt = null }).Count);
        Assert.Single(Triggers(s_daily, Ended(s_noon.AddMinutes(-1))));
    }

    [Fact]
    public void What_cannot_be_known_is_taken_for_missed()
    {
        Assert.Equal(2, CollectionSchedule.TriggersOf(s_daily, null, isKnown: false, new StoppedClock(s_noon)).Count);
        Assert.Empty(CollectionSchedule.TriggersOf(s_daily with { Schedule = null }, null, isKnown: false, new StoppedClock(s_noon)));
    }

    [Fact]
    public void A_misfire_fires_once_and_then_goes_on()
    {
        Assert.Equal(CronTriggerMisfireInstruction.FireAndProceed, Assert.IsAssignableFrom<ICronTrigger>(Triggers(s_daily, Ended(s_noon))[0]).MisfireInstruction);
        Assert.Equal(SimpleTriggerMisfireInstruction.NowWithExistingCount, Assert.IsAssignableFrom<ISimpleTrigger>(Triggers(s_quarterly, Ended(s_noon))[0]).MisfireInstruction);
    }

    [Fact]
    public void A_store_that_could_not_be_used_is_tried_again_soon_and_a_time_at_which_another_collects_is_not()
    {
        var made = Triggers(s_quarterly, null);

        Assert.True(CollectionSchedule.IsTriedAgain(Ending.NoStore, made[0].Key));
        Assert.False(CollectionSchedule.IsTriedAgain(Ending.Skipped, made[0].Key));
        Assert.True(CollectionSchedule.IsTriedAgain(Ending.Skipped, made[1].Key));
        Assert.False(CollectionSchedule.IsTriedAgain(Ending.Refused, made[1].Key));
        Assert.Equal([s_noon.AddMinutes(1)], Times(CollectionSchedule.AgainAfter("okta", new StoppedClock(s_noon)), 2));
    }

    private static IReadOnlyList<ITrigger> Triggers(ConfiguredSource source, SourceRecord? record) => CollectionSchedule.TriggersOf(source, record, isKnown: true, new StoppedClock(s_noon));

    private static SourceRecord Ended(DateTimeOffset at) => new() { Source = "x", StartedAt = at, EndedAt = at, Outcome = "collected" };

    private static DateTimeOffset At(int day, int hour) => new(2025, 6, day, hour, 0, 0, TimeSpan.Zero);

    private static List<DateTimeOffset> Times(ITrigger trigger, int most)
    {
        List<DateTimeOffset> times = [];
        for (var next = trigger.GetFireTimeAfter(trigger.StartTimeUtc.AddSeconds(-1)); next is { } at && times.Count < most; next = trigger.GetFireTimeAfter(at))
        {
            times.Add(at);
        }

        return times;
    }
}
