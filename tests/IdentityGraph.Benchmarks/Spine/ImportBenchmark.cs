using System.Text.Json;
using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Ndjson;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Benchmarks.Spine;

/// <summary>Import of a file of lines into an embedded store, beside only parsing the same lines.</summary>
internal static class ImportBenchmark
{
    private const int Rounds = 5;

    public static void Run(int lines, string folder)
    {
        var path = Path.Combine(folder, "lines.ndjson");
        var written = LineFiles.Write(path, new Estate(new EstateOptions(lines, Full: true)), lines, long.MaxValue);
        var bytes = new FileInfo(path).Length;
        long parsed = 0;
        var measured = Measured.Interleaved(
            Rounds,
            () => parsed = Lines(path, static line => JsonDocument.Parse(line).Dispose()),
            () => parsed = Lines(path, static line => Skip(line.Span)),
            () => parsed = Lines(path, static line => ReadStrings(line.Span)),
            () => Import(path, null),
            () => Import(path, Path.Combine(folder, "store")));
        if (parsed != written)
        {
            throw new InvalidOperationException($"{parsed} lines were parsed, {written} written");
        }

        Page.Heading("Import");
        Page.Text($"{written:N0} lines of a full estate, {bytes / (double)written:0} bytes a line, from a file in the page cache; median of {Rounds} rounds, alternatives in turn.");
        Page.Columns("what", "wall", "CPU, all threads", "lines/s", "allocated a line", "wall ×", "CPU ×");
        string[] names = ["`JsonDocument.Parse` per line", "`Utf8JsonReader`, every token skipped", "`Utf8JsonReader`, every string made", "dry run: read, checked, nothing stored", "import into an embedded store, sealed"];
        for (var i = 0; i < names.Length; i++)
        {
            var (wall, cpu, allocated) = measured[i];
            Page.Row(
                names[i], Page.Time(wall), Page.Time(cpu), Page.Count((long)(written / wall)), $"{allocated / written} B",
                Page.Times(wall / measured[0].Wall), Page.Times(cpu / measured[0].Cpu));
        }

        File.Delete(path);
    }

    /// <summary>Imports a file; with no store a dry run. A store there already is replaced.</summary>
    public static void Import(string path, string? store)
    {
        if (store is not null && Directory.Exists(store))
        {
            Directory.Delete(store, recursive: true);
        }

        using var request = Task.Run(async () =>
        {
            await using IGraphStore? target = store is null ? null : EmbeddedGraphStore.Create(store);
            return await Pipeline.ImportAsync(new NdjsonFormat(), new ImportRequest { Path = path }, target, new ImportOptions { DryRun = store is null });
        });
        var result = request.GetAwaiter().GetResult();
        if (result.Refusal is { } refusal || result.Rejected > 0)
        {
            throw new InvalidOperationException($"{result.Rejected} lines were rejected");
        }
    }

    private static long Lines(string path, Action<ReadOnlyMemory<byte>> take)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[1 << 16];
        var (held, count) = (0, 0L);
        while (file.Read(buffer, held, buffer.Length - held) is > 0 and var read)
        {
            held += read;
            var start = 0;
            while (buffer.AsSpan(start, held - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                take(buffer.AsMemory(start, length));
                start += length + 1;
                count++;
            }

            buffer.AsSpan(start, held - start).CopyTo(buffer);
            held -= start;
        }

        return count;
    }

    private static void Skip(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
        }
    }

    /// <summary>The least that anything must do that keeps what the line says.</summary>
    private static void ReadStrings(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                reader.GetString();
            }
        }
    }
}
