namespace IdentityGraph.Report;

/// <summary>Which way an identity chain is followed.</summary>
public enum ChainDirection
{
    /// <summary>What it leads to.</summary>
    Out,

    /// <summary>What leads to it.</summary>
    In,

    Both,
}
