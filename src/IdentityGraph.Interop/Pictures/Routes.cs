namespace IdentityGraph.Interop.Pictures;

/// <summary>The way of each edge past the ranks, which get their place along one after the other.</summary>
internal sealed class Routes
{
    private readonly Items _items;
    private readonly IReadOnlyList<(int From, int To)> _edges;
    private readonly IReadOnlyList<int>[] _lanes;
    private readonly bool[] _turned;
    private readonly bool _down;
    private readonly double[] _deep;
    private readonly double[] _begins;

    public Routes(Items items, IReadOnlyList<(int From, int To)> edges, IReadOnlyList<int>[] lanes, bool[] turned, bool down)
    {
        (_items, _edges, _lanes, _turned, _down) = (items, edges, lanes, turned, down);

        // Along the ranks: each is as deep as its deepest thing.
        _deep = [.. items.Ranks.Select(rank => rank.Select(item => items.Depth[item]).DefaultIfEmpty().Max())];
        _begins = new double[Ranks];
    }

    public int Ranks => _items.Ranks.Count;

    /// <summary>How far along everything reaches that has a place by now.</summary>
    public double Depth { get; private set; }

    /// <summary>Gives the next rank its place, and says where it ends.</summary>
    public double Begin(int rank)
    {
        _begins[rank] = Depth;
        Depth += _deep[rank];
        return Depth;
    }

    /// <summary>Leaves so much room before the next rank.</summary>
    public void Leave(double room) => Depth += room;

    public Point Turn(double along, double across) => _down ? new Point(across, along) : new Point(along, across);

    public Point Corner(int item) => Turn(BeginOf(item), _items.Middle[item] - (_items.Breadth[item] / 2));

    /// <summary>After which rank the label of an edge stands: before what it leads to.</summary>
    public int RoomOf(int edge)
    {
        var (first, last) = Ends(edge);
        return _items.Rank[first] == _items.Rank[last] || _turned[edge] ? _items.Rank[first] : _items.Rank[last] - 1;
    }

    /// <summary>An edge as it passes the room of its label.</summary>
    public LabelRoom.Passing Passing(int edge, Sized label)
    {
        var (first, last) = Ends(edge);
        var isBeside = _items.Rank[first] == _items.Rank[last];
        var from = !_turned[edge] && _lanes[edge].Count > 0 ? _lanes[edge][^1] : first;
        var to = _turned[edge] && _lanes[edge].Count > 0 ? _lanes[edge][0] : last;
        return new LabelRoom.Passing(
            edge,
            _down ? label.Height : label.Width,
            _down ? label.Width : label.Height,
            _items.Middle[from],
            _items.Middle[to],
            Inset(from),
            Inset(to),
            isBeside);
    }

    public IReadOnlyList<Point> Of(int edge)
    {
        var (first, last) = Ends(edge);

        // Within one rank it goes out on the far side and comes back.
        List<Point> points = [End(first, after: true), .. _lanes[edge].SelectMany(Through), End(last, after: _items.Rank[first] == _items.Rank[last])];
        if (_turned[edge])
        {
            points.Reverse();
        }

        return points;
    }

    private (int First, int Last) Ends(int edge) => _turned[edge] ? (_edges[edge].To, _edges[edge].From) : _edges[edge];

    /// <summary>Between the edge of its rank and its own.</summary>
    private double Inset(int item) => _items.IsLane[item] ? 0 : (_deep[_items.Rank[item]] - _items.Depth[item]) / 2;

    private double BeginOf(int item) => _begins[_items.Rank[item]] + Inset(item);

    private Point End(int item, bool after) => Turn(BeginOf(item) + (after ? _items.Depth[item] : 0), _items.Middle[item]);

    /// <summary>A lane runs straight past the things of its rank.</summary>
    private IEnumerable<Point> Through(int lane) =>
        [Turn(_begins[_items.Rank[lane]], _items.Middle[lane]), Turn(_begins[_items.Rank[lane]] + _deep[_items.Rank[lane]], _items.Middle[lane])];
}
