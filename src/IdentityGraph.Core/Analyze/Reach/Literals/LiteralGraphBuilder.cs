using System.Numerics;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>Lays the clauses of one cell out as literals and edges.</summary>
internal sealed class LiteralGraphBuilder
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
    private readonly LiteralEdges _edges = new();
    private readonly List<int[]> _joints = [];
    private readonly Dictionary<int, int> _entered = [];
    private readonly Dictionary<(int Groups, int Group), int> _ways = [];
    private readonly Dictionary<(int Node, int Right), int> _readable = [];
    private int _plain;

    private LiteralGraphBuilder(LiteralClauses clauses, Tallies tallies, Cell cell)
    {
        (_clauses, _tallies, _cell) = (clauses, tallies, (int)cell);
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
    public static LiteralGraph Build(LiteralClauses clauses, Tallies tallies, Cell cell, IReadOnlyList<IReadOnlyList<Seed>> starts, CancellationToken cancellationToken) =>
        new LiteralGraphBuilder(clauses, tallies, cell).Build(starts, cancellationToken);

    private LiteralGraph Build(IReadOnlyList<IReadOnlyList<Seed>> starts, CancellationToken cancellationToken)
    {
        var begun = new int[starts.Count][];
        for (var i = 0; i < begun.Length; i++)
        {
            begun[i] = [.. starts[i].SelectMany(Begun).Distinct()];
        }

        for (var at = 0; Next(ref at, inherits: false, cancellationToken) is { } given;)
        {
            _bare[given.Clause.To] |= given.Rights.Has(Rights.Read) ? Rights.None : given.Rights;
        }

        for (var at = 0; Next(ref at, inherits: true, cancellationToken) is { } given;)
        {
            Give(given.Clause, given.Rights);
        }

        for (var node = 0; node < _first.Length; node++)
        {
            for (var at = 1; at < Rights6 && _first[node] >= 0 && _isPlace[node]; at++)
            {
                _edges.Add(_first[node] + Rights6 + at, _first[node] + Rights6 + at - 1);
            }
        }

        var own = new int[starts.Count][];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = [.. starts[i].Where(_clauses.IsApart).Select(seed => seed.Node.Index).Distinct().SelectMany(Counted)];
        }

        return _edges.ToGraph(_plain, _joints, Tally(), begun, own);
    }

    /// <summary>
    /// What is given in the cell by the next clause from a place on; null: there is none. A clause of what is only possible behind its
    /// certain one is told with it.
    /// </summary>
    private (LiteralClause Clause, Rights Rights)? Next(ref int at, bool inherits, CancellationToken cancellationToken)
    {
        var all = _clauses.All;
        while (at < all.Length)
        {
            if (at % Block == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ref readonly var clause = ref all[at++];
            if (((clause.Cells >> _cell) & 1) == 0 || (!inherits && clause.Kind == ClauseKind.Inherit))
            {
                continue;
            }

            var rights = clause.Rights;
            while (clause.Kind == ClauseKind.Derive && at < all.Length && ((all[at].Cells >> _cell) & 1) != 0 && IsRestOf(all[at], clause))
            {
                rights |= all[at++].Rights;
            }

            return (clause, rights.Has(Rights.Admin) && _clauses.ControlsIdentities(clause.To) ? Rights.All : rights);
        }

        return null;
    }

    private static bool IsRestOf(in LiteralClause next, in LiteralClause clause) =>
        next.To == clause.To && next.From == clause.From && next.Premise == clause.Premise && next.Own == clause.Own && next.Entry == clause.Entry && next.Kind == clause.Kind;

    private void Give(in LiteralClause clause, Rights rights)
    {
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

    private IEnumerable<int> Begun(Seed seed)
    {
        var rights = new Cells(_clauses.WordOf(seed) & CellBits.All).Of((Cell)_cell);
        if (rights == Rights.None)
        {
            return [];
        }

        _bare[seed.Node.Index] |= rights.Has(Rights.Read) ? Rights.None : rights;
        return Concluded(seed.Node.Index, rights);
    }

    private int Literal(int node, int right) => _isPlace[node] ? _first[node] + right : _first[node];

    /// <summary>The right on a container together with Read, which is what goes over to what it contains.</summary>
    private int Readable(int node, int right)
    {
        if (right == ReadBit || !_bare[node].Has((Rights)(1 << right)))
        {
            return Literal(node, right);
        }

        if (!_readable.TryGetValue((node, right), out var joint))
        {
            _readable[(node, right)] = joint = Joined(Literal(node, right), [Literal(node, ReadBit)]);
        }

        return joint;
    }

    private int Joined(int literal, int[] others)
    {
        if (others.Length == 0)
        {
            return literal;
        }

        _joints.Add([.. others.Prepend(literal).Distinct()]);
        foreach (var input in _joints[^1])
        {
            _edges.Add(input, LiteralEdges.Joint(_joints.Count - 1));
        }

        return LiteralEdges.Joint(_joints.Count - 1);
    }

    /// <summary>What stands before a literal that is entered only with further premises; itself where there are none.</summary>
    private int Entered(int literal, int[] demanded)
    {
        if (demanded.Length == 0)
        {
            return literal;
        }

        if (!_entered.TryGetValue(literal, out var before))
        {
            _entered[literal] = before = _plain++;
            _edges.Add(Joined(before, demanded), literal);
        }

        return before;
    }

    /// <summary>A literal for each group that is not satisfied by itself; null where one cannot be.</summary>
    private int[]? Demanded(int groups)
    {
        if (groups < 0)
        {
            return [];
        }

        List<int> demanded = [];
        var all = _clauses.Groups(groups);
        for (var i = 0; i < all.Length; i++)
        {
            if (((all[i].Given >> _cell) & 1) != 0)
            {
                continue;
            }

            if (!_ways.TryGetValue((groups, i), out var way))
            {
                _ways[(groups, i)] = way = Way(all[i]);
            }

            if (way < 0)
            {
                return null;
            }

            demanded.Add(way);
        }

        return [.. demanded];
    }

    /// <summary>Any of the alternatives; -1 where none can be attained.</summary>
    private int Way(PremiseGroup group)
    {
        HashSet<int> ways = [];
        foreach (var way in group.Alternatives)
        {
            for (var left = (uint)(way.Rights & _clauses.ReachedOn(way.Node)); left != 0 && ((way.Cells >> _cell) & 1) != 0; left &= left - 1)
            {
                ways.Add(Literal(way.Node, BitOperations.TrailingZeroCount(left)));
            }
        }

        if (ways.Count <= 1)
        {
            return ways.Count == 0 ? -1 : ways.Single();
        }

        var any = _plain++;
        foreach (var way in ways)
        {
            _edges.Add(way, any);
        }

        return any;
    }

    private IEnumerable<int> Counted(int node) =>
        _first[node] < 0 || !Tallies.Counts(_clauses.View[node].Kind) ? []
        : _isPlace[node] ? Enumerable.Range(_first[node] + Rights6, Rights6)
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
