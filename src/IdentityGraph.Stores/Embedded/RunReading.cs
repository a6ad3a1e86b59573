using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Streams a sealed run and holds its file against the manifest.</summary>
internal static class RunReading
{
    /// <exception cref="StoreException">While enumerated: the file is damaged or another; it names file, byte and the way out.</exception>
    public static IEnumerable<Observation> Read(string path, ManifestEntry entry, CancellationToken cancellationToken) =>
        Read(path, () => Open(path), entry, cancellationToken);

    /// <param name="path">What the run's file is called in messages.</param>
    /// <param name="open">Its bytes from the first on, with their number as length.</param>
    /// <param name="entry">What it must be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="Read(string, ManifestEntry, CancellationToken)" />
    public static IEnumerable<Observation> Read(string path, Func<Stream> open, ManifestEntry entry, CancellationToken cancellationToken)
    {
        using var reader = Sayable(() => Open(path, open, entry));
        Func<Observation?> next = () => Next(reader, path, entry);
        while (Sayable(next) is { } observation)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return observation;
        }
    }

    /// <summary>Reads a run to its end and keeps nothing.</summary>
    /// <exception cref="DamagedRunException">The file is damaged or another.</exception>
    public static void Verify(string path, ManifestEntry entry, CancellationToken cancellationToken) => Verify(path, () => Open(path), entry, cancellationToken);

    /// <inheritdoc cref="Verify(string, ManifestEntry, CancellationToken)" />
    public static void Verify(string path, Func<Stream> open, ManifestEntry entry, CancellationToken cancellationToken)
    {
        using var reader = Open(path, open, entry);
        while (Next(reader, path, entry) is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static T Sayable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DamagedRunException damaged)
        {
            throw new StoreException($"run file `{damaged.Path}` cannot be read at byte {damaged.Offset}: {damaged.Problem}; {DamagedRunException.WayOut}", damaged);
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);

    private static RunFileReader Open(string path, Func<Stream> open, ManifestEntry entry)
    {
        Stream? stream = null;
        try
        {
            stream = open();
            return stream.Length == entry.Bytes
                ? new RunFileReader(stream)
                : throw new InvalidDataException($"it has {stream.Length} bytes, and the manifest says {entry.Bytes}");
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new DamagedRunException(path, offset: 0, wrong);
        }
    }

    private static Observation? Next(RunFileReader reader, string path, ManifestEntry entry)
    {
        try
        {
            return reader.Next() is { } observation ? observation
                : IsListed(reader, entry) ? null
                : throw new InvalidDataException("it is whole, but not the file that the manifest lists");
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException)
        {
            throw new DamagedRunException(path, reader.Offset, wrong);
        }
    }

    private static bool IsListed(RunFileReader reader, ManifestEntry entry)
    {
        var (footer, run, header) = (reader.Footer!, entry.Run, reader.Opening.Header);
        return reader.Sha256 == run.Sha256 && reader.Opening.Number == run.Number && footer.Observations == run.Observations && footer.Outcome == run.Outcome
            && header.Unrecognised.SequenceEqual(run.Header.Unrecognised)
            && header with { RecordedAt = footer.RecordedAt, Unrecognised = [] } == run.Header with { Unrecognised = [] };
    }
}
