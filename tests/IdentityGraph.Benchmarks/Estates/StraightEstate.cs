using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Estates;

/// <summary>
/// A plain estate laid out straight as the graph of literals that everything at once is counted on, without a snapshot: edges are
/// thrown twice, once to count and once to write, and never kept as a list. Only for estates in which everything is live, open and
/// administered; a pair that comes twice stays twice, which condensing takes out.
/// </summary>
internal sealed class StraightEstate
{
    private const int Rights6 = 6;
    private const int ReadBit = 1;
    private const int AdminBit = 4;

    private readonly Estate _estate;
    private readonly int[] _next;
    private readonly int[] _out;
    private readonly bool[] _leads;

    public StraightEstate(Estate estate)
    {
        if (estate.Options.Full)
        {
            throw new ArgumentException("an estate with gates, ends and unknowns is read from its snapshot", nameof(estate));
        }

        _estate = estate;
        var count = LiteralOf(estate.Nodes);
        var start = new int[count + 1];
        _leads = new bool[estate.Resources.Count];
        foreach (var (kind, of, to) in estate.Edges())
        {
            _leads[kind == EdgeKinds.StoredIn ? to - estate.Resources.First : 0] |= kind == EdgeKinds.StoredIn;
            var (from, _) = Turned(kind, of, to);
            start[from + 1] += kind == EdgeKinds.Entitles && Leads(to) ? 2 : 1;
        }

        for (var resource = 0; resource < estate.Resources.Count; resource++)
        {
            for (var right = 1; right < Rights6; right++)
            {
                start[AtLeast(estate.Resources.First + resource, right) + 1]++;
            }
        }

        for (var literal = 0; literal < count; literal++)
        {
            start[literal + 1] += start[literal];
        }

        _next = start.AsSpan(0, count).ToArray();
        _out = GC.AllocateUninitializedArray<int>(start[count]);
        Write();
        Classes = [new Tally(1, 0, 0, 0), .. Enumerable.Range(0, Rights6).Select(static right => new Tally(right == 0 ? 1 : 0, BlastRadius.UnknownCriticality * BlastRadius.Added(right), 0, right == 0 ? 1 : 0))];
        Whole = BlastRadius.UnknownCriticality * estate.Resources.Count;
        int[] starts = [.. Starting(estate)];
        Graph = new LiteralGraph(count, count, start, _out, [], TallyOf(count), Array.ConvertAll(starts, static one => (int[])[one]), Array.ConvertAll(starts, static one => (int[])[one]));
        _next = [];
    }

    /// <summary>Starts are service identities, then credentials, in the order of their numbers.</summary>
    public LiteralGraph Graph { get; }

    /// <summary>What literals of each class count as.</summary>
    public IReadOnlyList<Tally> Classes { get; }

    /// <summary>The criticality of all there is.</summary>
    public double Whole { get; }

    /// <summary>Bytes of the graph itself: edges, where those of each literal start, and as what it counts.</summary>
    public long Bytes => sizeof(int) * ((long)Graph.Out.Length + Graph.OutStart.Length + Graph.Tally.Length);

    /// <summary>Counts everything at once; laying out is not part of it, condensing is.</summary>
    public MassResult Count(MassOptions options, CancellationToken cancellationToken)
    {
        var begun = options.Time.GetTimestamp();
        return MassReach.Of([(Condensing.Of(Graph, cancellationToken), Enum.GetValues<Cell>())], Classes, () => Whole, options, begun, cancellationToken);
    }

    /// <summary>The same for one start, by a search of its own that keeps what it has seen in a byte a literal.</summary>
    /// <param name="start">Its number.</param>
    /// <param name="seen">A byte a literal, all 0; and again afterwards.</param>
    /// <param name="found">Room for the literals found, used again by the next search.</param>
    public Sums Search(int start, byte[] seen, List<int> found)
    {
        found.Clear();
        foreach (var literal in Graph.Starts[start])
        {
            seen[literal] = 1;
            found.Add(literal);
        }

        for (var at = 0; at < found.Count; at++)
        {
            foreach (var next in Graph.OutOf(found[at]))
            {
                if (seen[next] == 0)
                {
                    seen[next] = 1;
                    found.Add(next);
                }
            }
        }

        var times = new long[Classes.Count];
        foreach (var literal in found)
        {
            seen[literal] = 0;
            if (Graph.Tally[literal] is >= 0 and var number && !Graph.Own[start].Contains(literal))
            {
                times[number]++;
            }
        }

        return times.Select((count, number) => (Count: count, Sums: Sums.Of(Classes[number]))).Aggregate(default(Sums), static (all, one) => all.Plus(one.Sums, one.Count));
    }

    private static IEnumerable<int> Starting(Estate estate) => ((EstatePart[])[estate.Services, estate.Credentials]).SelectMany(static part => Enumerable.Range(part.First, part.Count));

    private int LiteralOf(int node) => node + (Math.Max(0, node - _estate.Resources.First) * ((2 * Rights6) - 1));

    private int AtLeast(int resource, int right) => LiteralOf(resource) + Rights6 + right;

    private bool Leads(int resource) => _leads[resource - _estate.Resources.First];

    /// <summary>From the literal that gives to the node that is given: what is stored is had from where it is stored and read, an account from its person.</summary>
    private (int From, int To) Turned(EdgeKind kind, int of, int to) =>
        kind == EdgeKinds.StoredIn ? (LiteralOf(to) + ReadBit, of) : kind == EdgeKinds.BelongsTo ? (to, of) : (of, to);

    private void Write()
    {
        foreach (var (kind, of, to) in _estate.Edges())
        {
            var (from, given) = Turned(kind, of, to);
            if (kind != EdgeKinds.Entitles)
            {
                _out[_next[from]++] = given;
                continue;
            }

            if (Leads(to))
            {
                _out[_next[from]++] = LiteralOf(to) + ReadBit;
            }

            _out[_next[from]++] = AtLeast(to, AdminBit);
        }

        for (var resource = _estate.Resources.First; resource < _estate.Nodes; resource++)
        {
            for (var right = 1; right < Rights6; right++)
            {
                _out[_next[AtLeast(resource, right)]++] = AtLeast(resource, right - 1);
            }
        }
    }

    private int[] TallyOf(int count)
    {
        var tally = new int[count];
        Array.Fill(tally, -1);
        foreach (var part in _estate.Parts)
        {
            Array.Fill(tally, part != _estate.Resources && Tallies.Counts(part.Kind) ? Tallies.Plain : -1, part.First, part.Count);
        }

        for (var resource = _estate.Resources.First; resource < _estate.Nodes; resource++)
        {
            for (var right = 0; right < Rights6; right++)
            {
                tally[AtLeast(resource, right)] = 1 + right;
            }
        }

        return tally;
    }
}
