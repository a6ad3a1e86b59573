using System.Security.Cryptography;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;

namespace IdentityGraph;

/// <summary>Finds the run that states exactly what another does, as when one file is imported twice.</summary>
internal static class RepeatedRun
{
    /// <summary>
    /// The first run of the store that was read at the same time from the same source, holds as many observations, and the same ones in
    /// the same order; null: none. Runs are read again only where all that the manifest says of them agrees.
    /// </summary>
    public static SealedRun? Of(IGraphStore store, SealedRun run, CancellationToken cancellationToken)
    {
        string? content = null;
        foreach (var other in store.Runs())
        {
            if (other.Number != run.Number && Agree(other, run) && Content(store, other, cancellationToken) == (content ??= Content(store, run, cancellationToken)))
            {
                return other;
            }
        }

        return null;
    }

    private static bool Agree(SealedRun one, SealedRun other) =>
        one.Observations > 0 && one.Observations == other.Observations
        && one.Header.Source == other.Header.Source && one.Header.Tenant == other.Header.Tenant
        && one.Header.StartedAt == other.Header.StartedAt && one.Header.Mode == other.Header.Mode;

    /// <summary>SHA-256 of the observations as lines of the exchange format.</summary>
    private static string Content(IGraphStore store, SealedRun run, CancellationToken cancellationToken)
    {
        using var sha256 = SHA256.Create();
        using (var sink = new CryptoStream(Stream.Null, sha256, CryptoStreamMode.Write))
        using (var lines = new ExchangeWriter(sink))
        {
            foreach (var observation in store.Read(run, cancellationToken))
            {
                lines.Write(observation);
            }
        }

        return Convert.ToHexStringLower(sha256.Hash!);
    }
}
