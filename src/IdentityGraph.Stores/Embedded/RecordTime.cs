using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>
/// History is recorded oldest first: no run is recorded before the newest one, and none in the future. Equal is allowed.
/// </summary>
internal static class RecordTime
{
    /// <exception cref="RecordTimeException">The stated time, or the clock where none is stated, would rewrite what was known.</exception>
    public static void Check(RunHeader header, DateTimeOffset? newest, DateTimeOffset now)
    {
        if (header.RecordedAt is { } stated && stated > now)
        {
            throw new RecordTimeException($"recordedAt {Instants.ToText(stated)} of the run of {header.Source} lies in the future: it is {Instants.ToText(now)}; leave it out, or state when this was known");
        }

        var effective = header.RecordedAt ?? now;
        if (newest is { } last && effective < last)
        {
            throw new RecordTimeException(header.RecordedAt is null
                ? $"the clock says {Instants.ToText(now)}, before the newest run of the store, recorded at {Instants.ToText(last)}; set the clock right"
                : $"recordedAt {Instants.ToText(effective)} of the run of {header.Source} lies before the newest run of the store, recorded at {Instants.ToText(last)}; replay history oldest first into a new store");
        }
    }

    /// <summary>The moment of sealing unless the run stated one. A clock set back during the run does not reorder what was known.</summary>
    public static DateTimeOffset Of(RunHeader header, DateTimeOffset? newest, DateTimeOffset now) =>
        (header.RecordedAt ?? (newest is { } last && last > now ? last : now)).ToUniversalTime();

    /// <summary>What a manifest could not spell is refused before anything is written.</summary>
    public static void CheckHeader(RunHeader header)
    {
        ArgumentException.ThrowIfNullOrEmpty(header.Source);
        string[] texts = [header.Source, header.Tenant, header.Collector, .. header.Unrecognised.SelectMany(pair => new[] { pair.Key, pair.Value })];
        foreach (var text in texts)
        {
            for (var rest = text.AsSpan(); !rest.IsEmpty;)
            {
                if (Rune.DecodeFromUtf16(rest, out _, out var units) != System.Buffers.OperationStatus.Done)
                {
                    throw new ArgumentException($"the header of the run of {header.Source.Length} letters holds half a surrogate pair; state it in Unicode", nameof(header));
                }

                rest = rest[units..];
            }
        }
    }
}
