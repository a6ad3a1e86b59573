using IdentityGraph.Graph;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Collecting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace IdentityGraph.Daemon;

/// <summary>
/// Which source is collected when. Every daemon of a store keeps the whole schedule; the lease of the source decides which of them works.
/// What was missed while none ran is made up for once.
/// </summary>
internal sealed class CollectionSchedule(IReadOnlyList<ConfiguredSource> sources, Func<IInspectableStore> open, ISchedulerFactory schedulers, TimeProvider time, ILogger log) : IHostedService
{
    /// <summary>How long after a store that could not be used a source is tried again.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    /// <summary>The group of triggers that fire once, for what was missed.</summary>
    private const string MadeUp = "made-up";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        var (records, problem) = await RecordsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var source in sources)
        {
            var record = records?.FirstOrDefault(record => record.Source.Equals(source.Name, StringComparison.OrdinalIgnoreCase));
            var triggers = TriggersOf(source, record, records is not null, time);
            if (triggers.Count == 0)
            {
                log.Unscheduled(source.Name);
                continue;
            }

            if (problem is not null)
            {
                log.Unknown(source.Name, problem);
            }
            else if (triggers.Count > 1)
            {
                log.Missed(source.Name);
            }

            var job = JobBuilder.Create<CollectionJob>().WithIdentity(source.Name).Build();
            await scheduler.ScheduleJob(job, triggers, default, cancellationToken).ConfigureAwait(false);
            log.Scheduled(source.Name, source.When, triggers.Min(NextOf) is { } next ? Instants.ToText(next) : "never");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When a source is collected: by its schedule, and at once where a time of it was missed or its last collection was cut off.</summary>
    /// <param name="source">The source.</param>
    /// <param name="record">What is known of its last collection; null: it was never collected.</param>
    /// <param name="isKnown">Whether <paramref name="record"/> could be read; else a missed time is assumed.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<ITrigger> TriggersOf(ConfiguredSource source, SourceRecord? record, bool isKnown, TimeProvider time)
    {
        var (now, last) = (time.GetUtcNow(), record?.StartedAt);
        var isMissed = !isKnown || record is { StartedAt: not null, EndedAt: null } || (DueAfter(source, last) is { } due && due <= now);
        ITrigger? regular =
            source.Schedule is { } cron ? TriggerBuilder.Create(time).WithIdentity(source.Name, "schedule").ForJob(source.Name)
                .WithCronSchedule(cron, static schedule => schedule.WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build()
            : source.Every is { } every ? TriggerBuilder.Create(time).WithIdentity(source.Name, "schedule").ForJob(source.Name)
                .StartAt(isMissed || last is null ? now + every : last.Value + every)
                .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))
                .Build()
            : null;
        return regular is null ? [] : isMissed ? [regular, Once(source.Name, MadeUp, now, time)] : [regular];
    }

    /// <summary>A single further time, for what could not be done now and has no time of its own soon.</summary>
    public static ITrigger AgainAfter(string source, TimeProvider time) => Once(source, MadeUp, time.GetUtcNow() + s_again, time);

    /// <summary>
    /// Whether a source is tried again soon: where the store could not be used; and where what was to be made up for was held by another, who
    /// may have died and whose lease runs out. A time of the schedule that finds another collector at work is done with.
    /// </summary>
    public static bool IsTriedAgain(Ending ending, TriggerKey fired) => ending == Ending.NoStore || (ending == Ending.Skipped && fired.Group == MadeUp);

    /// <summary>When a trigger fires first.</summary>
    public static DateTimeOffset? NextOf(ITrigger trigger) => trigger.GetFireTimeAfter(trigger.StartTimeUtc.AddMilliseconds(-1));

    /// <summary>What was never collected has missed nothing by a calendar, and is due by an interval.</summary>
    private static DateTimeOffset? DueAfter(ConfiguredSource source, DateTimeOffset? last) =>
        source.Every is { } every ? (last ?? DateTimeOffset.MinValue) + every
        : last is { } since ? source.Schedule?.GetNextValidTimeAfter(since)
        : null;

    private static ITrigger Once(string source, string why, DateTimeOffset at, TimeProvider time) =>
        TriggerBuilder.Create(time).WithIdentity(source, why).ForJob(source).StartAt(at)
            .WithSimpleSchedule(static schedule => schedule.WithRepeatCount(0).WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();

    private async Task<(IReadOnlyList<SourceRecord>? Records, string? Problem)> RecordsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var store = open();
            await using (store.ConfigureAwait(false))
            {
                return (await store.CollectedAsync(cancellationToken).ConfigureAwait(false), null);
            }
        }
        catch (StoreException unusable)
        {
            return (null, unusable.Message);
        }
    }
}

/// <summary>Collects the source whose name is its key.</summary>
internal sealed class CollectionJob(IReadOnlyList<ConfiguredSource> sources, SourceRunner runner, TimeProvider time, ILogger log, IHostApplicationLifetime host) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var source = sources.First(one => one.Name == context.JobDetail.Key.Name);
        try
        {
            var outcome = await runner.RunAsync(source, stop.Token).ConfigureAwait(false);
            if (CollectionSchedule.IsTriedAgain(outcome.Ending, context.Trigger.Key))
            {
                var again = CollectionSchedule.AgainAfter(source.Name, time);
                await context.Scheduler.ScheduleTrigger(again, TriggerConflict.Replace, stop.Token).ConfigureAwait(false);
                log.Retried(source.Name, Instants.ToText(again.StartTimeUtc));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was said, and the run was dropped.
        }
    }
}
