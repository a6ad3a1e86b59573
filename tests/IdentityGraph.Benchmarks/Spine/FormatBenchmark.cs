using System.IO.Compression;
using System.Text.Json;
using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Collect;
using IdentityGraph.Sources;

namespace IdentityGraph.Benchmarks.Spine;

/// <summary>Reading and mapping the sample files of other tools, beside only parsing the same JSON.</summary>
internal static class FormatBenchmark
{
    private const int Rounds = 5;

    /// <summary>A round reads so many bytes, the same files again and again.</summary>
    private const long BytesARound = 32 << 20;

    private const long LargeBytes = 24 << 20;

    private const int LargeRounds = 5;

    private const int WarmRounds = 4;

    private static readonly string[] s_samples =
    [
        "bloodhound-v5/raw", "bloodhound-v6/raw", "bloodhound-ad/ad_sampledata.zip", "bloodhound-v6/ingested.json", "aws/example-authz-details.json",
        "opengraph/mssql-bloodhound-20260115-105846.zip", "opengraph/AuthenticationPolicyData_Sample.json", "opengraph/secrethound_github_opengraph_test.json",
    ];

    /// <param name="data">Folder of the samples.</param>
    /// <param name="file">Only those with this in their name; null: all.</param>
    public static void Run(string data, string? file = null)
    {
        Page.Heading("File formats");
        Page.Text($"The sample files, read again and again until a round has {BytesARound >> 20} MiB of JSON; median of {Rounds} rounds, alternatives in turn. The aim is a ratio of 2.");
        Page.Columns("file", "format", "JSON", "`JsonDocument.Parse`", "read and mapped", "observations", "a MiB", "allocated an observation", "wall ×", "CPU ×", "made anew, CPU ×");
        foreach (var sample in s_samples.Where(sample => file is null || sample.Contains(file, StringComparison.Ordinal)))
        {
            var path = Path.Combine(data, sample);
            if (Format(path) is { } format)
            {
                Measure(sample, path, format);
            }
            else
            {
                Page.Row(sample, "none reads it yet", "", "", "", "", "", "", "", "", "");
            }
        }
    }

    /// <summary>The same of large files made by rule, where what an import costs once weighs nothing.</summary>
    /// <param name="file">Only those with this in their name; null: all.</param>
    public static void RunLarge(string? file = null)
    {
        Page.Heading("Large files");
        Page.Text($"Files of {LargeBytes >> 20} MiB made by rule, one of each format, every end described; median of {LargeRounds} rounds after {WarmRounds} to warm up, alternatives in turn. The aim is a ratio of 2.");
        Page.Columns("file", "format", "JSON", "`JsonDocument.Parse`", "read and mapped", "observations", "a MiB", "allocated an observation", "wall ×", "CPU ×", "made anew, CPU ×");
        var folder = Directory.CreateTempSubdirectory("idgraph-bench-");
        try
        {
            foreach (var (name, write) in LargeFiles.All.Where(large => file is null || large.Name.Contains(file, StringComparison.Ordinal)))
            {
                var path = Path.Combine(folder.FullName, name);
                using (var to = new StreamWriter(path))
                {
                    write(to, LargeBytes);
                }

                Measure(name, path, Format(path) ?? throw new InvalidDataException($"no format takes {name}"), LargeRounds);
                File.Delete(path);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(string sample, string path, IFileFormat format, int rounds = Rounds)
    {
        var bytes = Documents(path).Sum(document => (long)document.Length);
        var times = (int)Math.Max(1, BytesARound / bytes);
        long observations = 0;
        var measured = Measured.Interleaved(
            rounds,
            WarmRounds,
            () => Repeat(times, () => Parse(path)),
            () => Repeat(times, () => observations = Read(path, format)));
        var kept = Observations(path, format).ToList();
        var anew = Measured.Interleaved(rounds, () => Repeat(times, () => Parse(path)), () => Repeat(times, () => kept.ForEach(static observation => Anew(observation))));
        Page.Row(
            sample, format.Name, $"{bytes / 1024} KiB", Page.Time(measured[0].Wall / times), Page.Time(measured[1].Wall / times), Page.Count(observations), Page.Count(observations * (1L << 20) / bytes),
            $"{measured[1].Allocated / Math.Max(1, times * observations)} B", Page.Times(measured[1].Wall / measured[0].Wall), Page.Times(measured[1].Cpu / measured[0].Cpu), Page.Times(anew[1].Cpu / anew[0].Cpu));
    }

    private static void Repeat(int times, Action work)
    {
        for (var time = 0; time < times; time++)
        {
            work();
        }
    }

    private static void Parse(string path)
    {
        foreach (var document in Documents(path))
        {
            JsonDocument.Parse(document).Dispose();
        }
    }

    private static long Read(string path, IFileFormat format) => Observations(path, format).LongCount();

    private static IEnumerable<Observation> Observations(string path, IFileFormat format) =>
        format.Open(new ImportRequest { Path = path }, new ImportReport(), CancellationToken.None).SelectMany(static run => run.Observations);

    /// <summary>The same observation made again, with an id, properties and evidence of its own: what only giving them out costs.</summary>
    private static Observation Anew(Observation observation) => observation switch
    {
        Observation.SawNode node => node with { Id = new string(node.Id.AsSpan()), Properties = [.. node.Properties], Evidence = [.. node.Evidence] },
        Observation.SawEdge edge => edge with { To = new string(edge.To.AsSpan()), Properties = edge.Properties.Count == 0 ? edge.Properties : [.. edge.Properties] },
        _ => observation,
    };

    private static IFileFormat? Format(string path)
    {
        try
        {
            return FileFormats.Detect(new ImportRequest { Path = path }).Format;
        }
        catch (RefusedInputException)
        {
            return null;
        }
    }

    /// <summary>The JSON documents in a file, folder or zip, read anew; without the byte order mark that the parser refuses.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Documents(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal).Select(file => Bare(File.ReadAllBytes(file)));
        }

        return path.EndsWith(".zip", StringComparison.Ordinal) ? Entries(path) : [Bare(File.ReadAllBytes(path))];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Entries(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            yield return Bare(copy.ToArray());
        }
    }

    private static ReadOnlyMemory<byte> Bare(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsMemory(3) : bytes;
}
