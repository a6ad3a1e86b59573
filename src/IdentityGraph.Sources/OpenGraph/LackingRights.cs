using System.Globalization;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Rights that a collector computes from several relationships. Where an import has none that were computed, what they would rest on gives them
/// possibly, never for certain.
/// </summary>
internal sealed class LackingRights(FactList facts) : IDisposable
{
    /// <summary>A gate that nobody knows: what passes it is possible.</summary>
    private static readonly KeyValuePair<string, PropertyValue> s_unread = new(P.Gates.Name, PropertyValue.Of(["meaningUnread"]));

    /// <summary>Of each right the number of its row, the holder, the place, the kind, and where it stands.</summary>
    private readonly TextShelf _open = new();
    private readonly List<(LackRow Lack, string Stream)> _rows = [];
    private readonly HashSet<LackRow> _computed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the relationship is of those that give more where nothing was computed, and nothing was so far.</summary>
    public bool Wants(EdgeRow row) => row.Lack is { } lack && !_computed.Contains(lack);

    /// <summary>Remembers who may have the rights.</summary>
    public void Meet(EdgeRow row, string holder, string place)
    {
        var number = _rows.FindIndex(known => ReferenceEquals(known.Lack, row.Lack) && known.Stream == facts.Stream);
        if (number < 0)
        {
            number = _rows.Count;
            _rows.Add((row.Lack!, facts.Stream));
        }

        foreach (var text in (ReadOnlySpan<string>)[number.ToString(CultureInfo.InvariantCulture), holder, place, row.Kind, facts.Where])
        {
            _open.Add(text);
        }
    }

    /// <summary>The collector computed them: what it did not state is not so.</summary>
    public void Computed(EdgeRow row)
    {
        foreach (var lack in ExtensionTables.All.SelectMany(table => table.Lacks).Where(lack => lack.Computed.Contains(row.Kind)))
        {
            _computed.Add(lack);
        }
    }

    /// <summary>States what is left as possible.</summary>
    public IEnumerable<bool> State()
    {
        for (var at = 0L; at < _open.Length;)
        {
            var (lack, stream) = _rows[int.Parse(_open.Read(ref at), CultureInfo.InvariantCulture)];
            var (holder, place, kind, where) = (_open.Read(ref at), _open.Read(ref at), _open.Read(ref at), _open.Read(ref at));
            if (_computed.Contains(lack))
            {
                continue;
            }

            (facts.Stream, facts.Where) = (stream, where);
            facts.Edge(EdgeKinds.Entitles, holder, place, kind + "/possibly", [.. FactList.Rights(lack.Letters, kind), s_unread]);
            yield return true;
        }
    }

    public void Dispose() => _open.Dispose();
}
