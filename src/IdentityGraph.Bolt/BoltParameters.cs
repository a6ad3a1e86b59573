using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt;

/// <summary>Parameters by name; values as <see cref="PackWriter.WriteValue"/> takes them.</summary>
/// <example><code>new BoltQuery("MATCH (n {id: $id}) RETURN n.name AS name", new BoltParameters { ["id"] = 42 })</code></example>
public sealed class BoltParameters : Dictionary<string, object?>, IPackable
{
    /// <summary>No parameter yet.</summary>
    public BoltParameters()
        : base(StringComparer.Ordinal)
    {
    }

    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.BeginMap(Count);
        foreach (var (name, value) in this)
        {
            writer.Write(name);
            writer.WriteValue(value);
        }
    }
}
