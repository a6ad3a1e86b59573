using IdentityGraph.Graph;

namespace IdentityGraph.Stores;

/// <summary>A store that also shows its graph to the query language of its server. What is shown is made from the runs and never read for an answer.</summary>
public interface IProjectedStore : IInspectableStore
{
    /// <summary>How far what is shown is behind the runs.</summary>
    ProjectionState Projected();

    /// <summary>
    /// Makes what is shown agree with the runs, by the differences. Stopped or killed midway it goes on the next time where it was; run again
    /// it changes nothing.
    /// </summary>
    /// <exception cref="StoreLockedException">Somebody else writes.</exception>
    /// <exception cref="StoreException">The server cannot be used.</exception>
    ValueTask<ProjectionResult> ProjectAsync(ProjectionOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>What a projection is made by.</summary>
public sealed record ProjectionOptions
{
    /// <summary>The moment of the properties of nodes and of whether they are live; null: the newest record time.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>From which confidence on a link between account and person is true, as the policy says.</summary>
    public double CorrelationConfidence { get; init; } = 0.9;

    /// <summary>
    /// What is there is believed in nothing: entities, revisions and streams are written whatever their hashes say, relationships taken away and
    /// made again. Mends whatever somebody changed by hand.
    /// </summary>
    public bool IsAnew { get; init; }

    public IProgress<ProjectionProgress>? Progress { get; init; }
}

/// <summary>How far a projection is, for whoever watches.</summary>
/// <param name="Doing">What is counted, in a word or two.</param>
/// <param name="Done">How many so far.</param>
public readonly record struct ProjectionProgress(string Doing, long Done);

/// <summary>What a projection changed.</summary>
/// <param name="State">How far it is now: whole.</param>
/// <param name="Written">Entities and relationships that were made or changed.</param>
/// <param name="Removed">Those that were taken away.</param>
public sealed record ProjectionResult(ProjectionState State, long Written, long Removed);

/// <summary>How far the graph that is shown agrees with the runs.</summary>
public sealed record ProjectionState
{
    /// <summary>Runs of the store.</summary>
    public required int Runs { get; init; }

    /// <summary>Number of the newest run in it; null: there is none yet.</summary>
    public int? Run { get; init; }

    /// <summary>The moment of the properties of nodes and of whether they are live.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>It was begun and not finished: some of it is new and some old.</summary>
    public bool IsHalf { get; init; }

    /// <summary>Made by a program that makes it in another form.</summary>
    public bool IsOfAnotherForm { get; init; }

    public long Entities { get; init; }

    public long Relationships { get; init; }

    /// <summary>It shows every run, whole.</summary>
    public bool IsWhole => !IsHalf && !IsOfAnotherForm && (Run ?? 0) == Runs;

    /// <summary>In words; what mends it is left to whoever tells.</summary>
    public override string ToString() => IsHalf ? "the graph for Cypher is half written: a projection was begun and did not finish"
        : IsOfAnotherForm ? "the graph for Cypher was written by another version of this program"
        : Run is null && Runs > 0 ? "the graph for Cypher was not written yet"
        : !IsWhole ? $"the graph for Cypher lags: it shows run {Run}, the newest is {Runs}"
        : AsOf is { } moment ? $"the graph for Cypher shows run {Run} as of {Instants.ToText(moment)}: {Entities} entities, {Relationships} relationships"
        : "there is nothing to show in Cypher yet";
}
