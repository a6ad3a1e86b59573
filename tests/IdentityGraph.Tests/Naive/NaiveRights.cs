namespace IdentityGraph.Tests.Naive;

/// <summary>Sets of rights as letters in the order DRWUAC: Discover, Read, Write, Use, Admin, ControlPlane.</summary>
internal static class NaiveRights
{
    public const string All = "DRWUAC";

    /// <summary>"A level that is not known … L5 if none."</summary>
    public const string UnknownWithoutCatalogue = "DRWUA";

    private static readonly string[] Levels = ["", "D", "DR", "DRW", "DU", "DRWUA", All];

    public static string? OfLevel(string? level) => level is ['L', >= '0' and <= '6'] ? Levels[level[1] - '0'] : null;

    public static string Intersect(string one, string other) => string.Concat(All.Where(right => one.Contains(right) && other.Contains(right)));

    public static string Unite(string one, string other) => string.Concat(All.Where(right => one.Contains(right) || other.Contains(right)));

    /// <summary>"The level of a set is that of its highest right": D is L1, R L2, W L3, U L4, A L5, C L6; none L0.</summary>
    public static int LevelOf(string rights) => rights.Length == 0 ? 0 : All.IndexOf(Highest(rights)!.Value) + 1;

    public static char? Highest(string rights) => rights.Length == 0 ? null : All.Last(right => rights.Contains(right));

    /// <summary>Rights a kind knows; null: it cannot be attained at all.</summary>
    public static string? OfKind(string kind) =>
        NaiveWords.Holders.Contains(kind) ? All : NaiveWords.OnlyUse.Contains(kind) ? "U" : null;
}

/// <summary>Which attacker: whom the gates let through. ExternalBearer, who passes none, is the default.</summary>
/// <param name="Insider">Passes corpNetwork and managedDevice.</param>
/// <param name="Vendor">Passes allowListIp of this vendor.</param>
/// <param name="Leaver">The person whose factors and devices pass mfaFactor and managedDevice.</param>
internal sealed record NaiveProfile(bool Insider = false, string? Vendor = null, string? Leaver = null)
{
    public static NaiveProfile ExternalBearer { get; } = new();
}

/// <summary>One node the attacker starts with.</summary>
/// <param name="Node">Any node of a seed kind, or an Exposure.</param>
/// <param name="Rights">What is held of it; null: Use, of a Resource L2, of a System L6.</param>
/// <param name="AsIfUsable">Attained whether it is live or not: the latent paths of a leaver.</param>
/// <param name="Gained">Since when a credential is held; null: since an Exposure's `at`, else since now.</param>
internal sealed record NaiveSeed(string Node, string? Rights = null, bool AsIfUsable = false, DateTimeOffset? Gained = null);
