namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>
/// What identities are but for their ARNs, in 24 bytes each that the garbage collector need not look into; what many share, and what few
/// have, stands apart.
/// </summary>
internal sealed class IdentityRows
{
    private readonly Chunks<Packed> _rows = new();
    private readonly Chunks<Holdings> _holdings = new();
    private readonly List<string> _lists = [];
    private readonly Dictionary<int, string> _names = [];

    /// <summary>Of those before its end; 0: not said.</summary>
    private readonly Chunks<long> _lastUsed = new();

    public IdentityRow this[int at]
    {
        get
        {
            ref var row = ref _rows[at];
            return new(_holdings[row.Holdings], NameAt(at), _lists[row.ListAndOdd >> 1], row.Index, row.CreatedAt, at < _lastUsed.Count ? _lastUsed[at] : 0, (row.ListAndOdd & 1) != 0, row.Tags);
        }
    }

    /// <summary>What any of them has, each once.</summary>
    public IEnumerable<Holdings> Holdings
    {
        get
        {
            for (var number = 0; number < _holdings.Count; number++)
            {
                yield return _holdings[number];
            }
        }
    }

    public Holdings HoldingsAt(int at) => _holdings[_rows[at].Holdings];

    public bool IsOddAt(int at) => (_rows[at].ListAndOdd & 1) != 0;

    public int TagsAt(int at) => _rows[at].Tags;

    /// <summary>Null: it is the end of the ARN.</summary>
    public string? NameAt(int at) => _names.Count == 0 ? null : _names.GetValueOrDefault(at);

    public void Add(in IdentityRow row)
    {
        var at = _rows.Count;
        if (row.Name is { } name)
        {
            _names.Add(at, name);
        }

        if (row.LastUsedAt != 0)
        {
            while (_lastUsed.Count < at)
            {
                _lastUsed.Add(0);
            }

            _lastUsed.Add(row.LastUsedAt);
        }

        if (_lists.Count == 0 || _lists[^1] != row.List)
        {
            _lists.Add(row.List);
        }

        _rows.Add(new(row.CreatedAt, NumberOf(row.Holdings), row.Index, row.Tags, ((_lists.Count - 1) << 1) | (row.IsOdd ? 1 : 0)));
    }

    public void Set(int at, Holdings holdings)
    {
        var number = NumberOf(holdings);
        _rows[at].Holdings = number;
    }

    private int NumberOf(Holdings holdings)
    {
        if (holdings.Number < 0)
        {
            holdings.Number = _holdings.Count;
            _holdings.Add(holdings);
        }

        return holdings.Number;
    }

    private record struct Packed(long CreatedAt, int Holdings, int Index, int Tags, int ListAndOdd);
}

/// <summary>An identity but for its ARN.</summary>
internal readonly record struct IdentityRow(Holdings Holdings, string? Name, string List, int Index, long CreatedAt, long LastUsedAt, bool IsOdd, int Tags)
{
    /// <summary>Ticks and one; 0: none.</summary>
    public static long Ticks(DateTimeOffset? moment) => moment is { } said ? said.UtcTicks + 1 : 0;

    public static DateTimeOffset? Moment(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks - 1, TimeSpan.Zero);
}
