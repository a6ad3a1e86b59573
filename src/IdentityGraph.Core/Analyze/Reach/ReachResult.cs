using IdentityGraph.Analyze.Reach.Plain;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>What control of some seeds gives: for each node four sets of rights, hops and a proof. Independent of the search that made it.</summary>
public sealed partial class ReachResult
{
    private readonly int[] _nodes;
    private readonly uint[] _words;
    private readonly PlainReach? _plain;
    private Memory? _remembered;

    // By cell: what one proof chose serves the next.
    private readonly ProofSearch?[] _searches = new ProofSearch?[4];

    internal ReachResult(ControlGraph graph, IReadOnlyList<Seed> seeds, ReachState state, ReachOptions options, bool stopped)
    {
        Options = options;
        Graph = graph;
        Seeds = seeds;
        IsCutShort = stopped;
        _nodes = [.. state.Touched];
        Array.Sort(_nodes);
        _words = Array.ConvertAll(_nodes, node => state.Nodes[node].Have);
        _remembered = new(Array.ConvertAll(_nodes, node => state.Nodes[node].Last - 1), [.. state.Derivations]);
    }

    /// <summary>What a search found that remembers nothing for proofs.</summary>
    internal ReachResult(ControlGraph graph, IReadOnlyList<Seed> seeds, PlainReach plain, ReachOptions options, bool stopped)
    {
        (Options, Graph, Seeds, IsCutShort) = (options, graph, seeds, stopped);
        (_plain, _nodes, _words) = (plain, plain.Nodes, plain.Words);
    }

    public ControlGraph Graph { get; }

    public IReadOnlyList<Seed> Seeds { get; }

    /// <summary>What was left out of the search.</summary>
    internal ReachOptions Options { get; }

    /// <summary>It was told to stop: more may be reached.</summary>
    public bool IsCutShort { get; }

    /// <summary>The four sets of rights; empty where it is not attained. Groups, roles, assignments, entitlements and policies never are.</summary>
    public Cells this[Node node] => IsAttainable(node) ? new Cells(HeldAt(Find(node.Index)) & CellBits.All) : default;

    /// <summary>Every node attained in any cell, seeds too, in the order of the view.</summary>
    public IEnumerable<Node> Attained => _nodes.Select(index => Graph.View[index]).Where(IsAttainable);

    /// <summary>
    /// Whether the search came to the node, or to what is joined to it by groups, roles and the like alone: those are never attained
    /// themselves. True as well where that is too wide to tell.
    /// </summary>
    public bool ComesNear(Node node)
    {
        const int Widest = 10_000;
        var near = new HashSet<Node> { node };
        var work = new Queue<Node>(near);
        while (work.TryDequeue(out var at))
        {
            if (Find(at.Index) >= 0 || Seeds.Any(seed => seed.Node == at) || near.Count > Widest)
            {
                return true;
            }

            foreach (var kind in IsAttainable(at) ? [] : EdgeKind.All)
            {
                foreach (var edge in at.Out(kind))
                {
                    Visit(edge.To);
                }

                foreach (var edge in at.In(kind))
                {
                    Visit(edge.Of);
                }
            }
        }

        return false;

        void Visit(Node next)
        {
            if (near.Add(next))
            {
                work.Enqueue(next);
            }
        }
    }

    /// <summary>Everything it holds, nodes of walks too: dense index and word.</summary>
    internal IEnumerable<(int Node, uint Word)> Words => _nodes.Zip(_words);

    /// <summary>How many nodes were touched; each has a place from 0 on, in the order of the view.</summary>
    internal int Places => _nodes.Length;

    /// <summary>How many clauses fired, for measures.</summary>
    internal int Count => Remembered.Derivations.Length;

    public bool Attains(Node node, Rights right, Cell cell) => this[node].Of(cell).Has(right);

    /// <summary>Hops to the highest right of the strongest cell; 0 for seeds, -1 where it is not attained.</summary>
    public int Hops(Node node)
    {
        var cells = this[node];
        var cell = cells.Strongest;
        return Hops(node, cells.Highest(cell), cell);
    }

    /// <summary>Hops to one right in one cell; -1 where it is not attained.</summary>
    public int Hops(Node node, Rights right, Cell cell)
    {
        var bit = CellBits.Word(right, 1u << (int)cell);
        return bit == 0 ? -1 : HopOf(node.Index, bit);
    }

    /// <summary>Whether the credential stays with the attacker, in its strongest cell. False for anything else.</summary>
    public bool IsDurable(Node node) =>
        node.Kind == NodeKinds.Credential && ((HeldAt(Find(node.Index)) >> CellBits.DurableShift) & (1u << (int)this[node].Strongest)) != 0;

    /// <summary>How sure it is that the attacker keeps the credential once the way to it is closed, amplification included.</summary>
    public Truth Keeps(Node credential)
    {
        var cells = HeldAt(Find(credential.Index)) >> CellBits.DurableShift;
        return (cells & (1u << (int)Cell.CertainAmplified)) != 0 ? Truth.True
            : (cells & (1u << (int)Cell.PossibleAmplified)) != 0 ? Truth.Unknown
            : Truth.False;
    }

    /// <summary>The chosen proof of the highest right of the strongest cell; null where it is not attained.</summary>
    public Proof? Proof(Node node)
    {
        var cells = this[node];
        return cells.IsEmpty ? null : Proof(node, cells.Highest(cells.Strongest), cells.Strongest);
    }

    /// <summary>The chosen proof of one right in one cell; null where it is not attained.</summary>
    public Proof? Proof(Node node, Rights right, Cell cell)
    {
        if (Options.WithoutProofs)
        {
            throw new InvalidOperationException($"this search was told that no proof will be asked for; leave out {nameof(ReachOptions.WithoutProofs)}");
        }

        lock (Graph.Gate)
        {
            if (Corridor.To(this, node, right, cell) is { } corridor && corridor.Search(Options, corridor.Hops, CancellationToken.None) is { } near)
            {
                return near.Proof(node, right, cell);
            }

            return Hops(node, right, cell) < 0 ? null : (_searches[(int)cell] ??= new ProofSearch(this, cell)).Prove(node, right);
        }
    }

    /// <summary>A search found it that remembers nothing for proofs.</summary>
    internal bool IsPlain => _plain is not null;

    /// <summary>What was attained when, for who proves little of it; null where more is remembered.</summary>
    internal PlainReach? Between => Options.FewProofs && _remembered is null ? _plain : null;

    /// <summary>The chosen proof that a credential is attained and kept, in one cell; null where it is not.</summary>
    internal Proof? ProofKept(Node credential, Cell cell)
    {
        lock (Graph.Gate)
        {
            return HopsToKept(credential, cell) < 0 ? null : Taken((_searches[(int)cell] ??= new ProofSearch(this, cell)).ProveKept(credential));
        }
    }

    /// <summary>What is held is kept only as far as it can be taken out: to use it where it is held is enough for everything else.</summary>
    private static Proof Taken(Proof proof) => proof with
    {
        Steps = [.. proof.Steps.Select(line => line.Rule != ControlRules.HeldCredential || line.Node != proof.Goal ? line : line with { NodeFacts = [.. line.NodeFacts.Append((proof.Goal, Properties.Extractable.Name)).Distinct()] })],
    };

    /// <summary>Hops to where a credential is kept, in one cell; -1 where it is not.</summary>
    internal int HopsToKept(Node credential, Cell cell) => HopOf(credential.Index, (1u << (int)cell) << CellBits.DurableShift);

    /// <summary>The proof of a right in one cell that ends with one clause, which holds there.</summary>
    internal Proof ProofBy(int clause, Node node, Rights right, Cell cell)
    {
        lock (Graph.Gate)
        {
            return (_searches[(int)cell] ??= new ProofSearch(this, cell)).ProveBy(clause, node, right);
        }
    }

    /// <summary>Hops to what a clause concludes, by it, in a cell in which it holds.</summary>
    internal int HopsBy(int number, Cell cell)
    {
        ref readonly var clause = ref Graph.Store[number];
        var (cells, hops) = (1u << (int)cell, HopOf(clause.From, CellBits.Word(clause.Premise, 1u << (int)cell)));
        foreach (var group in (PremiseGroup[])[.. Graph.Store.Groups(clause.Own), .. Graph.Store.Groups(clause.Entry)])
        {
            if ((group.Given & cells) == 0)
            {
                hops = Math.Max(hops, group.Alternatives
                    .Where(way => (way.Cells & cells) != 0 && Options.Allows(way))
                    .Select(way => HopOf(way.Node, CellBits.Word(way.Rights, cells)))
                    .Where(hop => hop >= 0)
                    .Min());
            }
        }

        return hops + 1;
    }

    internal int IndexAt(int place) => _nodes[place];

    /// <summary>Where the node stands; below 0: it was not touched.</summary>
    internal int PlaceOf(int index) => Find(index);

    /// <summary>The first place of nodes of the kind, and one past the last.</summary>
    internal (int First, int End) PlacesOf(NodeKind kind)
    {
        var range = Graph.View.RangeOf(kind);
        var (first, end) = (Find(range.Start.Value), Find(range.End.Value));
        return (first < 0 ? ~first : first, end < 0 ? ~end : end);
    }

    /// <summary>What is attained at the place, by a node of a kind that can be attained.</summary>
    internal Cells WordAt(int place) => new(_words[place] & CellBits.All);

    /// <summary>Nodes of a kind that is attained itself, in the order of the view.</summary>
    internal IEnumerable<Node> AttainedOf(NodeKind kind)
    {
        var (first, end) = PlacesOf(kind);
        for (var place = first; place < end; place++)
        {
            yield return Graph.View[_nodes[place]];
        }
    }

    /// <summary>What <see cref="this[Node]"/> is for the node at that place.</summary>
    internal Cells CellsAt(int place) => Walker.IsWalked(Graph.View[_nodes[place]].Kind) ? default : new Cells(_words[place] & CellBits.All);

    internal int HopsAt(int place, in Cells cells)
    {
        if (_plain is not null)
        {
            return _plain.Hops[place];
        }

        var cell = cells.Strongest;
        return HopOf(Remembered, place, CellBits.Word(cells.Highest(cell), 1u << (int)cell));
    }

    /// <summary>Whether it stays with the attacker, in its strongest cell; of nothing but credentials.</summary>
    internal bool IsDurableAt(int place, in Cells cells) => ((_words[place] >> CellBits.DurableShift) & (1u << (int)cells.Strongest)) != 0;

    internal bool Has(int node, uint bit) => (HeldAt(Find(node)) & bit) != 0;

    internal int HopOf(int node, uint bit)
    {
        var at = Find(node);
        return at < 0 ? -1 : HopOf(Remembered, at, bit);
    }

    /// <summary>Number of the node's last derivation; -1: nothing gave anything there.</summary>
    internal int LastOn(int node) => Find(node) is >= 0 and var at ? Remembered.Last[at] : -1;

    /// <summary>What gave what, in the order of hops.</summary>
    internal Derivation[] Derivations => Remembered.Derivations;

    /// <summary>What gave something on the node, latest first.</summary>
    internal IEnumerable<Derivation> DerivationsOf(int node)
    {
        var derivations = Derivations;
        for (var number = LastOn(node); number >= 0; number = derivations[number].Previous)
        {
            yield return derivations[number];
        }
    }

    /// <summary>What gave what, each node's last first; put together when it is first asked for where a plain search found what is attained.</summary>
    private Memory Remembered
    {
        get
        {
            if (_remembered is { } known)
            {
                return known;
            }

            // Whoever searches has the graph to itself.
            lock (Graph.Gate)
            {
                return _remembered ??= Options.LateProofs || Options.FewProofs ? Graph.Reach(Seeds, Options with { LateProofs = false, FewProofs = false }).Remembered : new Memory(_plain!.Remembered());
            }
        }
    }

    private static int HopOf(Memory remembered, int place, uint bit)
    {
        var hop = -1;
        for (var number = remembered.Last[place]; number >= 0; number = remembered.Derivations[number].Previous)
        {
            hop = (remembered.Derivations[number].Bits & bit) != 0 ? remembered.Derivations[number].Hop : hop;
        }

        return hop;
    }

    private static bool IsAttainable(Node node) => !Walker.IsWalked(node.Kind);

    private uint HeldAt(int position) => position < 0 ? 0 : _words[position];

    private int Find(int index) => Array.BinarySearch(_nodes, index);

    /// <param name="Last">By place, the node's last derivation; -1: none.</param>
    /// <param name="Derivations">In the order of hops.</param>
    private sealed record Memory(int[] Last, Derivation[] Derivations)
    {
        public Memory((int[] Last, Derivation[] Derivations) both)
            : this(both.Last, both.Derivations)
        {
        }
    }
}
