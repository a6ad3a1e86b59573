namespace IdentityGraph.Bolt.PackStream;

/// <summary>
/// Something that writes itself as one PackStream value: a parameter, or all parameters of a statement (then one map), straight from
/// where they lie and without an object a value.
/// </summary>
/// <example>
/// <code>
/// sealed class EdgeRows(long[] from, long[] to) : IPackable
/// {
///     public void Pack(PackWriter writer)
///     {
///         writer.BeginList(from.Length);
///         for (var i = 0; i &lt; from.Length; i++)
///         {
///             writer.BeginList(2);
///             writer.Write(from[i]);
///             writer.Write(to[i]);
///         }
///     }
/// }
/// </code>
/// </example>
public interface IPackable
{
    /// <summary>Writes exactly one value. An exception thrown here leaves the connection as it was: nothing of the message is sent.</summary>
    /// <param name="writer">Where to; valid during the call only.</param>
    void Pack(PackWriter writer);
}
