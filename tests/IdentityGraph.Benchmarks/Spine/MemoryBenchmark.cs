using System.Diagnostics;
using System.Globalization;
using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;

namespace IdentityGraph.Benchmarks.Spine;

/// <summary>Highest memory of importing a small and a large file, each in a process of its own.</summary>
internal static class MemoryBenchmark
{
    private const int Rounds = 3;
    private const long MegaByte = 1_000_000;

    /// <summary>The argument under which the program runs as the process measured.</summary>
    public const string Child = "import-once";

    public static void Run(string folder)
    {
        (long Bytes, string Path)[] files = [.. ((long[])[100 * MegaByte, 1_000 * MegaByte]).Select(bytes => (bytes, Path.Combine(folder, $"{bytes}.ndjson")))];
        var estate = new Estate(new EstateOptions(10_000_000, Full: true));
        var lines = files.ToDictionary(file => file.Bytes, file => LineFiles.Write(file.Path, estate, long.MaxValue, file.Bytes));
        var peaks = files.ToDictionary(file => file.Bytes, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (bytes, path) in files)
            {
                peaks[bytes].Add(PeakOf(path, Path.Combine(folder, "store")));
            }
        }

        Page.Heading("Memory of an import");
        Page.Text($"Peak resident memory of a process that imports one file into an embedded store; median of {Rounds}, lowest and highest beside it. An empty .NET process holds {Page.MiB(PeakOf("-", "-"))}.");
        Page.Columns("file", "lines", "peak", "lowest to highest", "×");
        var first = Measured.Middle(peaks[files[0].Bytes]);
        foreach (var (bytes, path) in files)
        {
            var all = peaks[bytes];
            Page.Row($"{bytes / MegaByte} MB", Page.Count(lines[bytes]), Page.MiB(Measured.Middle(all)), $"{Page.MiB(all.Min())} to {Page.MiB(all.Max())}", Page.Times(Measured.Middle(all) / first));
            File.Delete(path);
        }
    }

    /// <summary>What the process measured does: imports and prints its peak.</summary>
    public static void ImportOnce(string path, string store)
    {
        if (path != "-")
        {
            ImportBenchmark.Import(path, store);
        }

        Console.WriteLine(Machine.PeakResident().ToString(CultureInfo.InvariantCulture));
    }

    private static double PeakOf(string path, string store)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "IdentityGraph.Benchmarks.dll"), Child, path, store])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? long.Parse(said, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"importing {path} ended with {process.ExitCode}");
    }
}
