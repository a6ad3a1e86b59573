namespace IdentityGraph.Collect;

/// <summary>
/// What became of a mass disappearance: a full run that read a stream to its end and lacks much of what the stream held. More often
/// the reading is at fault than the estate, so nothing ends by it until someone confirms it.
/// </summary>
public enum Hold : byte
{
    /// <summary>There was none.</summary>
    None = 0,

    /// <summary>Waits: what the run lacks is Unknown, and nothing ended.</summary>
    Held = 1,

    /// <summary>It did disappear: what the run lacks ended by it.</summary>
    Confirmed = 2,

    /// <summary>The reading was at fault: the run proves no absence.</summary>
    Rejected = 3,
}

/// <summary>From what on a disappearance is a mass one.</summary>
/// <param name="Share">More than this part of what the stream held; 0 to 1.</param>
/// <param name="Count">And more than so many objects.</param>
public readonly record struct VanishLimits(double Share, int Count)
{
    public static readonly VanishLimits Default = new(0.20, 20);

    public bool AreExceededBy(long gone, long held) => gone > Count && gone > Share * held;
}

/// <summary>A stream of a run that lacks much of what the stream held.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="What">`nodes` or `edges`.</param>
/// <param name="Gone">How many of them the run lacks.</param>
/// <param name="Held">How many the stream held before.</param>
/// <param name="Confirmed">Whether they ended by the run, as was asked for; else they are held.</param>
public sealed record Vanished(string Stream, string What, long Gone, long Held, bool Confirmed)
{
    /// <summary>For people and for the run: `45 of 60 nodes of stream `users` were not in a complete run`.</summary>
    public override string ToString() => FormattableString.Invariant($"{Gone} of {Held} {What} of stream `{Stream}` are not in a run that read it to its end");
}
