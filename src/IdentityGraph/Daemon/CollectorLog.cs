using Microsoft.Extensions.Logging;

namespace IdentityGraph.Daemon;

/// <summary>What the daemon says, one line an event.</summary>
internal static partial class CollectorLog
{
    public static void Ended(this ILogger log, string source, SourceOutcome outcome)
    {
        var level = outcome.Ending switch
        {
            Ending.Collected or Ending.Unchanged => LogLevel.Information,
            Ending.Partial or Ending.Skipped => LogLevel.Warning,
            _ => LogLevel.Error,
        };
        if (log.IsEnabled(level))
        {
            log.Ended(level, source, outcome.Ending.ToString().ToLowerInvariant(), outcome.Runs.Count, outcome.Observations, outcome.Rejected, outcome.Detail);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "daemon begins with {Sources} source(s) into {Store}")]
    public static partial void Started(this ILogger log, int sources, string store);

    [LoggerMessage(2, LogLevel.Information, "daemon ends")]
    public static partial void Ends(this ILogger log);

    [LoggerMessage(3, LogLevel.Information, "{Source}: {When}, next at {Next}")]
    public static partial void Scheduled(this ILogger log, string source, string when, string next);

    [LoggerMessage(4, LogLevel.Warning, "{Source}: no schedule, collected by hand only")]
    public static partial void Unscheduled(this ILogger log, string source);

    [LoggerMessage(5, LogLevel.Information, "{Source}: a time was missed while nothing ran, or it was never collected: collected now, once")]
    public static partial void Missed(this ILogger log, string source);

    [LoggerMessage(6, LogLevel.Warning, "{Source}: what was collected before cannot be read, so it is collected now: {Problem}")]
    public static partial void Unknown(this ILogger log, string source, string problem);

    [LoggerMessage(7, LogLevel.Information, "{Source}: tried again at {At}")]
    public static partial void Retried(this ILogger log, string source, string at);

    [LoggerMessage(10, LogLevel.Information, "{Source}: begins, lease {Fence}")]
    public static partial void Begun(this ILogger log, string source, long fence);

    [LoggerMessage(11, LogLevel.Information, "{Source}: reading {File} as {Format}")]
    public static partial void Reading(this ILogger log, string source, string file, string format);

    [LoggerMessage(12, LogLevel.Information, "{Source}: {File} has not changed since run {Run}, skipped")]
    public static partial void Unchanged(this ILogger log, string source, string file, int run);

    [LoggerMessage(13, LogLevel.Information, "{Source}: sealed run {Run} of {RunSource}/{Tenant}: {Observations} observations, {Rejected} rejected {Reason}")]
    public static partial void Sealed(this ILogger log, string source, int run, string runSource, string tenant, long observations, long rejected, string reason);

    [LoggerMessage(14, LogLevel.Warning, "{Source}: {File}: {Warning}")]
    public static partial void Warned(this ILogger log, string source, string file, string warning);

    [LoggerMessage(15, LogLevel.Warning, "{Source}: rejected {File} line {Line} {Member}: {Problem}")]
    public static partial void Rejected(this ILogger log, string source, string file, long line, string member, string problem);

    [LoggerMessage(16, LogLevel.Error, "{Source}: {File} was not taken: {Problem}")]
    public static partial void Refused(this ILogger log, string source, string file, string problem);

    [LoggerMessage(17, LogLevel.Warning, "{Source}: stopped; the run being written was dropped")]
    public static partial void Stopped(this ILogger log, string source);

    [LoggerMessage(18, LogLevel.Error, "{Source}: internal error")]
    public static partial void Broken(this ILogger log, Exception failure, string source);

    [LoggerMessage(EventId = 19, Message = "{Source}: {Ending}, {Runs} run(s), {Observations} observations, {Rejected} rejected: {Detail}")]
    private static partial void Ended(this ILogger log, LogLevel level, string source, string ending, int runs, long observations, long rejected, string detail);

    [LoggerMessage(20, LogLevel.Information, "{Projection}")]
    public static partial void Projected(this ILogger log, string projection);

    [LoggerMessage(21, LogLevel.Warning, "{Projection}")]
    public static partial void Lags(this ILogger log, string projection);

    [LoggerMessage(22, LogLevel.Warning, "{Notice}")]
    public static partial void Noticed(this ILogger log, string notice);
}
