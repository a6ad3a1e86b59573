namespace IdentityGraph.Stores.Embedded;

/// <summary>What a writer that died left behind. Only files with names that a writer gives are touched, and only under the lock.</summary>
internal static class Sweep
{
    /// <summary>Paths with names that a writer gives, of files that belong to no sealed run.</summary>
    public static IEnumerable<string> Leftovers(StoreFolder folder, IReadOnlyList<ManifestEntry> entries)
    {
        if (File.Exists(folder.ManifestPath + StoreFolder.TemporarySuffix))
        {
            yield return folder.ManifestPath + StoreFolder.TemporarySuffix;
        }

        var listed = entries.Select(entry => entry.File).ToHashSet(StringComparer.Ordinal);
        foreach (var path in folder.InRuns())
        {
            var name = Path.GetFileName(path);
            if (StoreFolder.IsUnfinishedName(name) || (StoreFolder.IsRunName(name) && !listed.Contains(name)))
            {
                yield return path;
            }
        }
    }

    /// <summary>Removes them. A whole run file that is not listed is moved aside instead: the manifest may be an older copy.</summary>
    /// <returns>One sentence for each.</returns>
    public static IReadOnlyList<string> Run(StoreFolder folder, IReadOnlyList<ManifestEntry> entries)
    {
        var said = new List<string>();
        foreach (var path in Leftovers(folder, entries).ToList())
        {
            if (IsWhole(path))
            {
                var aside = Aside(path);
                File.Move(path, aside);
                said.Add($"`{path}` holds a whole run that was never made visible; it was moved to `{aside}`, which may be deleted");
            }
            else
            {
                File.Delete(path);
                said.Add($"`{path}` was left by a writer that did not finish; its run was dropped, import it again");
            }
        }

        return said;
    }

    private static string Aside(string path)
    {
        var aside = path + StoreFolder.SetAsideSuffix;
        for (var i = 2; File.Exists(aside); i++)
        {
            aside = $"{path}{StoreFolder.SetAsideSuffix}-{i}";
        }

        return aside;
    }

    private static bool IsWhole(string path)
    {
        if (!StoreFolder.IsRunName(Path.GetFileName(path)))
        {
            return false;
        }

        try
        {
            using var reader = new RunFileReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            while (reader.Next() is not null)
            {
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
