using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;

namespace IdentityGraph.Sources.Ndjson;

/// <summary>The exchange format, plain or gzip, from a file or standard input.</summary>
public sealed class NdjsonFormat : IFileFormat
{
    public string Name => "ndjson";

    public string Sentence => "Observations as lines of JSON: what collectors write and `export --to ndjson` prints.";

    /// <summary>Judged by its first line alone: a header has the member `idgraph`.</summary>
    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        var head = probe.Head.Span;
        head = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        head = head.TrimStart(" \t\r\n"u8);
        var end = head.IndexOf((byte)'\n');
        try
        {
            var reader = new Utf8JsonReader(end < 0 ? head : head[..end], isFinalBlock: false, default);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("idgraph"u8))
                {
                    return true;
                }

                if (!reader.Read() || !reader.TrySkip())
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        using var stream = InputFiles.Open(request);
        using var reader = new ExchangeReader(stream, request, report);
        foreach (var run in reader.Runs(cancellationToken))
        {
            yield return run;
        }
    }
}
