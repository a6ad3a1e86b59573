using System.Collections.Frozen;

namespace IdentityGraph.Graph.Fold;

/// <summary>
/// Numbers the names of properties in sixteen bits. Names that nobody knows share one number past the last of their own, so that a
/// source that makes up names without end costs nobody the answers; the runs keep every name.
/// </summary>
internal sealed class PropertyNames
{
    /// <summary>The name under which all others are kept once there are <see cref="MostUnknown"/>.</summary>
    public const string Others = "further-unrecognised";

    /// <summary>Leaves room for every name that is known.</summary>
    public const int MostUnknown = 60_000;

    private static readonly FrozenSet<string> s_known =
        NodeKinds.All.SelectMany(kind => kind.Properties).Concat(EdgeKinds.All.SelectMany(kind => kind.Properties)).Select(property => property.Name)
            .Append(FactCollector.UnknownLabel)
            .ToFrozenSet(StringComparer.Ordinal);

    private readonly Interner<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Values => _names.Values;

    /// <summary>-1 where it was never met, or has no number of its own.</summary>
    public int Find(string name) => _names.Find(name);

    public ushort Add(string name) => checked((ushort)_names.Add(
        _names.Count < MostUnknown || _names.Find(name) >= 0 || s_known.Contains(name) ? name : Others));
}
