namespace IdentityGraph.Graph.Fold;

/// <summary>A sighting on its way to a span, times in UTC ticks.</summary>
internal record struct ClaimDraft
{
    public required long FirstAt { get; set; }
    public required long LastAt { get; set; }
    public required long UnknownFrom { get; set; }
    public required long From { get; set; }
    public required long EndsNotBefore { get; set; }
    public required long Until { get; set; }

    /// <summary>Of a stretch that came back from an end.</summary>
    public bool IsReturned { get; init; }

    /// <summary>A word on the end is exact, where it does not come after an end that is known already.</summary>
    public void EndAt(long instant)
    {
        if (instant < Until)
        {
            (EndsNotBefore, Until) = (instant, instant);
        }
    }
}
