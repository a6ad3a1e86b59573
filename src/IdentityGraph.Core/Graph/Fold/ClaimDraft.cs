namespace IdentityGraph.Graph.Fold;

/// <summary>A sighting on its way to a span, times in UTC ticks.</summary>
internal struct ClaimDraft
{
    public Sighting Row;
    public bool Counts;
    public bool Replaced;

    /// <summary>Ended by its absence.</summary>
    public bool Missed;
    public long UnknownFrom;
    public long From;
    public long EndsNotBefore;
    public long Until;

    public void EndAt(long instant)
    {
        EndsNotBefore = Math.Min(EndsNotBefore, instant);
        Until = Math.Min(Until, instant);
    }
}
