using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// How the rules hear a reading: what is disputed or stale is unknown, <c>null</c> on a flag says no, and what "not reported"
/// means is each rule's own business.
/// </summary>
internal static class Saying
{
    /// <summary>The flag, three-valued.</summary>
    /// <param name="reading">What is known.</param>
    /// <param name="notReported">What silence means to the rule.</param>
    public static Truth Is(this Reading reading, Truth notReported) => reading.Known switch
    {
        Known.NotReported => notReported,
        Known.None => reading.Fresh ? Truth.False : Truth.Unknown,
        Known.Value when reading.Fresh => TruthLogic.Of(reading.Value.AsFlag()),
        _ => Truth.Unknown,
    };

    /// <summary>The flag as it was shown, however stale: for what stays when it has ended.</summary>
    public static Truth WasShown(this Reading reading, Truth notReported) => reading.Known switch
    {
        Known.NotReported => notReported,
        Known.None => Truth.False,
        Known.Value => TruthLogic.Of(reading.Value.AsFlag()),
        _ => Truth.Unknown,
    };

    /// <summary>Whether a class word (kind, type, category, mode) is the one asked for: stale classes stay, an unreported or disputed one is unknown.</summary>
    public static Truth IsWord(this Reading reading, string word) => reading.Known switch
    {
        Known.Value => TruthLogic.Of(reading.Value.AsText() == word),
        Known.None => Truth.False,
        _ => Truth.Unknown,
    };

    /// <summary>What is shown as true by a stale reading is unknown; what is shown as false stays.</summary>
    public static Truth AsFarAsFresh(this Truth shown, Reading reading) => reading.Fresh ? shown : shown.And(Truth.Unknown);

    /// <summary>UTC ticks of an instant that is stated; null otherwise.</summary>
    public static long? Ticks(this Reading reading) => reading.Instant?.UtcTicks;
}
