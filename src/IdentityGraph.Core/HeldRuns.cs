using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph;

/// <summary>Runs of which a mass disappearance is held, and what is decided about them.</summary>
public static class HeldRuns
{
    internal const string Waits = "held until confirmed";

    private const string Collector = "idgraph-hold/1.0";

    /// <summary>Those that wait, oldest record time first.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    public static IReadOnlyList<HeldRun> In(IGraphStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var runs = store.Runs();
        return
        [
            .. runs.Where(run => run is { Header.Mode: RunMode.Full, Outcome: { Partial: false, Reason: not null } })
                .Select(run => new HeldRun(run, StreamsOf(store, run, runs, cancellationToken)))
                .Where(held => held.Streams.Count > 0),
        ];
    }

    /// <summary>
    /// Records the decision as a run of its own, which began when the held one did: what was known before it stays what was known.
    /// </summary>
    /// <param name="store">Where the run is.</param>
    /// <param name="number">Of the run.</param>
    /// <param name="confirmed">What it lacks did end by it; else it proves no absence.</param>
    /// <param name="cancellationToken">Cancels before anything is recorded.</param>
    /// <exception cref="NothingHeldException">The run is not there, or nothing of it waits.</exception>
    public static async Task<(HeldRun Held, SealedRun Decision)> DecideAsync(IGraphStore store, int number, bool confirmed, CancellationToken cancellationToken = default)
    {
        var held = In(store, cancellationToken).FirstOrDefault(held => held.Run.Number == number) ?? throw new NothingHeldException(number);
        var header = new RunHeader
        {
            Source = held.Run.Header.Source,
            Tenant = held.Run.Header.Tenant,
            StartedAt = held.Run.Header.StartedAt,
            Mode = RunMode.Delta,
            Interval = held.Run.Header.Interval,
            Collector = Collector,
        };
        var writer = await store.BeginRunAsync(header, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            foreach (var stream in held.Streams)
            {
                writer.Write(new Observation.EndOf
                {
                    Stream = stream.Stream,
                    Complete = confirmed,
                    Hold = confirmed ? Hold.Confirmed : Hold.Rejected,
                    Reason = FormattableString.Invariant($"{(confirmed ? "confirmed" : "rejected")} what run {number} lacks"),
                });
            }

            return (held, await writer.SealAsync(new RunOutcome(), cancellationToken).ConfigureAwait(false));
        }
    }

    private static IReadOnlyList<HeldStream> StreamsOf(IGraphStore store, SealedRun run, IReadOnlyList<SealedRun> runs, CancellationToken cancellationToken)
    {
        var held = store.Read(run, cancellationToken).OfType<Observation.EndOf>().Where(end => end.Hold == Hold.Held).ToList();
        var decided = held.Count == 0 ? [] : runs
            .Where(later => later.Number > run.Number && later.Header.Mode == RunMode.Delta && later.Header.StartedAt == run.Header.StartedAt
                && later.Header.Source == run.Header.Source && later.Header.Tenant == run.Header.Tenant)
            .SelectMany(later => store.Read(later, cancellationToken))
            .OfType<Observation.EndOf>()
            .Where(end => end.Hold is Hold.Confirmed or Hold.Rejected)
            .Select(end => end.Stream ?? "")
            .ToHashSet(StringComparer.Ordinal);
        return [.. held.Where(end => !decided.Contains(end.Stream ?? "")).Select(end => new HeldStream(end.Stream ?? "", end.Reason ?? Waits))];
    }
}

/// <summary>A run that waits for a decision.</summary>
/// <param name="Run">As the store keeps it.</param>
/// <param name="Streams">What of it waits.</param>
public sealed record HeldRun(SealedRun Run, IReadOnlyList<HeldStream> Streams);

/// <summary>A stream of such a run, and why it is held.</summary>
public sealed record HeldStream(string Stream, string Reason);

/// <summary>There is no such run, or nothing of it waits to be decided.</summary>
public sealed class NothingHeldException(int run)
    : Exception(FormattableString.Invariant($"run {run} is not in the store, or nothing of it is held; `idgraph runs hold list` shows what waits"));
