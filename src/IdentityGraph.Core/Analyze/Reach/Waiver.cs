namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Premises left out when control is compiled, to ask what would follow were they satisfied: a clause one of whose premises is
/// certainly not is never written otherwise. Left out is one kind of premise at a time; nothing waived costs nothing.
/// </summary>
public sealed record Waiver
{
    /// <summary>A gate word that counts as satisfied, as it is stated (`mfaFactor`, `allowListIp(acme)`); null: none.</summary>
    public string? Gate { get; init; }

    /// <summary>Every gate counts as satisfied.</summary>
    public bool EveryGate { get; init; }

    /// <summary>State, expiry, revocation, rotation, subject and authoriser do not count: what is there is live.</summary>
    public bool Liveness { get; init; }

    /// <summary>What has ended or was never described is taken as there.</summary>
    public bool Presence { get; init; }

    /// <summary>A dependency counts as not pinned.</summary>
    public bool Pinned { get; init; }

    /// <summary>A definition counts as not protected.</summary>
    public bool Protected { get; init; }

    /// <summary>Network position does not count.</summary>
    public bool Network { get; init; }
}
