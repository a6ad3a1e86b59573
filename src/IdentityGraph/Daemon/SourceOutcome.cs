using IdentityGraph.Cli;

namespace IdentityGraph.Daemon;

/// <summary>How collecting a source ended.</summary>
internal enum Ending
{
    /// <summary>Something new was recorded, whole.</summary>
    Collected,

    /// <summary>Nothing is new since it was last taken.</summary>
    Unchanged,

    /// <summary>Something was recorded; some records, files or streams were not.</summary>
    Partial,

    /// <summary>Nothing was recorded: the input was refused, or is not there.</summary>
    Refused,

    /// <summary>Another collector is at it.</summary>
    Skipped,

    /// <summary>The store could not be used.</summary>
    NoStore,

    /// <summary>A mistake of the program.</summary>
    Failed,
}

/// <summary>What became of one source.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Detail">The same in a sentence.</param>
/// <param name="Runs">Numbers of the runs that were sealed.</param>
/// <param name="Observations">Recorded.</param>
/// <param name="Rejected">Records refused.</param>
internal sealed record SourceOutcome(string Source, Ending Ending, string Detail, IReadOnlyList<int> Runs, long Observations, long Rejected)
{
    private int Code => Ending switch
    {
        Ending.Collected or Ending.Unchanged => ExitCode.Done,
        Ending.Partial => ExitCode.Partial,
        Ending.Refused => ExitCode.Usage,
        Ending.Skipped or Ending.NoStore => ExitCode.Store,
        _ => ExitCode.Internal,
    };

    /// <summary>Of all together: a source that was refused beside others that were taken makes it partial, alone it is refused input.</summary>
    public static int CodeOf(IReadOnlyCollection<SourceOutcome> outcomes)
    {
        var taken = outcomes.Any(static one => one.Ending is Ending.Collected or Ending.Unchanged or Ending.Partial);
        return ExitCode.Gravest(outcomes.Select(one => one.Ending == Ending.Refused && taken ? ExitCode.Partial : one.Code));
    }

    public static Sheet SheetOf(IReadOnlyCollection<SourceOutcome> outcomes) => Sheet.Of(
        $"{outcomes.Count} source(s)",
        ["source", "ending", "runs", "observations", "rejected", "detail"],
        outcomes.Select(one => new[]
        {
            one.Source,
            one.Ending.ToString().ToLowerInvariant(),
            string.Join(' ', one.Runs),
            one.Observations.ToString(),
            one.Rejected.ToString(),
            one.Detail,
        }));
}
