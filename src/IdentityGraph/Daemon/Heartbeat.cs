using IdentityGraph.Graph;
using Microsoft.Extensions.Hosting;

namespace IdentityGraph.Daemon;

/// <summary>A file with the moment at which the daemon was last alive, for a probe that runs beside it.</summary>
internal sealed class Heartbeat(string path, TimeProvider time) : BackgroundService
{
    /// <summary>A beat that is older says that the daemon hangs or is gone.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong; null: it was alive less than a minute ago.</summary>
    public static string? Fault(string path, TimeProvider time)
    {
        try
        {
            return !Instants.TryParse(File.ReadAllText(path).Trim(), out var beat) ? $"`{path}` is no heartbeat of a daemon"
                : time.GetUtcNow() - beat > Oldest ? $"the daemon was last alive at {Instants.ToText(beat)}"
                : null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return $"no daemon is alive: `{path}` cannot be read";
        }
    }

    public static void Beat(string path, TimeProvider time)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, Instants.ToText(time.GetUtcNow()) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            File.Delete(path);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // It grows old.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    Beat(path, time);
                }
                catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
                {
                    // It could be written when the daemon began; the probe sees that it grows old.
                }

                await Task.Delay(s_every, time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It stops.
        }
    }
}
