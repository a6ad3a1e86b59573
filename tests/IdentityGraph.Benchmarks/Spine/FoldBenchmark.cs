using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Spine;

/// <summary>Building the snapshot, beside only throwing the same observations.</summary>
internal static class FoldBenchmark
{
    private static readonly List<string[]> s_rows = [];
    private static (double Wall, double Edges)? s_before;

    /// <summary>Folds an estate, and keeps a row of what it took.</summary>
    public static GraphSnapshot Run(Estate estate)
    {
        var rounds = estate.Options.Edges > 1_000_000 ? 1 : 3;
        var lines = new EstateLines(estate);
        GraphSnapshot? snapshot = null;
        var observations = 0;
        List<Measured> thrown = [];
        List<Measured> folded = [];
        for (var round = 0; round < rounds; round++)
        {
            snapshot = null;
            GC.Collect();
            thrown.Add(Measured.Of(() => observations = lines.All().Count()));
            folded.Add(Measured.Of(() => snapshot = Pipeline.Fold([(EstateLines.Run, lines.All())], EstateLines.Day)));
        }

        if (observations < snapshot!.EdgeCount)
        {
            throw new InvalidOperationException($"{observations} observations gave {snapshot.EdgeCount} edges");
        }

        var view = Measured.Of(() => snapshot!.At(EstateLines.Day));
        var name = Measured.Of(() => _ = snapshot!.Hash);
        var (all, alone) = (Measured.Median(folded), Measured.Median(thrown));
        var wall = all.Wall - alone.Wall;
        var growth = s_before is { } before && estate.Options.Full ? Page.Times(wall / before.Wall / (snapshot!.EdgeCount / before.Edges)) : "";
        s_before = estate.Options.Full ? (wall, snapshot!.EdgeCount) : s_before;
        s_rows.Add(
        [
            estate.Options.Full ? "full" : "plain", Page.Count(snapshot!.NodeCount), Page.Count(snapshot.EdgeCount), rounds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Page.Time(wall), Page.Time(all.Cpu - alone.Cpu), Page.Count((long)(snapshot.EdgeCount / wall)), Page.MiB(snapshot.Bytes),
            $"{snapshot.EdgeBytes / snapshot.EdgeCount}", $"{snapshot.NodeBytes / snapshot.NodeCount}", Page.Time(view.Wall), Page.Time(name.Wall), growth,
        ]);
        return snapshot;
    }

    public static void Print()
    {
        Page.Heading("Snapshot");
        Page.Text($"Folding one run held by nobody: observations are thrown while they are folded, and the time of only throwing them is taken off. Growth is time an edge against the next smaller full estate; 1 is linear.");
        Page.Columns("estate", "nodes", "edges", "rounds", "fold, wall", "fold, CPU", "edges/s", "size", "bytes an edge", "bytes a node", "first view", "name (SHA-256)", "growth");
        foreach (var row in s_rows)
        {
            Page.Row(row);
        }
    }
}
