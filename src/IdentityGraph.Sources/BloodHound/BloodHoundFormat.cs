using System.Text;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// What SharpHound and its kin collect from Active Directory, versions 4 to 6: a zip, its unpacked folder, or one file of it. Every
/// collection in it (files whose names begin with the same time) is a run.
/// </summary>
public sealed class BloodHoundFormat : IFileFormat
{
    private readonly UnpackLimits _limits;

    public BloodHoundFormat()
        : this(new UnpackLimits())
    {
    }

    internal BloodHoundFormat(UnpackLimits limits) => _limits = limits;

    public string Name => "bloodhound";

    public string Sentence => "Active Directory as SharpHound collects it for BloodHound (version 4 to 6): a zip, its folder, or one of its JSON files.";

    public bool TakesArchives => true;

    public Func<string, bool> ReadsInFolder(ImportRequest request) =>
        static name => !name.Contains('/', StringComparison.Ordinal) && InputFiles.UnpackedName(name).EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (probe.Names.Count > 0)
        {
            return probe.Names.Any(IsCollectionFile);
        }

        // A file of a collection begins with its meta, or with the first of its objects.
        var head = Encoding.UTF8.GetString(probe.Head.Span[..Math.Min(probe.Head.Length, 4096)]);
        return head.TrimStart('\uFEFF', ' ', '\n', '\r', '\t').StartsWith('{')
            && !new Azure.AzureHoundFormat().Recognizes(probe)
            && ((head.Contains("\"methods\"", StringComparison.Ordinal) && head.Contains("\"meta\"", StringComparison.Ordinal))
                || (IsCollectionFile(InputFiles.UnpackedName(Path.GetFileName(probe.Path))) && head.Contains("\"data\"", StringComparison.Ordinal)));
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        using var spooled = SpooledInput.Of(request, cancellationToken);
        using var archive = SharpHoundArchive.Open(spooled, _limits, report);
        var collections = archive.Entries
            .Select(entry => Identify(entry, report, cancellationToken))
            .OfType<CollectionFile>()
            .GroupBy(file => file.Entry.Collection, StringComparer.Ordinal)
            .Select(group => (Files: group.ToArray(), Header: HeaderOf([.. group], request, report, cancellationToken)))
            .OrderBy(collection => collection.Header.StartedAt)
            .ToArray();
        if (collections.Length == 0)
        {
            throw new RefusedInputException($"`{spooled.Shown}` holds no file that SharpHound wrote (JSON with `meta.type` {string.Join(", ", DirectoryKinds.FileTypes)}, version 4 to 6); nothing was imported");
        }

        var left = report.RejectCount == 0 ? null : $"{report.RejectCount} of the files were refused: what they hold is not known";
        SayWhatIsComplete([.. collections.SelectMany(collection => collection.Files).Select(file => file.Type).Distinct().Order(StringComparer.Ordinal)], request, report);
        using var memory = new ImportMemory(links: request.Trace, new(_limits.Ids));
        foreach (var (files, header) in collections)
        {
            var reader = new CollectionReader(files, request, report, _limits, memory);
            var run = new FileRun(header, reader.Read(cancellationToken));
            run.Outcome.PartialReason = left;
            reader.Outcome = run.Outcome;
            yield return run;
        }
    }

    /// <summary>SharpHound collects as much as it was told to and could reach, and does not say how much that was: only the user can vouch for it.</summary>
    private static void SayWhatIsComplete(IReadOnlyList<string> streams, ImportRequest request, ImportReport report)
    {
        foreach (var unknown in request.Complete.Where(word => !streams.Contains(word, StringComparer.OrdinalIgnoreCase)))
        {
            report.Warn($"--complete `{unknown}` names no stream of this import; it has {string.Join(", ", streams)}");
        }

        var open = streams.Where(stream => !request.Complete.Contains(stream, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (open.Length > 0)
        {
            report.Warn($"SharpHound does not say whether it read everything, so nothing is concluded from what is absent in {string.Join(", ", open)}; name those you know to be whole with --complete. No file of it states owners");
        }
    }

    private static bool IsCollectionFile(string name) =>
        name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && DirectoryKinds.FileTypes.Contains(name[(name.LastIndexOfAny(['_', '/', '\\']) + 1)..^5].ToLowerInvariant());

    /// <summary>The file with its type; null (and refused) where it is none of SharpHound's.</summary>
    private CollectionFile? Identify(SharpHoundEntry entry, ImportReport report, CancellationToken cancellationToken)
    {
        SharpHoundMeta? meta = null;
        string? damage = null;
        try
        {
            // Everything packed is unpacked once before anything is committed: a bomb in the last file must not leave the first run behind.
            using var reader = new DataReader(entry.Open(), _limits);
            var end = entry.ReadEnd(SharpHoundMeta.EndBytes);
            meta = reader.ReadMeta(() => end is { } bytes && SharpHoundMeta.AtEnd(bytes, _limits.Depth) is { } last && last.Type == entry.TypeByName ? last : null, cancellationToken);
            if (end is null)
            {
                reader.Drain(cancellationToken);
            }

            damage = meta?.Problem is { } problem ? $"`meta`: {problem}" : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException)
        {
            damage = exception.Message;
        }

        // Real files end with their meta: one cut in the middle has lost it, and only its name tells what it holds.
        var type = meta?.Type ?? (damage is null ? null : entry.TypeByName);
        if (type is null || DirectoryKinds.OfFileType(type) is not { } kind)
        {
            return Refused(damage ?? (meta is null ? "it has no `meta`" : $"its `meta.type` is `{Shown(type)}`"));
        }

        return meta?.Version is null or (>= 4 and <= 6)
            ? new CollectionFile(entry, type, kind)
            : Refused($"its `meta.version` is {meta.Value.Version}, and 4 to 6 are known");

        CollectionFile? Refused(string why)
        {
            report.Refuse(new Reject(entry.Name, 0, "meta", $"{why}; the file was not read. Known types: {string.Join(", ", DirectoryKinds.FileTypes)}"));
            return null;
        }
    }

    private RunHeader HeaderOf(IReadOnlyList<CollectionFile> files, ImportRequest request, ImportReport report, CancellationToken cancellationToken) => new()
    {
        Source = request.Source ?? "activedirectory",
        Tenant = DomainOf(files, cancellationToken) ?? "",
        StartedAt = StartOf(files, request, report),
        Mode = RunMode.Full,
        Collector = "sharphound",
    };

    private static DateTimeOffset StartOf(IReadOnlyList<CollectionFile> files, ImportRequest request, ImportReport report)
    {
        if (request.CollectedAt is { } stated)
        {
            return stated;
        }

        var inNames = SharpHoundEntry.TimeIn(files[0].Entry.Collection) ?? SharpHoundEntry.TimeIn(new string([.. Path.GetFileName(request.Path).TakeWhile(char.IsAsciiDigit)]));
        if (inNames is { } time)
        {
            report.Warn("SharpHound names its files by the local time of the machine it ran on, without a zone; it is taken as UTC. If that is wrong, say when with --collected-at");
            return time;
        }

        if (request.Path == "-" && !files.Any(file => file.Entry.IsPacked))
        {
            throw new RefusedInputException("standard input has no time of its own; say when the collection was made with --collected-at");
        }

        var written = files.Max(file => file.Entry.WrittenAt);
        report.Warn($"no file name says when the collection was made: the time its files were last written, {Instants.ToText(written)}, is taken. If they were copied since, say when with --collected-at");
        return written;
    }

    /// <summary>The domain's name, upper case, as the first object that has one says; null: none does.</summary>
    private string? DomainOf(IReadOnlyList<CollectionFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files.OrderBy(file => file.Kind != DirectoryKind.Domain))
        {
            try
            {
                using var reader = new DataReader(file.Entry.Open(), _limits);
                foreach (var item in reader.ReadData(cancellationToken))
                {
                    var properties = item.Json["Properties"u8];
                    if ((properties["domain"u8].GetString() ?? (file.Kind == DirectoryKind.Domain ? properties["name"u8].GetString() : null)) is { Length: > 0 } domain)
                    {
                        return JsonReading.Upper(domain);
                    }
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException)
            {
                // The damage is reported when the file is read for good; another file may name the domain.
                continue;
            }
        }

        return null;
    }

    private static string Shown(string? word) => word is null ? "" : SecretLooking.Find(word) is { } sort ? $"({sort})" : string.Concat(word.Take(40).Select(c => char.IsControl(c) ? '?' : c));
}
