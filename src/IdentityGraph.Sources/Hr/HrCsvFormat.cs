using IdentityGraph.Collect;
using IdentityGraph.Sources.Entries;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Hr;

/// <summary>An HR system's export as CSV: people, their engagements, their teams. One file is one full run of source `hr`.</summary>
public sealed class HrCsvFormat : IFileFormat
{
    public string Name => "hr-csv";

    public string Sentence => "People and their engagements as an HR system exports them: CSV, with a column mapping where headers are unusual.";

    public Func<string, bool> ReadsInFolder(ImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var files = request.Map is { } map ? HrMappingFile.Read(map).Tables.Select(table => table.File).ToHashSet(StringComparer.Ordinal) : [];
        return files.Contains;
    }

    public bool Recognizes(FileProbe probe) => IsTable(probe) && Lacks(probe).Count == 0;

    public string? Nearly(FileProbe probe)
    {
        if (!IsTable(probe) || InputFiles.UnpackedName(probe.Path) == "-")
        {
            return null;
        }

        return $"It is a table, and the nearest is hr-csv, for which it lacks {string.Join(" and ", Lacks(probe))}: name the columns in a mapping and give --from hr-csv --map FILE (as `columns: {{ personId: Worker, endDate: Left }}`). If it is not about people, no format reads it";
    }

    private static bool IsTable(FileProbe probe)
    {
        var name = InputFiles.UnpackedName(probe.Path);
        if (probe.IsFolder || probe.Head.IsEmpty || !(name is "-" || name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        return name != "-" || !(probe.Head.Span.TrimStart(" \t\r\n"u8).StartsWith("{"u8) || ZipNames.IsZip(probe.Head.Span));
    }

    /// <summary>What no column's header says, of what an export of people has at least.</summary>
    private static List<string> Lacks(FileProbe probe)
    {
        using var rows = new CsvRows(new MemoryStream(probe.Head.ToArray()));
        var table = HrColumns.Guess(rows.Header);
        List<string> lacks = [];
        if (!table.IsAboutPeople)
        {
            lacks.Add("a column with the person's id" + (Alike(rows.Header) is { } alike ? $" (is it `{RecordBook.Shown(alike)}`?)" : ""));
        }

        if (!table.Has(HrField.StartDate, HrField.EndDate, HrField.Status))
        {
            lacks.Add("one with a first day, last day or status");
        }

        if (!table.Has(HrField.FullName, HrField.LastName, HrField.Email, HrField.Login))
        {
            lacks.Add("one with a name, address or login");
        }

        return lacks;
    }

    /// <summary>The header that is most like the usual ones of the person's id; null: none is.</summary>
    private static string? Alike(IReadOnlyList<string> header) =>
        header.FirstOrDefault(name => Nearest.To(HrField.Plain(name), HrField.PersonId.Headers.Where(usual => usual.Length > 2)) is not null);

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        using var spooled = SpooledInput.Of(request, cancellationToken);
        var export = HrExport.Find(spooled, request, report);
        var complete = Complete(request, export.Mapping);
        var survey = new HrSurvey();
        foreach (var (row, _) in export.Rows(report, cancellationToken, survey.NoteSkipped))
        {
            if (row.Problem is null)
            {
                survey.Note(row);
            }
        }

        survey.Conclude(report);
        var source = request.Source ?? export.Mapping.Source;
        var header = new RunHeader
        {
            Source = source,
            Tenant = export.Mapping.Tenant,
            StartedAt = request.CollectedAt ?? survey.Earliest ?? (spooled.IsStandardInput ? throw NoTime() : Modified(export, report)),
            Interval = export.Mapping.Interval,
            Collector = "idgraph-hr-csv/1",
        };
        var statements = new HrStatements(export.Mapping, survey, export.Mapping.System ?? source, header.StartedAt, request.CollectedAt is null, report);
        yield return new Reading(export, statements, complete, request, report).Run(header, cancellationToken);
    }

    private static RefusedInputException NoTime() =>
        new("standard input has no time of its own, and no row says when it was collected; give --collected-at, or map a `collectedAt` column");

    private static DateTimeOffset Modified(HrExport export, ImportReport report)
    {
        var at = export.ModifiedAt;
        report.Warn($"the export does not say when it was made; its files were last changed {Graph.Instants.ToText(at)} and that is taken. Give --collected-at, or map a `collectedAt` column");
        return at;
    }

    private static HashSet<string> Complete(ImportRequest request, HrMapping mapping)
    {
        foreach (var stream in request.Complete.Where(stream => !HrMappingFile.Streams.Contains(stream)))
        {
            throw new RefusedInputException($"--complete: {Nearest.Unknown("stream of hr-csv", stream, HrMappingFile.Streams)}");
        }

        return request.Complete.Concat(mapping.Complete).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The second reading of the export, which states what the rows say.</summary>
    private sealed class Reading(HrExport export, HrStatements statements, HashSet<string> complete, ImportRequest request, ImportReport report)
    {
        private readonly SortedDictionary<string, (long Count, string? Incomplete)> _streams = new(StringComparer.Ordinal);
        private RunOutcomeState _outcome = new();

        public FileRun Run(RunHeader header, CancellationToken cancellationToken)
        {
            var run = new FileRun(header, Observations(cancellationToken));
            _outcome = run.Outcome;
            return run;
        }

        private IEnumerable<Observation> Observations(CancellationToken cancellationToken)
        {
            foreach (var table in export.Mapping.Tables)
            {
                Expect(table.DescribesPeople || export.Mapping.Tables.Count == 1, HrStatements.People);
                Expect(table.DescribesEmployments, HrStatements.Employments);
                Expect(table.DescribesTeams, HrStatements.Teams);
            }

            foreach (var (row, endsReading) in export.Rows(null, cancellationToken))
            {
                _outcome.Read++;
                var stated = row.Problem is { } problem ? Refuse(row, problem.Field, problem.Text) : statements.Of(row);
                foreach (var observation in stated)
                {
                    Count(observation);
                    yield return observation;
                }

                if (endsReading)
                {
                    _outcome.PartialReason = $"{row.File} could be read up to line {row.Line} only";
                    break;
                }
            }

            foreach (var (stream, (count, incomplete)) in _streams)
            {
                var reason = _outcome.PartialReason ?? incomplete
                    ?? (complete.Contains(stream) ? null : $"the export does not say that it lists all of them; give --complete {stream} if it does");
                yield return new Observation.EndOf { Stream = stream, Complete = reason is null, Count = count, Reason = reason };
            }
        }

        private IEnumerable<Observation> Refuse(HrRow row, string field, string problem)
        {
            _outcome.Rejected++;
            report.Refuse(new Reject(row.File, row.Line, field, problem));
            if (request.Trace)
            {
                report.OnTrace?.Invoke(new TraceLine { What = "node", Start = row.PersonId ?? row.Team ?? "", Kind = "row", Where = row.Where, Became = "refused", As = problem });
            }

            if (row.PersonId is null && row.Team is null)
            {
                Spoil([.. _streams.Keys], $"{row.Where} could not be read");
            }
            else if (row.Table.DescribesEmployments && row.EmploymentKey is null)
            {
                Spoil([HrStatements.Employments], $"which engagement {row.Where} is about could not be read");
            }

            return statements.Seen(row, problem);
        }

        private void Expect(bool expected, string stream)
        {
            if (expected)
            {
                _streams.TryAdd(stream, (0, null));
            }
        }

        private void Spoil(string[] streams, string reason)
        {
            foreach (var stream in streams)
            {
                _streams[stream] = (_streams[stream].Count, _streams[stream].Incomplete ?? reason);
            }
        }

        private void Count(Observation observation)
        {
            var before = _streams.GetValueOrDefault(observation.Stream!);
            _streams[observation.Stream!] = (before.Count + 1, before.Incomplete);
            if (!request.Trace || report.OnTrace is not { } trace)
            {
                return;
            }

            switch (observation)
            {
                case Observation.SawNode node:
                    trace(new TraceLine { What = "node", Start = node.Id, Kind = "row", Where = node.Evidence[0].Ref, Became = "imported", As = node.Kind! });
                    break;
                case Observation.SawEdge edge:
                    trace(new TraceLine { What = "edge", Start = edge.Of, End = edge.To, Kind = "row", Where = edge.Evidence[0].Ref, Became = "imported", As = edge.Kind });
                    break;
            }
        }
    }
}
