using IdentityGraph.Collect;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Fold;

/// <summary>
/// Fits an overlay to the facts it is laid over: a change that would silently change nothing, because it names what is not there or
/// leaves open which of several edges is meant, is refused.
/// </summary>
internal sealed class OverlayFit(SnapshotColumns columns)
{
    /// <exception cref="RefusedInputException">What does not fit, and what to write instead.</exception>
    public Overlay Fit(Overlay overlay)
    {
        var added = overlay.Facts.OfType<Observation.SawNode>().Select(node => Nfc.Of(node.Id)).ToHashSet(StringComparer.Ordinal);
        return new Overlay
        {
            Facts = [.. overlay.Facts.Select(fact => fact is Observation.SawEdge edge ? (Observation.Fact)Fit(edge, added) : Fit((Observation.SawNode)fact))],
            RemovedNodes = overlay.RemovedNodes,
            RemovedEdges = [.. overlay.RemovedEdges.Select(Fit)],
        };
    }

    private Observation.SawNode Fit(Observation.SawNode node) =>
        node.Kind is null && (Find(node.Id) is not { } index || !columns.Described[index])
            ? throw new RefusedInputException($"the overlay changes `{node.Id}`, which nothing states; give its `kind` to add it, or correct the id")
            : node;

    private Observation.SawEdge Fit(Observation.SawEdge edge, HashSet<string> added)
    {
        if (EdgeKind.Find(edge.Kind) is not { } kind)
        {
            throw new RefusedInputException($"the overlay adds an edge of kind `{edge.Kind}`, which is none; `idgraph schema` lists them");
        }

        foreach (var end in (string[])[edge.Of, edge.To])
        {
            if (Find(end) is null && !added.Contains(Nfc.Of(end)))
            {
                throw new RefusedInputException($"the overlay's edge {edge.Kind} from `{edge.Of}` to `{edge.To}` has the end `{end}`, which nothing states; add the node with its `kind`, or correct the id");
            }
        }

        var keys = KeysBetween(kind, edge.Of, edge.To);
        var isEnd = edge.Until is not null && edge.From is null;
        if (edge.Key is null && edge.EffectiveKey.Length == 0 && keys.Count > 0 && !keys.Contains(""))
        {
            return keys.Count == 1
                ? edge with { Key = keys[0] }
                : throw new RefusedInputException($"there are {keys.Count} edges {edge.Kind} from `{edge.Of}` to `{edge.To}`; say which in `key`: {string.Join(", ", keys.Take(5).Select(key => $"`{key}`"))}");
        }

        return isEnd && !keys.Contains(edge.EffectiveKey) ? throw NotThere("ends", edge.Kind, edge.Of, edge.To) : edge;
    }

    private RemovedEdge Fit(RemovedEdge removed)
    {
        var keys = EdgeKind.Find(removed.Kind) is { } kind ? KeysBetween(kind, removed.Of, removed.To) : [];
        return keys.Count == 0 || (removed.Key is { } key && !keys.Contains(Nfc.Of(key))) ? throw NotThere("removes", removed.Kind, removed.Of, removed.To) : removed;
    }

    private static RefusedInputException NotThere(string verb, string kind, string of, string to) =>
        new($"the overlay {verb} an edge {kind} from `{of}` to `{to}`, which nothing states; `idgraph identity show` lists a node's edges");

    private int? Find(string id) => columns.IdsByForm.TryGetValue(Nfc.Of(id), out var index) ? index : null;

    private List<string> KeysBetween(EdgeKind kind, string of, string to)
    {
        List<string> keys = [];
        if (Find(of) is { } start && Find(to) is { } end)
        {
            var edges = columns.Kinds[kind.Index];
            var (first, last) = edges.Out.Of(start);
            for (var edge = edges.First + first; edge < edges.First + last; edge++)
            {
                if (columns.EdgeTo[edge] == end)
                {
                    keys.Add(columns.Keys[columns.EdgeKey[edge]]);
                }
            }
        }

        return keys;
    }
}
