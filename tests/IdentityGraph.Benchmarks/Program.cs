using System.Globalization;
using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Benchmarks.Reaching;
using IdentityGraph;
using IdentityGraph.Benchmarks.Spine;
using IdentityGraph.Benchmarks.Wire;

switch (args)
{
    case [MemoryBenchmark.Child, var path, var store]:
        MemoryBenchmark.ImportOnce(path, store);
        return 0;
    case ["spine", .. var options]:
        Spine(Value(options, "--edges") ?? "100000,1000000,10000000", Value(options, "--only"), Value(options, "--file"));
        return 0;
    case ["reach", .. var options]:
        await ReachAsync(Value(options, "--edges") ?? "100000,1000000", Value(options, "--only"));
        return 0;
    case ["bolt", .. var options]:
        Page.Heading("Machine");
        Machine.Print();
        await BoltAsync(int.Parse(Value(options, "--relationships") ?? "100000", CultureInfo.InvariantCulture), Value(options, "--only"));
        Page.Text($"\nLoad when this ended: {Machine.Load()}.");
        return 0;
    default:
        Console.Error.WriteLine("spine [--edges 100000,1000000,10000000] [--only import|memory|formats|large|graph] [--file NAME]: measures, and prints the tables of docs/benchmarks.md; reach [--edges 100000,1000000] [--only plain|full|mass|one|large|path|cypher|straight]: those of reach; bolt [--relationships 100000] [--only decode|encode|server]: those of the Bolt client");
        return 2;
}

static async Task BoltAsync(int relationships, string? only)
{
    if (only is null or "decode")
    {
        DecodeBenchmark.Run();
    }

    if (only is null or "encode")
    {
        EncodeBenchmark.Run();
    }

    if (only is null or "server")
    {
        await ServerBenchmark.RunAsync(relationships);
    }
}

static async Task ReachAsync(string edges, string? only)
{
    Page.Heading("Machine");
    Machine.Print();
    foreach (var count in edges.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
    {
        if (only is "straight")
        {
            StraightBenchmark.Run(count);
            continue;
        }

        var (plain, full) = (new Estate(new EstateOptions(count, Full: false)), new Estate(new EstateOptions(count, Full: true)));
        var onPlain = only is "full" ? null : Pipeline.Fold([(EstateLines.Run, new EstateLines(plain).All())], EstateLines.Day);
        var onFull = only is "plain" or "large" or "path" or "cypher" ? null : Pipeline.Fold([(EstateLines.Run, new EstateLines(full).All())], EstateLines.Day);
        if (only is not ("mass" or "full" or "path" or "cypher") && onPlain is not null)
        {
            OneNodeBenchmark.Run(plain, onPlain, onFull);
        }

        if (only is null or "path" && onPlain is not null)
        {
            PathBenchmark.Run(plain, onPlain);
        }

        if (only is "cypher" && onPlain is not null)
        {
            await CypherBenchmark.RunAsync(plain, onPlain);
        }

        if (only is "one" or "large" or "path" or "cypher")
        {
            continue;
        }

        if (onPlain is not null)
        {
            MassBenchmark.Run(plain, onPlain);
        }

        if (onFull is not null)
        {
            MassBenchmark.Run(full, onFull);
        }
    }

    OneNodeBenchmark.Print();
    PathBenchmark.Print();
    CypherBenchmark.Print();
    MassBenchmark.Print();
    RecountBenchmark.Print();
    StraightBenchmark.Print();
    ChokeBenchmark.Print();
    Page.Text($"\nMost memory of the process: {Page.MiB(Machine.PeakResident())}.");
    Page.Text($"\nLoad when this ended: {Machine.Load()}.");
}

static string? Value(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

static void Spine(string edges, string? only, string? file)
{
    Page.Heading("Machine");
    Machine.Print();
    var folder = Directory.CreateTempSubdirectory("idgraph-bench-");
    try
    {
        if (only is null or "import")
        {
            ImportBenchmark.Run(1_000_000, folder.FullName);
        }

        if (only is null or "memory")
        {
            MemoryBenchmark.Run(folder.FullName);
        }
    }
    finally
    {
        folder.Delete(recursive: true);
    }

    if (only is null or "formats" && Environment.GetEnvironmentVariable("IDENTITYGRAPH_DATA") is { Length: > 0 } data)
    {
        FormatBenchmark.Run(data, file);
    }

    if (only is null or "formats" or "large")
    {
        FormatBenchmark.RunLarge(file);
    }

    if (only is null or "graph")
    {
        foreach (var count in edges.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            Console.Error.WriteLine($"{count} edges");
            var plain = new Estate(new EstateOptions(count, Full: false));
            ReachBenchmark.Run(plain, FoldBenchmark.Run(plain), FoldBenchmark.Run(new Estate(new EstateOptions(count, Full: true))));
        }

        FoldBenchmark.Print();
        ReachBenchmark.Print();
    }

    Page.Text($"\nLoad when this ended: {Machine.Load()}.");
}
