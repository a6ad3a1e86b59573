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

    /// <exception cref="StoreException">The node was changed by somebody else.</exception>
    public static StoredRun Of(IReadOnlyList<object?> row, string location)
    {
        try
        {
            return new StoredRun(Embedded.Manifest.Parse(Encoding.UTF8.GetBytes((string)row[0]!))[0], (long)row[1]!, (long)row[2]!);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or UnknownVersionException or InvalidCastException or NullReferenceException or ArgumentOutOfRangeException)
        {
            throw new StoreException($"a run of the store at `{location}` is not described as this program writes it: {wrong.Message}; somebody else changed its IdgRun node. Restore the database from a backup", wrong);
        }
    }
}
