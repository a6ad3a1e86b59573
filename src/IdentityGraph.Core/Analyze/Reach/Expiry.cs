using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>What is known of an end.</summary>
public enum ExpiryKind : byte
{
    /// <summary>Nobody said, or what was said leaves it open.</summary>
    Unknown = 0,

    /// <summary>At an instant (exclusive).</summary>
    At,

    /// <summary>The source says it has no end.</summary>
    Never,
}

/// <summary>When something stops being usable.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Ticks">UTC ticks where <see cref="ExpiryKind.At"/>; 0 otherwise.</param>
public readonly record struct Expiry(ExpiryKind Kind, long Ticks = 0)
{
    public static readonly Expiry Unknown = new(ExpiryKind.Unknown);
    public static readonly Expiry Never = new(ExpiryKind.Never);

    public static Expiry At(long ticks) => new(ExpiryKind.At, ticks);

    /// <summary>Whether it still lies ahead at <paramref name="ticks"/>.</summary>
    public Truth IsAfter(long ticks) => Kind switch
    {
        ExpiryKind.Never => Truth.True,
        ExpiryKind.At => TruthLogic.Of(ticks < Ticks),
        _ => Truth.Unknown,
    };

    /// <summary>The later of two ends; an end nobody knows may be later than any but never.</summary>
    public Expiry Later(Expiry other)
    {
        if (Kind == ExpiryKind.Never || other.Kind == ExpiryKind.Never)
        {
            return Never;
        }

        return Kind == ExpiryKind.Unknown || other.Kind == ExpiryKind.Unknown ? Unknown : At(Math.Max(Ticks, other.Ticks));
    }

    public override string ToString() => Kind == ExpiryKind.At ? Instants.ToText(Ticks) ?? "never" : Kind == ExpiryKind.Never ? "never" : "unknown";
}
