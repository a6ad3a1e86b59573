namespace IdentityGraph.Analyze.Reach;

/// <summary>Which gates the attacker satisfies. Networks are reached by position, or not at all.</summary>
public enum ProfileKind : byte
{
    /// <summary>Satisfies none.</summary>
    ExternalBearer = 0,

    /// <summary>corpNetwork, managedDevice.</summary>
    Insider,

    /// <summary>allowListIp(v) of the named vendor.</summary>
    VendorInfra,

    /// <summary>mfaFactor of accounts for which the person holds a live factor, managedDevice with a live device key.</summary>
    Leaver,

    /// <summary>A leaver before they left: what Insider and what Leaver satisfies. Not asked for by name.</summary>
    Employee,
}

/// <summary>An attacker profile. Spelt `ExternalBearer`, `Insider`, `VendorInfra(v)`, `Leaver`.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Vendor">For VendorInfra: the x of allowListIp(x); null otherwise.</param>
public sealed record AttackerProfile(ProfileKind Kind, string? Vendor = null)
{
    public static readonly AttackerProfile ExternalBearer = new(ProfileKind.ExternalBearer);
    public static readonly AttackerProfile Insider = new(ProfileKind.Insider);
    public static readonly AttackerProfile Leaver = new(ProfileKind.Leaver);
    public static readonly AttackerProfile Employee = new(ProfileKind.Employee);

    private static readonly AttackerProfile[] s_plain = [ExternalBearer, Insider, Leaver];

    /// <summary>Reads its spelling, in letters of any case but for a vendor's; null where it is none.</summary>
    public static AttackerProfile? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Vendor = "VendorInfra(";
        return text.StartsWith(Vendor, StringComparison.OrdinalIgnoreCase)
            ? text.EndsWith(')') && text.Length > Vendor.Length + 1 ? new(ProfileKind.VendorInfra, text[Vendor.Length..^1]) : null
            : s_plain.FirstOrDefault(profile => string.Equals(profile.ToString(), text, StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => Vendor is null ? Kind.ToString() : $"{Kind}({Vendor})";
}
