using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Collecting;
using Microsoft.Extensions.Logging;

namespace IdentityGraph.Daemon;

/// <summary>One collection of a source of files, its lease held: what is new is imported, what was taken is kept file by file.</summary>
internal sealed class SourceCollection(ConfiguredSource source, IInspectableStore store, ISourceLease lease, AnalysisPolicy policy, TimeProvider time, ILogger log)
{
    private const int MostTold = 20;

    private readonly List<TakenFile> _taken = [];
    private readonly List<int> _runs = [];
    private readonly List<string> _faults = [];
    private long _observations;
    private long _rejected;
    private int _unchanged;
    private bool _isPartial;

    /// <exception cref="RefusedInputException">There is nothing at its path.</exception>
    /// <exception cref="StoreLockedException">Another process writes, or took the source over.</exception>
    public async Task<SourceOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var files = FilesOfSource.Of(source);
        var before = lease.Record.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await TakeAsync(file, before.GetValueOrDefault(file), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception refused) when (refused is RefusedInputException or UnauthorizedAccessException or IOException)
            {
                Fail(file, refused.Message);
            }

            // What comes later stays known as it was until it is its turn.
            var known = _taken.Select(taken => taken.Path).ToHashSet(StringComparer.Ordinal);
            await lease.KeepAsync(lease.Record with { Files = [.. _taken.Concat(files.Where(path => !known.Contains(path) && before.ContainsKey(path)).Select(path => before[path])).OrderBy(taken => taken.Path, StringComparer.Ordinal)] }, cancellationToken).ConfigureAwait(false);
        }

        return Outcome(files.Count);
    }

    private async Task TakeAsync(string path, TakenFile? before, CancellationToken cancellationToken)
    {
        var input = InputDigest.Of(path, source, cancellationToken);
        var import = FileImport.Of(Request(path), source.Format);
        if (before is not null && IsUnchanged(import, input, before, cancellationToken))
        {
            _unchanged++;
            _taken.Add(before with { ModifiedAt = input.ModifiedAt });
            log.Unchanged(source.Name, path, before.Run);
            return;
        }

        log.Reading(source.Name, path, import.Format.Name);
        var report = new ImportReport();
        var leased = new LeasedStore(store, lease, () =>
        {
            if (InputDigest.StampOf(path) != input.Stamp)
            {
                throw new RefusedInputException($"`{path}` was written to while it was read: nothing of it was recorded, and it is read again next time. Write files under another name (`….part`) and rename them when they are whole");
            }
        });
        var result = await import.RunAsync(leased, FileImport.Options(policy, report) with { AllowRejects = source.AllowRejects, Time = time }, cancellationToken).ConfigureAwait(false);
        Tell(path, result);
        _runs.AddRange(result.Runs.Where(run => run.Sealed is not null).Select(run => run.Sealed!.Number));
        _observations += result.Runs.Sum(run => run.Observations);
        _rejected += result.Rejected;
        if (result.Refusal is { } refusal)
        {
            Fail(path, refusal);
            return;
        }

        _isPartial |= result.Verdict == ImportVerdict.Partial;
        if (result.Runs is [var first, ..] && result.Runs[^1].Sealed is { } last)
        {
            _taken.Add(new TakenFile(path, input.Digest, input.ModifiedAt, first.Header.StartedAt, last.Number, last.Sha256));
        }
    }

    /// <summary>
    /// The same bytes read the same way, of the same time of reading, and the store still has what they gave: after a restore from a copy it
    /// may not. Where a file does not say when its data was read, the time it was written does, and the same content written anew is a new reading.
    /// </summary>
    private bool IsUnchanged(FileImport import, InputDigest input, TakenFile before, CancellationToken cancellationToken) =>
        before.Digest == input.Digest
        && store.Runs().Any(run => run.Number == before.Run && run.Sha256 == before.Sha256)
        && (before.ModifiedAt == input.ModifiedAt || import.ReadAt(cancellationToken) == before.ReadAt);

    private ImportRequest Request(string path) => new()
    {
        Path = path,
        Source = source.Source,
        Tenant = source.Tenant,
        Map = source.Map,
        Complete = source.Complete,
        TimeZone = policy.TimeZone is not "UTC" and var zone ? zone : null,
        Strict = source.Strict,
    };

    private void Fail(string path, string why)
    {
        _faults.Add(why);
        log.Refused(source.Name, path, why);
    }

    private void Tell(string path, ImportResult result)
    {
        foreach (var warning in result.Report.Warnings.Take(MostTold))
        {
            log.Warned(source.Name, path, warning);
        }

        foreach (var reject in result.Report.Rejects.Take(MostTold))
        {
            log.Rejected(source.Name, reject.File, reject.Line, reject.Member, reject.Problem);
        }

        foreach (var run in result.Runs.Where(run => run.Sealed is not null))
        {
            log.Sealed(source.Name, run.Sealed!.Number, run.Header.Source, run.Header.Tenant, run.Observations, run.Outcome.Rejected, run.Outcome.Reason ?? "");
        }
    }

    private SourceOutcome Outcome(int files)
    {
        var ending = _faults.Count > 0 ? _runs.Count > 0 || _unchanged > 0 ? Ending.Partial : Ending.Refused
            : _isPartial ? Ending.Partial
            : _runs.Count > 0 ? Ending.Collected
            : Ending.Unchanged;
        var detail = $"{files} file(s) or folder(s): {files - _unchanged - _faults.Count} taken, {_unchanged} unchanged, {_faults.Count} not taken";
        return new(source.Name, ending, _faults.Count > 0 ? $"{detail}: {string.Join("; ", _faults.Take(3))}" : detail, _runs, _observations, _rejected);
    }
}
