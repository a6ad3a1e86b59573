namespace IdentityGraph.Bolt.PackStream;

/// <summary>What kind of value stands in a PackStream.</summary>
public enum PackType
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A floating-point number of 64 bits.</summary>
    Float,

    /// <summary>A string of bytes.</summary>
    Bytes,

    /// <summary>A text.</summary>
    String,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>Values under names.</summary>
    Map,

    /// <summary>A node, a relationship, a path, a point, a moment or a duration.</summary>
    Structure,
}
