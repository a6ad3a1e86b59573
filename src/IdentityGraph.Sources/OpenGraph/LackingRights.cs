using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Rights that a collector computes from several relationships. Where an import has none that were computed, what they would rest on gives them
/// possibly, never for certain.
/// </summary>
internal sealed class LackingRights(FactList facts)
{
    /// <summary>A gate that nobody knows: what passes it is possible.</summary>
    private static readonly KeyValuePair<string, PropertyValue> s_unread = new(P.Gates.Name, PropertyValue.Of(["meaningUnread"]));

    private readonly List<(string Holder, string Place, string Kind, LackRow Lack, string Stream, string Where)> _open = [];
    private readonly HashSet<LackRow> _computed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the relationship is of those that give more where nothing was computed, and nothing was so far.</summary>
    public bool Wants(EdgeRow row) => row.Lack is { } lack && !_computed.Contains(lack);

    /// <summary>Remembers who may have the rights.</summary>
    public void Meet(EdgeRow row, string holder, string place) => _open.Add((holder, place, row.Kind, row.Lack!, facts.Stream, facts.Where));

    /// <summary>The collector computed them: what it did not state is not so.</summary>
    public void Computed(EdgeRow row)
    {
        foreach (var lack in ExtensionTables.All.SelectMany(table => table.Lacks).Where(lack => lack.Computed.Contains(row.Kind)))
        {
            if (_computed.Add(lack))
            {
                _open.RemoveAll(open => ReferenceEquals(open.Lack, lack));
            }
        }
    }

    /// <summary>States what is left as possible.</summary>
    public IEnumerable<bool> State()
    {
        foreach (var (holder, place, kind, lack, stream, where) in _open)
        {
            (facts.Stream, facts.Where) = (stream, where);
            facts.Edge(EdgeKinds.Entitles, holder, place, kind + "/possibly", [.. FactList.Rights(lack.Letters, kind), s_unread]);
            yield return true;
        }
    }
}
