namespace IdentityGraph.Stores.Embedded;

/// <summary>Looks at a whole store without changing it: every byte of every run, and every file that belongs to none.</summary>
internal static class StoreInspection
{
    public static StoreInfo Summarize(StoreFolder folder, IReadOnlyList<ManifestEntry> entries) => StoreInfo.Of(entries) with
    {
        Location = folder.Path,
        Kind = "embedded",
        Version = Manifest.Version,
        Writer = Writer(folder)?.ToString(),
        Leftovers = Writer(folder) is not null ? [] :
        [
            .. Sweep.Leftovers(folder, entries).Select(path => $"`{path}` was left by a writer that did not finish: its run is in no answer, and the next import removes it, or sets it aside where it is whole, and says so; import that run again"),
        ],
    };

    public static StoreCheck Check(StoreFolder folder, IReadOnlyList<ManifestEntry> entries, CancellationToken cancellationToken)
    {
        var problems = new List<StoreProblem>();
        var whole = 0;
        foreach (var entry in entries)
        {
            var problem = CheckRun(folder, entry, cancellationToken);
            if (problem is null)
            {
                whole++;
            }
            else
            {
                problems.Add(problem);
            }
        }

        problems.AddRange(Order(folder, entries));
        problems.AddRange(Strangers(folder, entries));
        return new StoreCheck
        {
            Runs = entries.Count,
            WholeRuns = whole,
            BytesRead = entries.Sum(entry => entry.Bytes),
            Problems = [.. problems.OrderBy(problem => problem.Harmless).ThenBy(problem => problem.File, StringComparer.Ordinal)],
        };
    }

    private static StoreProblem? CheckRun(StoreFolder folder, ManifestEntry entry, CancellationToken cancellationToken)
    {
        var path = folder.RunPath(entry.File);
        try
        {
            RunReading.Verify(path, entry, cancellationToken);
            return null;
        }
        catch (DamagedRunException damaged)
        {
            return new StoreProblem { File = path, Offset = damaged.Offset, Problem = damaged.Problem, WayOut = DamagedRunException.WayOut };
        }
    }

    private static IEnumerable<StoreProblem> Order(StoreFolder folder, IReadOnlyList<ManifestEntry> entries)
    {
        for (var i = 1; i < entries.Count; i++)
        {
            var (before, after) = (entries[i - 1].Run, entries[i].Run);
            if (after.Number <= before.Number || after.Header.RecordedAt < before.Header.RecordedAt)
            {
                yield return new StoreProblem
                {
                    File = folder.ManifestPath,
                    Problem = $"run {after.Number} is listed after run {before.Number}, which was recorded later or has no smaller number",
                    WayOut = "restore the store from a copy: what was known at a given time can no longer be told",
                };
            }
        }
    }

    private static IEnumerable<StoreProblem> Strangers(StoreFolder folder, IReadOnlyList<ManifestEntry> entries)
    {
        var writer = Writer(folder);
        if (writer is null)
        {
            foreach (var path in Sweep.Leftovers(folder, entries))
            {
                yield return Harmless(path, "a writer that did not finish left it", "nothing: the next run that is written sweeps it");
            }
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(folder.Path).Concat(folder.InRuns()))
        {
            if (path.Contains(StoreFolder.SetAsideSuffix, StringComparison.Ordinal))
            {
                yield return Harmless(path, "a whole run that was never made visible", "delete it, unless the manifest was replaced by an older copy");
            }
            else if (!folder.Knows(path))
            {
                yield return Harmless(path, "it is no file of the store", "move it elsewhere; nothing reads it");
            }
        }
    }

    /// <summary>The record of a process that may be writing now; null where it is known to have ended.</summary>
    private static WriterRecord? Writer(StoreFolder folder) =>
        WriterRecord.Read(folder.HolderPath) is { } record && record.IsRunning() is not false ? record : null;

    private static StoreProblem Harmless(string file, string problem, string wayOut) => new() { File = file, Problem = problem, WayOut = wayOut, Harmless = true };
}
