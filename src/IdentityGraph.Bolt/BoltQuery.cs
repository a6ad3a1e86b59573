using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt;

/// <summary>A statement and its parameters.</summary>
/// <param name="Text">Cypher. Values belong into the parameters, never into the text.</param>
/// <param name="Parameters">One map; null for none. <see cref="BoltParameters"/>, or anything that writes itself.</param>
public sealed record BoltQuery(string Text, IPackable? Parameters = null)
{
    /// <summary>A statement without parameters.</summary>
    /// <param name="text">Cypher.</param>
    public static implicit operator BoltQuery(string text) => new(text);

    /// <summary>A statement without parameters.</summary>
    /// <param name="text">Cypher.</param>
    public static BoltQuery FromString(string text) => new(text);

    /// <summary>The text alone: parameters may hold what must not be shown.</summary>
    public override string ToString() => Text;
}
