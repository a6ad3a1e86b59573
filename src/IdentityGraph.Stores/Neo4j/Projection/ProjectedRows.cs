using IdentityGraph.Graph;
using IdentityGraph.Graph.Intervals;

namespace IdentityGraph.Stores.Neo4j.Projection;

/// <summary>The relationships of a snapshot as they are written: one for each closed interval of an edge.</summary>
internal sealed class ProjectedRows(GraphSnapshot snapshot, GraphView view, IntervalReader intervals, ProjectedProperties properties)
{
    /// <summary>Of a kind of ours, one after the other as they are needed.</summary>
    public IEnumerable<ProjectedRow> Of(EdgeKind kind)
    {
        var (start, length) = snapshot.EdgeRange(kind).GetOffsetAndLength(snapshot.EdgeCount);
        for (var index = start; index < start + length; index++)
        {
            var edge = view.EdgeAt(index);
            var held = intervals.OfEdge(index);
            for (var number = 0; number < held.Count; number++)
            {
                yield return Of(snapshot.EdgeOf[index], snapshot.EdgeTo[index], edge.Of.Id, edge.To.Id, kind.Name, edge.Key, number, properties.OfEdge(edge, held[number]));
            }
        }
    }

    /// <summary>Of kinds nobody here knows.</summary>
    public IEnumerable<ProjectedRow> Unread()
    {
        var (number, last) = (0L, default((string, int, int, string)));
        foreach (var (kind, of, to, key, bounds, support) in intervals.Unread())
        {
            number = last == (kind, of, to, key) ? number + 1 : 0;
            last = (kind, of, to, key);
            yield return Of(of, to, view[of].Id, view[to].Id, kind, key, number, properties.OfUnread(kind, key, bounds, support));
        }
    }

    private static ProjectedRow Of(int of, int to, string ofId, string toId, string kind, string key, long number, Dictionary<string, object?> said)
    {
        var row = new ProjectedRow(of, to, RowHash.Of(kind, ofId, toId, key, number), RowHash.Of(said), said);
        said["idg"] = row.Identity;
        said["hash"] = row.Hash;
        return row;
    }
}

/// <summary>One relationship.</summary>
/// <param name="Of">Dense index of its start.</param>
/// <param name="To">Dense index of its end.</param>
/// <param name="Identity">Which interval of which edge.</param>
/// <param name="Hash">Of its properties.</param>
/// <param name="Properties">As they are written.</param>
internal sealed record ProjectedRow(int Of, int To, string Identity, string Hash, Dictionary<string, object?> Properties);
