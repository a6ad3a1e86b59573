using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// A least fixpoint over the steps that lead from nodes to nodes: strongly connected components are found once, those they lead to
/// first, and every member of one has the same value. Linear in the steps walked, however long the cycles; what was found is kept.
/// </summary>
/// <param name="next">The steps from a node.</param>
/// <param name="judge">The value of a component from its members and the values of what they lead to, each told once.</param>
/// <param name="stop">Throws when cancelled.</param>
internal sealed class Condensation<T>(Func<Node, IEnumerable<Node>> next, Func<IReadOnlyList<Node>, IReadOnlyCollection<T>, T> judge, CancellationToken stop)
    where T : class
{
    private const int Block = 1024;

    private readonly Dictionary<Node, T> _known = [];

    /// <summary>The value of the node's component.</summary>
    public T Of(Node node) => _known.TryGetValue(node, out var known) ? known : Explore(node);

    /// <summary>Tarjan's search with a stack of its own: a chain of owners may be longer than the call stack.</summary>
    private T Explore(Node start)
    {
        var low = new Dictionary<Node, int>();
        var open = new Stack<Frame>();
        var path = new Stack<Frame>();
        Enter(start);
        while (path.TryPeek(out var frame))
        {
            if (frame.At == frame.Next.Count)
            {
                path.Pop();
                Leave(frame);
                continue;
            }

            var step = frame.Next[frame.At++];
            if (_known.ContainsKey(step))
            {
                continue;
            }

            if (low.TryGetValue(step, out var reached))
            {
                low[frame.Node] = Math.Min(low[frame.Node], reached);
            }
            else
            {
                Enter(step);
            }
        }

        return _known[start];

        void Enter(Node node)
        {
            if (low.Count % Block == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            var order = low.Count;
            low[node] = order;
            var frame = new Frame(node, order, [.. next(node)]);
            open.Push(frame);
            path.Push(frame);
        }

        void Leave(Frame frame)
        {
            var lowest = low[frame.Node];
            if (lowest == frame.Order)
            {
                Close(frame);
            }
            else
            {
                var parent = path.Peek().Node;
                low[parent] = Math.Min(low[parent], lowest);
            }
        }

        void Close(Frame root)
        {
            List<Node> members = [];
            var beyond = new HashSet<T>(ReferenceEqualityComparer.Instance);
            Frame member;
            do
            {
                member = open.Pop();
                members.Add(member.Node);
                foreach (var step in member.Next)
                {
                    if (_known.TryGetValue(step, out var value))
                    {
                        beyond.Add(value);
                    }
                }
            }
            while (member != root);

            var judged = judge(members, beyond);
            members.ForEach(one => _known[one] = judged);
        }
    }

    private sealed class Frame(Node node, int order, IReadOnlyList<Node> next)
    {
        public Node Node { get; } = node;

        public int Order { get; } = order;

        public IReadOnlyList<Node> Next { get; } = next;

        public int At { get; set; }
    }
}
