namespace IdentityGraph.Graph;

/// <summary>
/// Three-valued truth, ordered False &lt; Unknown &lt; True. Missing or stale data is <see cref="Unknown"/>, never
/// <see cref="False"/>: whatever can only be answered "not" because something was not looked at is unknown.
/// </summary>
public enum Truth : byte
{
    False = 0,
    Unknown = 1,
    True = 2,
}

/// <summary>Kleene's logic over <see cref="Truth"/>: AND is the smaller, OR the larger.</summary>
public static class TruthLogic
{
    public static Truth And(this Truth left, Truth right) => left < right ? left : right;

    public static Truth Or(this Truth left, Truth right) => left > right ? left : right;

    public static Truth Not(this Truth truth) => (Truth)(2 - (byte)truth);

    public static Truth Of(bool known) => known ? Truth.True : Truth.False;

    /// <summary>Null is unknown.</summary>
    public static Truth Of(bool? known) => known is null ? Truth.Unknown : Of(known.Value);
}
