using IdentityGraph.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace IdentityGraph.Daemon;

/// <summary>The daemon: the schedule, the heartbeat, and nothing that listens.</summary>
internal static class DaemonHost
{
    /// <summary>Runs until it is stopped; what is being collected then is dropped first.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="InvalidOperationException">It stopped by itself, which is a mistake; a daemon that does nothing does not live on.</exception>
    public static async Task RunAsync(IReadOnlyList<ConfiguredSource> sources, SourceRunner runner, Func<IInspectableStore> open, string? heartbeat, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ApplicationName = "idgraph" });
        builder.Services
            .AddSingleton(loggers)
            .AddSingleton(loggers.CreateLogger("idgraph"))
            .AddSingleton<IHostLifetime, NoSignals>()
            .AddSingleton(sources)
            .AddSingleton(runner)
            .AddSingleton(time)
            .AddSingleton(open)
            .AddQuartz(quartz => quartz.UseTimeProvider(time).UseDefaultThreadPool(Math.Max(1, sources.Count)))
            .AddHostedService<CollectionSchedule>()
            .AddQuartzHostedService(static options => options.WaitForJobsToComplete = true);
        if (heartbeat is not null)
        {
            builder.Services.AddHostedService(_ => new Heartbeat(heartbeat, time));
        }

        using var host = builder.Build();
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException("the daemon stopped by itself; the log says why");
        }
        finally
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Signals are the command line's, for every command alike.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
