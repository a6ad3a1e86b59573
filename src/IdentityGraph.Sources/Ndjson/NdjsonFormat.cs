using System.Text.Json;
using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;

namespace IdentityGraph.Sources.Ndjson;

/// <summary>The exchange format, plain or gzip, from a file, standard input, or a folder that an export made.</summary>
public sealed partial class NdjsonFormat : IFileFormat
{
    public string Name => "ndjson";

    public string Sentence => "Observations as lines of JSON: what collectors write and `export --to ndjson` prints.";

    /// <summary>A file is judged by its first line alone: a header has the member `idgraph`. A folder by the names of its files.</summary>
    public Func<string, bool> ReadsInFolder(ImportRequest request) => static name => RunFile().IsMatch(name);

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (probe.IsFolder)
        {
            return probe.Names.Any(name => RunFile().IsMatch(name));
        }

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
        ArgumentNullException.ThrowIfNull(request);
        return Directory.Exists(request.Path)
            ? Files(request.Path).SelectMany(file => OpenFile(request with { Path = file }, report, cancellationToken))
            : OpenFile(request, report, cancellationToken);
    }

    private static IEnumerable<FileRun> OpenFile(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        using var stream = InputFiles.Open(request);
        using var reader = new ExchangeReader(stream, request, report);
        foreach (var run in reader.Runs(cancellationToken))
        {
            yield return run;
        }
    }

    /// <summary>In the order of the runs.</summary>
    private static string[] Files(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(path => RunFile().IsMatch(Path.GetFileName(path))).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new RefusedInputException($"`{folder}` holds no file named like `run-000001.ndjson`; name the file to import");
    }

    /// <summary>As an export names them.</summary>
    [GeneratedRegex(@"\Arun-[0-9]{6,}\.ndjson(?:\.gz)?\z")]
    private static partial Regex RunFile();
}
