namespace IdentityGraph.Analyze.Ownership;

/// <summary>Who answers for it, as one word; where several hold, the first.</summary>
public enum OwnershipState
{
    /// <summary>It can (or may) authenticate and surely no employed human answers for it.</summary>
    Orphaned,

    /// <summary>Whether somebody answers is not known.</summary>
    Unknown,

    /// <summary>Somebody does, but is about to leave, is on leave, or has moved since.</summary>
    AtRisk,

    /// <summary>Somebody does, but a role is not filled or no person is named.</summary>
    UnderOwned,

    Owned,
}

/// <summary>Whether what it is for still exists.</summary>
public enum Purpose
{
    Active,
    Ended,
    Unknown,
}

/// <summary>Whether it is being used; ranks, never decides.</summary>
public enum Use
{
    Used,
    Dormant,
    Unknown,
}

/// <summary>Why nobody answers, in the order in which they are looked for: the first that holds is the reason.</summary>
public enum OrphanReason
{
    /// <summary>An owner cannot be resolved to a person, or no source that could state owners of that kind was read to its end.</summary>
    O7,

    /// <summary>The owner is external and has no internal sponsor, or the contract is over.</summary>
    O6,

    /// <summary>It was owned once and nobody owns it now.</summary>
    O8,

    /// <summary>The owning group is empty, or holds only leavers.</summary>
    O3,

    /// <summary>It lies on a cycle of owners.</summary>
    O5,

    /// <summary>The owner is itself orphaned.</summary>
    O4,

    /// <summary>The owner left.</summary>
    O2,

    /// <summary>It never had an owner.</summary>
    O1,
}
