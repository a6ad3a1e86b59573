using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Estates;

/// <summary>
/// The same company as lists of objects, searched breadth first with a HashSet and a Queue: what one writes on an afternoon. It knows
/// no rights, gates, times or unknowns; on an estate without them its set is the right one.
/// </summary>
internal sealed class PlainEstate
{
    private readonly PlainNode[] _nodes;

    public PlainEstate(Estate estate)
    {
        _nodes = new PlainNode[estate.Nodes];
        foreach (var part in estate.Parts)
        {
            for (var i = 0; i < part.Count; i++)
            {
                _nodes[part.First + i] = new PlainNode(part.Prefix + i, part.Kind);
            }
        }

        foreach (var (kind, of, to) in estate.Edges())
        {
            // What is stored is had from where it is stored, an account from its person.
            var backward = kind == EdgeKinds.StoredIn || kind == EdgeKinds.BelongsTo;
            _nodes[backward ? to : of].Leads.Add(_nodes[backward ? of : to]);
        }
    }

    public PlainNode this[int number] => _nodes[number];

    public static HashSet<PlainNode> Search(PlainNode start)
    {
        HashSet<PlainNode> seen = [start];
        var queue = new Queue<PlainNode>();
        queue.Enqueue(start);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in node.Leads)
            {
                if (seen.Add(next))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return seen;
    }
}

/// <summary>A node as an object.</summary>
internal sealed class PlainNode(string id, NodeKind kind)
{
    public string Id { get; } = id;

    public NodeKind Kind { get; } = kind;

    public List<PlainNode> Leads { get; } = [];
}
