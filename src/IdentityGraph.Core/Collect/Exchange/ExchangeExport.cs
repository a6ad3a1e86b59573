using System.Globalization;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// Writes the runs of a store back in the exchange format, each behind its header with the record time it has. Imported oldest first
/// into an empty store they give the same facts.
/// </summary>
public static class ExchangeExport
{
    private const int CheckEvery = 1_000;

    /// <summary>`run-000001.ndjson`: sorted by name they are in the order of the store.</summary>
    public static string FileName(SealedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return string.Create(CultureInfo.InvariantCulture, $"run-{run.Number:D6}.ndjson");
    }

    /// <summary>One run; the stream stays open.</summary>
    public static void Write(IGraphStore store, SealedRun run, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        using var writer = new ExchangeWriter(output);
        writer.Write(run.Header);
        long count = 0;
        foreach (var observation in store.Read(run, cancellationToken))
        {
            if (++count % CheckEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            writer.Write(observation);
        }
    }
}
