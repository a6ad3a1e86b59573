using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Streams a sealed run and holds its file against the manifest.</summary>
internal static class RunReading
{
    /// <exception cref="StoreException">While enumerated: the file is damaged or another; it names file, byte and the way out.</exception>
    public static IEnumerable<Observation> Read(string path, ManifestEntry entry, CancellationToken cancellationToken)
    {
        using var reader = Open(path, entry);
        var batch = new List<Observation>();
        while (Next(reader, path, entry, batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var observation in batch)
            {
                yield return observation;
            }
        }
    }

    private static RunFileReader Open(string path, ManifestEntry entry)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
            if (stream.Length != entry.Bytes)
            {
                throw new InvalidDataException($"it has {stream.Length} bytes, and the manifest says {entry.Bytes}");
            }

            return new RunFileReader(stream);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw Damaged(path, offset: 0, wrong);
        }
    }

    private static bool Next(RunFileReader reader, string path, ManifestEntry entry, List<Observation> batch)
    {
        try
        {
            if (reader.ReadBatch(batch))
            {
                return true;
            }

            var footer = reader.Footer!;
            return reader.Sha256 == entry.Run.Sha256 && footer.Observations == entry.Run.Observations && reader.Opening.Number == entry.Run.Number
                ? false
                : throw new InvalidDataException("it is whole, but not the file that the manifest lists");
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException)
        {
            throw Damaged(path, reader.Offset, wrong);
        }
    }

    private static StoreException Damaged(string path, long offset, Exception wrong) => new(
        $"run file `{path}` cannot be read at byte {offset}: {wrong.Message}. Restore this file from a copy of the store, or import its source into a new store",
        wrong);
}
