namespace IdentityGraph.Analyze.Chains;

/// <summary>How the access used at a handoff came about, weakest evidence first: where several hold, the first.</summary>
public enum Issuance
{
    /// <summary>A human carried it over: by hand, file or sheet, or a secret found in a chat, ticket or sheet.</summary>
    ManuallyCopied,

    /// <summary>Nothing recorded shows it, or it is a standing credential that no policy stands behind.</summary>
    Unknown,

    /// <summary>The credential of the hop before, used again.</summary>
    Forwarded,

    /// <summary>Exchanged for this hop with the actor named (RFC 8693).</summary>
    Exchanged,

    /// <summary>Issued for this principal and audience under a policy or approval, no longer than the step may have it.</summary>
    PolicyIssued,
}

/// <param name="Class">The class; the weakest evidence decides.</param>
/// <param name="Reason">
/// `method`, `pasted` for manual copies; `noCredential`, `standing`, `actingPartyUnknown`, `notIssuedFor`, `audience`, `noPolicy`,
/// `lifetime` for unknown ones; null where the class says it all.
/// </param>
public sealed record IssuanceClass(Issuance Class, string? Reason = null);
