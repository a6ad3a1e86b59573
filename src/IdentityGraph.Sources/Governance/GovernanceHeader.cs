using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>What stands above the sections of a governance file.</summary>
internal sealed class GovernanceHeader
{
    public static readonly IReadOnlyList<EntryKey> Schema =
    [
        new("version", EntryType.Integer, "Version of this schema: 1."),
        new("source", EntryType.Text, "Name of the source; `--source` wins; not written: governance."),
        new("tenant", EntryType.Text, "Tells two files of one source apart."),
        new("collectedAt", EntryType.Start, "When the statements were gathered; `--collected-at` wins; not written: the file's modification time, with a warning."),
        new("interval", EntryType.Duration, "How often the file is renewed; not written: the policy's for files."),
        new("grade", EntryType.Word, "Grade of entries that state none; not written: Attestation.") { Words = [.. Enum.GetNames<EvidenceGrade>().Reverse()] },
        new("complete", EntryType.Texts, "Sections that list everything there is: what such a section stated before and states no more has ended."),
    ];

    public static readonly IReadOnlySet<string> Keys = Schema.Select(key => key.Name).ToHashSet(StringComparer.Ordinal);

    private readonly List<KeyValuePair<string, EntryNode>> _members = [];

    /// <summary>Takes a value; the last stands.</summary>
    public void Take(GovernanceItem item) => _members.Add(new(item.Key, item.Value!));

    /// <exception cref="EntryException">A value is not of its key's type, or a section does not exist.</exception>
    public (RunHeader Header, EvidenceGrade Grade, HashSet<string> Complete) Read(ImportRequest request, string file, ImportReport report)
    {
        var entry = new Entry(new EntryNode { Line = 1, Members = _members }, Schema);
        if (entry.Value("version")?.AsNumber() is { } version && version != 1)
        {
            throw new EntryException(1, "version", $"version {version} of the schema is not known; this program reads version 1");
        }

        var complete = entry.Ids("complete").Concat(request.Complete).ToHashSet(StringComparer.Ordinal);
        foreach (var section in complete.Where(section => !GovernanceSections.Names.Contains(section)))
        {
            throw new EntryException(1, "complete", Nearest.Unknown("section", section, [.. GovernanceSections.Names]));
        }

        var interval = entry.Optional("interval");
        var header = new RunHeader
        {
            Source = request.Source ?? entry.Optional("source") ?? "governance",
            Tenant = entry.Optional("tenant") ?? "",
            StartedAt = request.CollectedAt ?? entry.Instant("collectedAt") ?? Modified(request, file, report),
            Interval = interval is not null && Durations.TryParse(interval, out var often) ? often : null,
            Collector = "idgraph-governance/1",
        };
        return (header, entry.Value("grade") is { } grade ? Enum.Parse<EvidenceGrade>(grade.AsText()!) : EvidenceGrade.Attestation, complete);
    }

    private static DateTimeOffset Modified(ImportRequest request, string file, ImportReport report)
    {
        if (request.Path == "-")
        {
            throw new RefusedInputException("standard input has no time of its own; write `collectedAt` above the sections or give --collected-at");
        }

        var at = new DateTimeOffset(File.GetLastWriteTimeUtc(request.Path), TimeSpan.Zero);
        report.Warn($"{file} does not say when it was gathered; it was last changed {Instants.ToText(at)} and that is taken. Write `collectedAt`, or give --collected-at");
        return at;
    }
}
