using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Normalize;

namespace IdentityGraph;

/// <summary>One import under way; see <see cref="Pipeline.ImportAsync"/>. Without a store it is a dry run.</summary>
internal sealed class Import(IFileFormat format, ImportRequest request, IGraphStore? store, ImportOptions options)
{
    /// <summary>Of a hundred records so many may be rejected before nothing is committed.</summary>
    private const int MostRejectedPercent = 5;

    private const int ProgressEvery = 10_000;

    private readonly List<ImportedRun> _runs = [];
    private readonly PlaceholderWatch _placeholders = new();
    private long _observations;
    private long _read;
    private long _rejected;
    private long _told;
    private DateTimeOffset? _recordedAt;
    private IReadOnlyList<Vanished> _vanished = [];
    private string? _heldInFile;

    public async Task<ImportResult> RunAsync(CancellationToken cancellationToken)
    {
        using var runs = format.Open(request, options.Report, cancellationToken).GetEnumerator();
        var several = false;
        while (runs.MoveNext())
        {
            var run = runs.Current;
            Check(run.Header);
            var writer = store is null ? null : await store.BeginRunAsync(run.Header, cancellationToken).ConfigureAwait(false);
            await using (writer)
            {
                var written = Write(run, writer, cancellationToken);
                var refused = options.Report.RejectCount;
                several = request.Path != "-" && store is not null && ReadThrough(runs, cancellationToken);
                if (TooManyRejected() is { } refusal)
                {
                    return Result(refusal);
                }

                await SealAsync(run, refused, writer, written, cancellationToken).ConfigureAwait(false);
            }
        }

        if (several)
        {
            await WriteOthersAsync(cancellationToken).ConfigureAwait(false);
        }

        return Result(null);
    }

    public ImportResult Result(string? refusal) => new()
    {
        Runs = _runs,
        Observations = _observations,
        Read = _read,
        Rejected = Math.Max(_rejected, options.Report.RejectCount),
        Report = options.Report,
        Refusal = refusal,
        DryRun = store is null,
        Placeholders = _placeholders,
    };

    /// <summary>Reads what follows the first run without writing, so that nothing is sealed of a file that will be refused.</summary>
    private bool ReadThrough(IEnumerator<FileRun> runs, CancellationToken cancellationToken)
    {
        var any = false;
        while (runs.MoveNext())
        {
            any = true;
            Check(runs.Current.Header);
            Write(runs.Current, null, cancellationToken);
        }

        return any;
    }

    /// <summary>The runs behind the first one, read again now that the file is known to be taken.</summary>
    private async Task WriteOthersAsync(CancellationToken cancellationToken)
    {
        var first = true;
        var report = new ImportReport();
        foreach (var run in format.Open(request, report, cancellationToken))
        {
            var writer = first ? null : await store!.BeginRunAsync(run.Header, cancellationToken).ConfigureAwait(false);
            await using (writer)
            {
                var written = Copy(run, writer, report, null, cancellationToken);
                if (!first)
                {
                    await SealAsync(run, report.RejectCount, writer, written, cancellationToken).ConfigureAwait(false);
                }
            }

            first = false;
        }
    }

    private long Write(FileRun run, IRunWriter? writer, CancellationToken cancellationToken)
    {
        var written = Copy(run, writer, options.Report, options.Progress, cancellationToken);
        _observations += written;
        _read += run.Outcome.Read;
        _rejected += run.Outcome.Rejected;
        options.Progress?.Report(new(_read, _observations));
        return written;
    }

    private long Copy(FileRun run, IRunWriter? writer, ImportReport report, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        long written = 0;
        var guard = run.KeepsSecretsOut ? null : new SecretGuard(File, report);
        var creations = new CreationWatch(run.Header.StartedAt);
        var vanishing = writer is null ? null : Vanishing.For(store!, run.Header, options);
        (_vanished, _heldInFile) = ([], null);
        foreach (var observation in Guarded(run, guard))
        {
            if (++written % ProgressEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new(_read + run.Outcome.Read, _observations + written));
            }

            _placeholders.See(observation);
            creations.See(observation);
            _heldInFile ??= observation is Observation.EndOf { Hold: Collect.Hold.Held } held ? held.Reason ?? HeldRuns.Waits : null;
            if (vanishing?.Takes(observation) != true)
            {
                writer?.Write(observation);
            }
        }

        if (creations.Warning() is { } early)
        {
            report.Warn(early);
        }

        foreach (var end in vanishing is null ? [] : Hold(run, vanishing, cancellationToken))
        {
            writer?.Write(end);
        }

        return written;
    }

    /// <summary>The run's observations without what looks like a secret.</summary>
    private static IEnumerable<Observation> Guarded(FileRun run, SecretGuard? guard) => guard is null ? run.Observations : Guarded(run.Observations, run.Outcome, guard);

    private static IEnumerable<Observation> Guarded(IEnumerable<Observation> observations, RunOutcomeState outcome, SecretGuard guard)
    {
        foreach (var observation in observations)
        {
            if (guard.Pass(observation) is { } passed)
            {
                yield return passed;
            }
        }

        foreach (var end in guard.Ends())
        {
            yield return end;
        }

        outcome.Rejected += guard.LeftOut;
        outcome.PartialReason ??= guard.Loss;
    }

    /// <summary>The ends of the run's streams, those of a mass disappearance held.</summary>
    private IReadOnlyList<Observation.EndOf> Hold(FileRun run, Vanishing vanishing, CancellationToken cancellationToken)
    {
        (var ends, _vanished) = vanishing.Judge(run.Outcome.PartialReason is not null, cancellationToken);
        foreach (var one in _vanished)
        {
            options.Report.Warn(one.Confirmed
                ? $"{one}: they end by it, as was confirmed"
                : $"{one}, more than {options.Vanish.Share:P0} and {options.Vanish.Count}: held, nothing ended by it, and until it is confirmed or rejected whether they are there is unknown");
        }

        return ends;
    }

    private async Task SealAsync(FileRun run, long refused, IRunWriter? writer, long written, CancellationToken cancellationToken)
    {
        var held = _vanished.Any(one => !one.Confirmed) ? $"{HeldRuns.Waits}: {string.Join("; ", _vanished.Where(one => !one.Confirmed))}" : _heldInFile;
        // What was refused before a run began, as an entry of an archive is, counts with the first run.
        var rejected = Math.Max(run.Outcome.Rejected, refused - _told);
        _told += rejected;
        var outcome = new RunOutcome(run.Outcome.PartialReason is not null, rejected, run.Outcome.PartialReason ?? held);
        var stored = writer is null ? null : await writer.SealAsync(outcome, cancellationToken).ConfigureAwait(false);
        if (stored is not null && RepeatedRun.Of(store!, stored, cancellationToken) is { } before)
        {
            options.Report.Warn($"run {stored.Number} states exactly what run {before.Number} does, recorded {Instants.ToText(before.Header.RecordedAt!.Value)}: the same was imported before. Nothing is lost by it; if it was not meant, import each file once");
        }

        _runs.Add(new(run.Header, outcome, written, stored) { Vanished = _vanished });
    }

    /// <summary>What the store will demand of each run, demanded before the first one is sealed.</summary>
    private void Check(RunHeader header)
    {
        SecretGuard.Check(header);
        if (header.RecordedAt is not { } stated)
        {
            return;
        }

        if (stated < _recordedAt)
        {
            throw new RecordTimeException($"`recordedAt` {Instants.ToText(stated)} comes after a run recorded {Instants.ToText(_recordedAt.Value)}; history is replayed oldest first");
        }

        if (stated > options.Time.GetUtcNow())
        {
            throw new RecordTimeException($"`recordedAt` {Instants.ToText(stated)} lies in the future; leave it out, or correct it");
        }

        _recordedAt = stated;
    }

    private string? TooManyRejected() => !options.AllowRejects && _rejected * 100 > _read * MostRejectedPercent
        ? $"{_rejected} of {_read} records were rejected, more than {MostRejectedPercent} %; {Committed}; correct them, or import with --allow-rejects"
        : null;

    private string File => request.Path == "-" ? "standard input" : request.Path;

    private string Committed => _runs.Count == 0 ? "nothing was committed" : $"the {_runs.Count} runs before them are committed, this one is not";
}
