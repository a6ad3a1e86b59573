namespace IdentityGraph.Benchmarks.Estates;

/// <summary>
/// The same company in a graph library of the general kind, re-created by what such libraries do in a run: vertices are keys of a
/// dictionary, edges are objects handed out through an interface, the colour of every vertex of the graph is set before the search
/// begins, every step calls whoever listens, and a listener keeps the edge each vertex was found by. Vertices are plain numbers, which
/// is the quickest kind of key there is.
/// </summary>
internal sealed class LibraryGraph : LibraryGraph.IIncidence
{
    private readonly Dictionary<int, List<Link>> _adjacent = [];

    public LibraryGraph(Estate estate)
    {
        for (var node = 0; node < estate.Nodes; node++)
        {
            _adjacent[node] = [];
        }

        foreach (var (kind, of, to) in estate.Edges())
        {
            var backward = kind == Graph.EdgeKinds.StoredIn || kind == Graph.EdgeKinds.BelongsTo;
            var link = new Link(backward ? to : of, backward ? of : to);
            _adjacent[link.Source].Add(link);
        }
    }

    /// <summary>Breadth first from a vertex; the edge by which each other vertex was found.</summary>
    public Dictionary<int, Link> Search(int root)
    {
        var search = new BreadthFirst(this);
        var found = new Dictionary<int, Link>();
        search.TreeEdge += link => found[link.Target] = link;
        search.Run(root);
        return found;
    }

    IEnumerable<int> IIncidence.Vertices => _adjacent.Keys;

    IEnumerable<Link> IIncidence.OutEdges(int vertex) => _adjacent[vertex];

    /// <summary>What a search of any graph needs to know of it.</summary>
    internal interface IIncidence
    {
        IEnumerable<int> Vertices { get; }

        IEnumerable<Link> OutEdges(int vertex);
    }

    /// <summary>An edge as an object.</summary>
    internal sealed class Link(int source, int target)
    {
        public int Source { get; } = source;

        public int Target { get; } = target;
    }

    private sealed class BreadthFirst(IIncidence graph)
    {
        private enum Colour : byte
        {
            White,
            Gray,
            Black,
        }

        private readonly Dictionary<int, Colour> _colours = [];

        public event Action<int>? InitializeVertex;

        public event Action<int>? DiscoverVertex;

        public event Action<int>? ExamineVertex;

        public event Action<Link>? ExamineEdge;

        public event Action<Link>? TreeEdge;

        public event Action<Link>? NonTreeEdge;

        public event Action<int>? FinishVertex;

        public void Run(int root)
        {
            foreach (var vertex in graph.Vertices)
            {
                _colours[vertex] = Colour.White;
                InitializeVertex?.Invoke(vertex);
            }

            var queue = new Queue<int>();
            Discover(root, queue);
            while (queue.Count > 0)
            {
                var vertex = queue.Dequeue();
                ExamineVertex?.Invoke(vertex);
                foreach (var link in graph.OutEdges(vertex))
                {
                    ExamineEdge?.Invoke(link);
                    if (_colours[link.Target] == Colour.White)
                    {
                        TreeEdge?.Invoke(link);
                        Discover(link.Target, queue);
                    }
                    else
                    {
                        NonTreeEdge?.Invoke(link);
                    }
                }

                _colours[vertex] = Colour.Black;
                FinishVertex?.Invoke(vertex);
            }
        }

        private void Discover(int vertex, Queue<int> queue)
        {
            _colours[vertex] = Colour.Gray;
            DiscoverVertex?.Invoke(vertex);
            queue.Enqueue(vertex);
        }
    }
}
