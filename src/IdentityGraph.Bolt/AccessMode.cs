namespace IdentityGraph.Bolt;

/// <summary>What a session means to do. A server refuses to write for one that reads.</summary>
public enum AccessMode
{
    /// <summary>Reading and writing.</summary>
    Write,

    /// <summary>Only reading.</summary>
    Read,
}
