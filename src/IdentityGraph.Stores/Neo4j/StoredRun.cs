using System.Text;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>A sealed run and where its bytes are.</summary>
/// <param name="Entry">As a manifest lists it.</param>
/// <param name="Fence">Of its writer: the key of its chunks.</param>
/// <param name="Chunks">How many there are.</param>
internal sealed record StoredRun(ManifestEntry Entry, long Fence, long Chunks)
{
    /// <summary>What is kept on its node: a manifest of this one run, checksum included.</summary>
    public string Manifest => Encoding.UTF8.GetString(Embedded.Manifest.Print([Entry]));

    /// <summary>
    /// All runs of a store: they are numbered from 1, the store counts them, and none is ever taken away, so that one which is missing was lost.
    /// </summary>
    /// <exception cref="StoreException">A node was changed or taken away by somebody else.</exception>
    public static IReadOnlyList<StoredRun> InOrder(IReadOnlyList<IReadOnlyList<object?>> rows, string location)
    {
        if (rows.Count == 0)
        {
            throw new StoreException($"there is no store at `{location}` any more: somebody else took its IdgStore node away. Restore the database from a backup, or make a store of another name with `idgraph init --store URI?store=NAME`");
        }

        List<StoredRun> runs = [.. rows.Where(row => row[4] is not true).Select(row => Of(row, location))];
        var last = Math.Max(runs.Count, rows[0][3] as long? ?? 0);
        for (var place = 0; place < last; place++)
        {
            if (place == runs.Count || runs[place].Entry.Run.Number != place + 1)
            {
                throw new StoreException($"run {place + 1} of the store at `{location}` is missing: somebody else took its IdgRun node away, and an answer without it would lack what it told. Restore the database from a backup");
            }
        }

        return runs;
    }

    /// <exception cref="StoreException">The node was changed by somebody else.</exception>
    public static StoredRun Of(IReadOnlyList<object?> row, string location)
    {
        try
        {
            return new StoredRun(Embedded.Manifest.Parse(Encoding.UTF8.GetBytes((string)row[0]!))[0], (long)row[1]!, (long)row[2]!);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or UnknownVersionException or InvalidCastException or NullReferenceException or ArgumentException)
        {
            throw new StoreException($"a run of the store at `{location}` is not described as this program writes it: {wrong.Message}; somebody else changed its IdgRun node. Restore the database from a backup", wrong);
        }
    }
}
