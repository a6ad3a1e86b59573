using System.Text;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>
/// The users, groups or roles of an account, in the order of the files: about forty bytes each and its name. Each is made where it is asked
/// for, and forgotten after.
/// </summary>
internal sealed class IdentityTable<T>(AwsIds ids, string type) : ArnTable($"arn:{ids.Partition}:iam::{ids.Account}:")
    where T : IamIdentity
{
    private readonly IdentityRows _rows = new();
    private readonly TextTable _tags = new();
    private readonly Chunks<ulong> _uniqueIds = new();

    /// <summary>Whether every name is the end of an ARN without a path: then no two are of one name.</summary>
    public bool IsPlain { get; private set; } = true;

    public IEnumerable<T> Values
    {
        get
        {
            for (var at = 0; at < Count; at++)
            {
                yield return At(at);
            }
        }
    }

    /// <summary>Those of whose entry something is missing that one would expect.</summary>
    public IEnumerable<T> Odd
    {
        get
        {
            for (var at = 0; at < Count; at++)
            {
                if (_rows.IsOddAt(at))
                {
                    yield return At(at);
                }
            }
        }
    }

    /// <summary>What each has, in their order.</summary>
    public IEnumerable<Holdings> Holdings
    {
        get
        {
            for (var at = 0; at < Count; at++)
            {
                yield return _rows.HoldingsAt(at);
            }
        }
    }

    /// <summary>The same, each once; and what one had before something else was found of it, which is less.</summary>
    public IEnumerable<Holdings> DistinctHoldings => _rows.Holdings;

    /// <summary>Whether it stands in the ARN, the account before it apart.</summary>
    public bool Holds(int at, ReadOnlySpan<byte> text) => BytesAt(at).IndexOf(text) >= 0;

    public T At(int at)
    {
        var row = _rows[at];
        return (T)IamIdentity.Of(ids, this, at, row.Name ?? EndOf(at), row);
    }

    /// <summary>The same as its name and what else is kept of it.</summary>
    public (string Name, IdentityRow Row) RowAt(int at) => _rows[at] is var row ? (row.Name ?? EndOf(at), row) : default;

    public T? Find(string? arn, out int at)
    {
        at = arn is null ? -1 : Find(arn);
        return at < 0 ? null : At(at);
    }

    public bool Contains(string arn) => Find(arn) >= 0;

    public Holdings HoldingsAt(int at) => _rows.HoldingsAt(at);

    public override string? TagsAt(int at) => _rows.TagsAt(at) is > 0 and var tags ? _tags[tags - 1] : null;

    /// <summary>What <see cref="UniqueIds.Stated"/> says of its unique id; 0: not stated.</summary>
    public ulong UniqueIdAt(int at) => at < _uniqueIds.Count ? _uniqueIds[at] : 0;

    public bool IsOddAt(int at) => _rows.IsOddAt(at);

    public string NameAt(int at) => _rows.NameAt(at) ?? EndOf(at);

    /// <summary>False where one of its ARN is there already; that one stays.</summary>
    public bool TryAdd(T identity, out int at)
    {
        at = Add(identity.Arn, out var isNew);
        if (isNew)
        {
            var text = Behind(identity.Arn);
            var same = NameOf(text).SequenceEqual(identity.Name);
            IsPlain &= same && text.Length == type.Length + 1 + identity.Name.Length && text.StartsWith(type, StringComparison.Ordinal);
            Keep(at, identity.UniqueId);
            _rows.Add(identity.ToRow() with { Name = same ? null : identity.Name, Tags = NumberOf(identity.Tags) });
        }

        return isNew;
    }

    /// <summary>The same of one without a path, whose name is the end of its ARN. What it has is read only where none of its ARN is there.</summary>
    /// <param name="rest">The ARN behind the head: type, slash and name.</param>
    /// <param name="read">Its row, its tags, and what <see cref="UniqueIds.Stated"/> says of its unique id.</param>
    public bool TryAdd(ReadOnlySpan<byte> rest, Func<(IdentityRow Row, string? Tags, ulong UniqueId)> read)
    {
        var at = AddBehind(rest, out var isNew);
        if (isNew)
        {
            var (row, tags, uniqueId) = read();
            Keep(at, uniqueId);
            _rows.Add(row with { Tags = NumberOf(tags) });
        }

        return isNew;
    }

    /// <summary>What it has, said anew.</summary>
    public void Set(int at, Holdings holdings) => _rows.Set(at, holdings);

    private void Keep(int at, ulong uniqueId)
    {
        if (uniqueId == 0)
        {
            return;
        }

        while (_uniqueIds.Count < at)
        {
            _uniqueIds.Add(0);
        }

        _uniqueIds.Add(uniqueId);
    }

    private int NumberOf(string? tags) => tags is null ? 0 : _tags.Add(tags, out _) + 1;

    /// <summary>Behind the last slash; of a resource without one all of it.</summary>
    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> text)
    {
        var from = text.LastIndexOf('/') + 1;
        return from > 0 ? text[from..] : Arn.Parse(new string(text)) is { } arn ? arn.Name : text;
    }

    /// <summary>The same of the one that is kept there.</summary>
    private string EndOf(int at) => BytesAt(at) is var bytes && bytes.LastIndexOf((byte)'/') is >= 0 and var slash ? Encoding.UTF8.GetString(bytes[(slash + 1)..]) : new string(NameOf(TextAt(at)));
}
