namespace IdentityGraph.Collect;

/// <summary>
/// One kind of file that can be imported. A format maps its vendor's words to observations, and nobody else does.
/// Reading streams: memory does not grow with the file.
/// </summary>
public interface IFileFormat
{
    /// <summary>What `--from` calls it: `ndjson`, `bloodhound`, `hr-csv`, `governance`…</summary>
    string Name { get; }

    /// <summary>One sentence: what the file is and who writes it.</summary>
    string Sentence { get; }

    /// <summary>Whether it reads zip archives.</summary>
    bool TakesArchives => false;

    /// <summary>
    /// Which files of a folder are looked into when that folder is imported, by their names relative to it, parted by `/`. The others are told.
    /// </summary>
    Func<string, bool> ReadsInFolder(ImportRequest request) => static _ => false;

    /// <summary>Whether the file looks like this format, judged by its name and first bytes only.</summary>
    bool Recognizes(FileProbe probe);

    /// <summary>What a file that nobody recognises lacks to be this format, and how to have it read all the same; null: it is nothing like it.</summary>
    string? Nearly(FileProbe probe) => null;

    /// <summary>
    /// The runs of a file, in the order to be recorded. Observations are read while they are enumerated; what is refused or not
    /// understood goes to <paramref name="report"/>. After a run's observations were enumerated, <see cref="FileRun.Outcome"/> holds.
    /// </summary>
    /// <exception cref="RefusedInputException">The file as a whole cannot be read; nothing may be committed.</exception>
    IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken);
}

/// <summary>What a format may look at to recognise a file.</summary>
/// <param name="Path">As given; "-" for standard input.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Head">The first bytes, at most 64 KiB, unpacked where the file is gzip; empty for a folder.</param>
/// <param name="Names">Entry names of a zip or folder, at most 1,000; empty otherwise.</param>
public sealed record FileProbe(string Path, bool IsFolder, ReadOnlyMemory<byte> Head, IReadOnlyList<string> Names)
{
    /// <summary>How the first JSON files of a zip or folder begin, where their names do not tell; empty otherwise.</summary>
    public IReadOnlyList<EntryProbe> Entries { get; init; } = [];
}

/// <summary>The beginning of a file in a zip or folder.</summary>
/// <param name="Name">As the zip or folder has it.</param>
/// <param name="Head">Its first bytes, at most 4 KiB.</param>
public sealed record EntryProbe(string Name, ReadOnlyMemory<byte> Head);

/// <summary>What the user asked of an import.</summary>
public sealed record ImportRequest
{
    /// <summary>File or folder; "-" reads <see cref="StandardInput"/>.</summary>
    public required string Path { get; init; }

    public Stream? StandardInput { get; init; }

    /// <summary>`--source`: the source's name instead of the format's default; null: not given.</summary>
    public string? Source { get; init; }

    /// <summary>`--tenant`: the tenant, instance or repository the file is of, where it does not say; null: not given.</summary>
    public string? Tenant { get; init; }

    /// <summary>`--map`: path of a column mapping; null: not given.</summary>
    public string? Map { get; init; }

    /// <summary>`--collected-at`: when it was read from the system, UTC; null: as the file says.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>The policy's IANA zone for dates without a time whose file names none; null: UTC, flagged.</summary>
    public string? TimeZone { get; init; }

    /// <summary>`--complete`: streams the user vouches are complete.</summary>
    public IReadOnlyList<string> Complete { get; init; } = [];

    /// <summary>Unknown members, kinds and properties are errors.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether to tell <see cref="ImportReport.OnTrace"/> of every object and relationship read.</summary>
    public bool Trace { get; init; }
}

/// <summary>One run in a file.</summary>
public sealed class FileRun(RunHeader header, IEnumerable<Observation> observations)
{
    public RunHeader Header { get; } = header;

    /// <summary>Whether the reader refuses every text that looks like a secret itself, in words of the file; else the import does.</summary>
    public bool KeepsSecretsOut { get; init; }

    /// <summary>Can be enumerated once.</summary>
    public IEnumerable<Observation> Observations { get; } = observations;

    /// <summary>How it ended; set by the reader by the time the observations are enumerated to their end.</summary>
    public RunOutcomeState Outcome { get; } = new();
}

/// <summary>Filled while a run is read.</summary>
public sealed class RunOutcomeState
{
    /// <summary>Why the run is partial; null where it is whole.</summary>
    public string? PartialReason { get; set; }

    public long Rejected { get; set; }

    /// <summary>Records read, rejected ones included.</summary>
    public long Read { get; set; }
}

/// <summary>The input as a whole is refused and nothing is committed (exit code 2).</summary>
public sealed class RefusedInputException(string message, Exception? inner = null) : Exception(message, inner);
