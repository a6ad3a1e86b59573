namespace IdentityGraph.Graph;

/// <summary>How far one stream of one source was read, as known at the snapshot.</summary>
public sealed record StreamCoverage
{
    public required string Source { get; init; }

    public required string Tenant { get; init; }

    public required string Stream { get; init; }

    /// <summary>Start of the last run that read it to its end (full or delta); null: never.</summary>
    public DateTimeOffset? LastCompleteAt { get; init; }

    /// <summary>Starts of the full runs that read it to its end, ascending: only such a run proves an absence, a delta never does.</summary>
    public IReadOnlyList<DateTimeOffset> ReadWholeAt { get; init; } = [];

    /// <summary>Whether what it does not state was looked for: some full run read it to its end.</summary>
    public bool IsReadWhole => ReadWholeAt.Count > 0;

    /// <summary>Start of the last run that touched it.</summary>
    public DateTimeOffset? LastReadAt { get; init; }

    /// <summary>Start of the last full run of which a mass disappearance waits to be confirmed; null: none does.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>As stated by its newest run that states one; else the default.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>What a what-if says: no source, so never counted among them, and never stale.</summary>
    internal bool IsOverlay { get; init; }

    /// <summary>Names of node and edge kinds that it ever stated.</summary>
    public required IReadOnlySet<string> States { get; init; }

    /// <summary>
    /// The last instant (UTC ticks) at which it is fresh: twice its interval after the start of the run that counts, the last
    /// complete one, or the last one where none was complete. <see cref="Instants.Latest"/> where that lies beyond all time.
    /// </summary>
    public long FreshUntil
    {
        get
        {
            if ((LastCompleteAt ?? LastReadAt) is not { } read)
            {
                return Instants.Earliest;
            }

            var last = (Int128)read.UtcTicks + (2 * (Int128)Interval.Ticks);
            return last >= DateTimeOffset.MaxValue.UtcTicks ? Instants.Latest : (long)last;
        }
    }
}
