using System.Numerics;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>Lays the clauses of one cell out as literals and edges.</summary>
internal sealed partial class LiteralGraphBuilder
{
    private const int Block = 1 << 16;
    private const int Rights6 = 6;
    private const int ReadBit = 1;

    private readonly LiteralClauses _clauses;
    private readonly Tallies _tallies;
    private readonly int _cell;

    // Each node's first literal; -1: not covered. Systems and resources have six for their rights and six for "at least".
    private readonly int[] _first;
    private readonly bool[] _isPlace;

    // Rights on systems and resources that something gives without Read.
    private readonly Rights[] _bare;
    private readonly LiteralEdges _edges;
    private readonly List<int[]> _joints = [];
    private int _plain;

    private LiteralGraphBuilder(LiteralClauses clauses, Tallies tallies, Cell cell)
    {
        (_clauses, _tallies, _cell) = (clauses, tallies, (int)cell);
        _edges = new LiteralEdges(clauses.Count + (clauses.Count >> 2));
        var view = clauses.View;
        _first = new int[view.NodeCount];
        _isPlace = new bool[view.NodeCount];
        _bare = new Rights[view.NodeCount];
        foreach (var kind in (NodeKind[])[NodeKinds.System, NodeKinds.Resource])
        {
            var (start, length) = view.RangeOf(kind).GetOffsetAndLength(view.NodeCount);
            Array.Fill(_isPlace, true, start, length);
        }

        for (var node = 0; node < _first.Length; node++)
        {
            _first[node] = clauses.ReachedOn(node) == Rights.None ? -1 : _plain;
            _plain += clauses.ReachedOn(node) == Rights.None ? 0 : _isPlace[node] ? 2 * Rights6 : 1;
        }
    }

    /// <summary>Builds the graph of a cell for some starts; each is covered by the clauses.</summary>
    public static LiteralGraph Build(LiteralClauses clauses, Tallies tallies, Cell cell, Beginning[][] starts, CancellationToken cancellationToken) =>
        new LiteralGraphBuilder(clauses, tallies, cell).Build(starts, cancellationToken);

    /// <summary>The same, and which literals are whose.</summary>
    public static NodeLiterals Named(LiteralClauses clauses, Tallies tallies, Cell cell, Beginning[][] starts, CancellationToken cancellationToken)
    {
        var builder = new LiteralGraphBuilder(clauses, tallies, cell);
        var graph = builder.Build(starts, cancellationToken);
        var named = new NodeLiterals(graph, new int[graph.Count], Array.ConvertAll(builder._first, static first => first));
        Array.Fill(named.NodeOf, -1);
        for (var node = 0; node < builder._first.Length; node++)
        {
            if (builder._first[node] >= 0)
            {
                named.NodeOf.AsSpan(builder._first[node], builder._isPlace[node] ? 2 * Rights6 : 1).Fill(node);
                named.AnyOf[node] += builder._isPlace[node] ? Rights6 : 0;
            }
        }

        return named;
    }

    private LiteralGraph Build(Beginning[][] starts, CancellationToken cancellationToken)
    {
        var begun = new int[starts.Length][];
        for (var i = 0; i < begun.Length; i++)
        {
            begun[i] = Begun(starts[i]);
        }

        if (_clauses.HaveInherits)
        {
            TellBare(cancellationToken);
        }

        var all = _clauses.All;
        for (var at = 0; at < all.Length;)
        {
            if (at % Block == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ref readonly var clause = ref all[at];
            if (IsGiven(all, ref at, out var rights))
            {
                Give(clause, rights);
            }
        }

        for (var node = 0; node < _first.Length; node++)
        {
            for (var at = 1; at < Rights6 && _first[node] >= 0 && _isPlace[node]; at++)
            {
                _edges.Add(_first[node] + Rights6 + at, _first[node] + Rights6 + at - 1);
            }
        }

        var own = new int[starts.Length][];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = starts[i] is [var only]
                ? only.IsApart ? Counted(only.Node) : []
                : [.. starts[i].Where(static seed => seed.IsApart).Select(static seed => seed.Node).Distinct().SelectMany(Counted)];
        }

        return _edges.ToGraph(_plain, _joints, Tally(), begun, own);
    }

    /// <summary>What is given on systems and resources without Read: what they contain is handed only what goes with it.</summary>
    private void TellBare(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var all = _clauses.All;
        for (var at = 0; at < all.Length;)
        {
            ref readonly var clause = ref all[at];
            if (IsGiven(all, ref at, out var rights) && clause.Kind != ClauseKind.Inherit)
            {
                _bare[clause.To] |= rights.Has(Rights.Read) ? Rights.None : rights;
            }
        }
    }

    /// <summary>
    /// Whether the clause at a place gives anything in the cell, and what; the place moves on. A clause of what is only possible behind
    /// its certain one is told with it.
    /// </summary>
    private bool IsGiven(ReadOnlySpan<LiteralClause> all, ref int at, out Rights rights)
    {
        ref readonly var clause = ref all[at++];
        rights = clause.Rights;
        if (((clause.Cells >> _cell) & 1) == 0)
        {
            return false;
        }

        while (clause.Kind == ClauseKind.Derive && at < all.Length && ((all[at].Cells >> _cell) & 1) != 0 && IsRestOf(all[at], clause))
        {
            rights |= all[at++].Rights;
        }

        rights = rights.Has(Rights.Admin) && _clauses.ControlsIdentities(clause.To) ? Rights.All : rights;
        return true;
    }

    private static bool IsRestOf(in LiteralClause next, in LiteralClause clause) =>
        next.To == clause.To && next.From == clause.From && next.Premise == clause.Premise && next.Own == clause.Own && next.Entry == clause.Entry && next.Kind == clause.Kind;

    private void Give(in LiteralClause clause, Rights rights)
    {
        if (clause is { Own: < 0, Entry: < 0 } && clause.Kind != ClauseKind.Inherit)
        {
            Emit(Literal(clause.From, clause.Premise), clause.To, rights, []);
            return;
        }

        if (Demanded(clause.Own) is not { } own || Demanded(clause.Entry) is not { } entry)
        {
            return;
        }

        if (clause.Kind != ClauseKind.Inherit)
        {
            Emit(Joined(Literal(clause.From, clause.Premise), own), clause.To, rights, entry);
            return;
        }

        for (var right = 0; right < Rights6; right++)
        {
            var handed = (Rights)(1 << right);
            if (_clauses.ReachedOn(clause.From).Has(handed))
            {
                Emit(Joined(Readable(clause.From, right), own), clause.To, handed, entry);
            }
        }
    }

    /// <summary>An edge to each right that something follows from, and to the highest for the score.</summary>
    private void Emit(int from, int to, Rights rights, int[] demanded)
    {
        if (!_isPlace[to])
        {
            _edges.Add(from, Entered(_first[to], demanded));
            return;
        }

        for (var left = (uint)(rights & _clauses.LeadingOn(to)); left != 0; left &= left - 1)
        {
            _edges.Add(from, Entered(_first[to] + BitOperations.TrailingZeroCount(left), demanded));
        }

        _edges.Add(from, Entered(_first[to] + Rights6 + BitOperations.Log2((uint)rights), demanded));
    }

    private IEnumerable<int> Concluded(int node, Rights rights)
    {
        if (!_isPlace[node])
        {
            yield return _first[node];
            yield break;
        }

        for (var left = (uint)(rights & _clauses.LeadingOn(node)); left != 0; left &= left - 1)
        {
            yield return _first[node] + BitOperations.TrailingZeroCount(left);
        }

        yield return _first[node] + Rights6 + BitOperations.Log2((uint)rights);
    }

    private int[] Begun(Beginning[] seeds) => seeds is [var only] ? [.. Begun(only)] : [.. seeds.SelectMany(Begun).Distinct()];

    private IEnumerable<int> Begun(Beginning seed)
    {
        var rights = new Cells(seed.Word & CellBits.All).Of((Cell)_cell);
        if (rights == Rights.None)
        {
            return [];
        }

        _bare[seed.Node] |= rights.Has(Rights.Read) ? Rights.None : rights;
        return Concluded(seed.Node, rights);
    }

    private int Literal(int node, int right) => _isPlace[node] ? _first[node] + right : _first[node];

    private int[] Counted(int node) =>
        _first[node] < 0 || !Tallies.Counts(_clauses.View[node].Kind) ? []
        : _isPlace[node] ? [.. Enumerable.Range(_first[node] + Rights6, Rights6)]
        : [_first[node]];

    private int[] Tally()
    {
        var tally = new int[_plain];
        Array.Fill(tally, -1);
        for (var node = 0; node < _first.Length; node++)
        {
            if (_first[node] < 0 || !Tallies.Counts(_clauses.View[node].Kind))
            {
                continue;
            }

            for (var right = 0; right < Rights6; right++)
            {
                tally[_isPlace[node] ? _first[node] + Rights6 + right : _first[node]] = _isPlace[node] ? _tallies.ClassOf(node, right) : Tallies.Plain;
            }
        }

        return tally;
    }
}
