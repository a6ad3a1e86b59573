using System.IO.Compression;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Ndjson;

/// <summary>
/// Where exported runs go: standard output (one after another), one file (exactly one run), or a folder (a file for each run).
/// A file is complete or not there: it is written under another name first.
/// </summary>
public static class NdjsonExport
{
    private static readonly string[] s_fileEndings = [".ndjson", ".ndjson.gz", ".jsonl", ".json", ".gz"];

    /// <summary>All runs, or the one with that number.</summary>
    /// <exception cref="ExportException">The store has no such run, or none at all.</exception>
    public static IReadOnlyList<SealedRun> Choose(IGraphStore store, int? number)
    {
        ArgumentNullException.ThrowIfNull(store);
        var runs = store.Runs();
        if (runs.Count == 0)
        {
            throw new ExportException($"the store `{store.Location}` holds no run; import something first");
        }

        return number is null ? runs
            : runs.Where(run => run.Number == number).ToList() is { Count: 1 } one ? one
            : throw new ExportException($"the store `{store.Location}` has no run {number}; it has runs {runs[0].Number} to {runs[^1].Number}");
    }

    /// <summary>Writes to a file if the path ends as one does, else to a folder, which must be new or empty.</summary>
    /// <returns>The files written.</returns>
    /// <exception cref="ExportException">The path cannot take them.</exception>
    public static IReadOnlyList<string> ToPath(IGraphStore store, IReadOnlyList<SealedRun> runs, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path) && Array.Exists(s_fileEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            var run = runs is [var only] ? only : throw new ExportException($"`{path}` is one file and there are {runs.Count} runs; name a folder, or one run with --run");
            WriteFile(store, run, path, cancellationToken);
            return [path];
        }

        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new ExportException($"`{path}` is not an empty folder; name a new one");
        }

        Directory.CreateDirectory(path);
        var files = new List<string>();
        foreach (var run in runs)
        {
            var file = Path.Combine(path, ExchangeExport.FileName(run));
            WriteFile(store, run, file, cancellationToken);
            files.Add(file);
        }

        return files;
    }

    /// <summary>Every run after the other, each behind its header; the stream stays open.</summary>
    public static void ToStream(IGraphStore store, IReadOnlyList<SealedRun> runs, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        foreach (var run in runs)
        {
            ExchangeExport.Write(store, run, output, cancellationToken);
        }
    }

    private static void WriteFile(IGraphStore store, SealedRun run, string path, CancellationToken cancellationToken)
    {
        var draft = path + ".tmp";
        try
        {
            using (var file = File.Create(draft))
            using (Stream output = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : file)
            {
                ExchangeExport.Write(store, run, output, cancellationToken);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new ExportException($"`{path}` cannot be written ({fault.Message}); name another place", fault);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}

/// <summary>The export cannot be done as asked (exit code 2).</summary>
public sealed class ExportException(string message, Exception? inner = null) : Exception(message, inner);
