namespace IdentityGraph.Graph.Fold;

/// <summary>A sighting on its way to a span, times in UTC ticks.</summary>
internal struct ClaimDraft
{
    public Sighting Row;
    public bool Counts;
    public bool Replaced;

    /// <summary>Read again after its end: the beginning it states is not believed.</summary>
    public bool Returned;

    /// <summary>Ended by its absence.</summary>
    public bool Missed;
    public long UnknownFrom;
    public long From;
    public long EndsNotBefore;
    public long Until;


    /// <summary>When the word that ended it was read first, or the run that missed it began.</summary>
    public long EndKnownAt;

    /// <summary>A word on the end is exact, where it does not come after an end that is known already.</summary>
    public void EndAt(long instant, long knownAt)
    {
        if (instant < Until)
        {
            (EndsNotBefore, Until, EndKnownAt, Missed) = (instant, instant, knownAt, false);
        }
    }
}
