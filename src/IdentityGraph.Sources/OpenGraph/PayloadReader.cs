using System.Text.Json;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>What <see cref="PayloadReader.Next"/> came to.</summary>
internal enum PayloadPart
{
    End = 0,
    Node,
    Edge,

    /// <summary>A member of the file itself, whole in <see cref="PayloadReader.Document"/>.</summary>
    Member,

    /// <summary>An entry that cannot be read; <see cref="PayloadReader.Problem"/> says why.</summary>
    Unread,

    /// <summary>The name of a member, or what the file itself breaks: only where reading stands.</summary>
    Place,
}

/// <summary>
/// Reads a payload or an extension definition one entry at a time, members in any order: memory holds a few entries, whatever the size of
/// the file.
/// </summary>
internal sealed class PayloadReader : IDisposable
{
    /// <summary>Nesting that is passed over in what is not read; nothing that is read nests deeper than six.</summary>
    public const int Deepest = 100_000;

    /// <summary>Relationships that are read together.</summary>
    public const int Together = 16;

    private readonly RecordText _texts = new();
    private readonly PayloadStream _stream;
    private readonly ReadAhead<PayloadItem> _items;
    private readonly PropertyNames _names;
    private readonly EdgeRecord[] _edges = new EdgeRecord[Together];
    private readonly long[] _indexes = new long[Together];
    private int _edge;
    private int _count;
    private Breach _breaches;

    /// <param name="stream">The file.</param>
    /// <param name="limits">How large and deep what is read may be.</param>
    /// <param name="names">Names of the properties that are read.</param>
    /// <param name="definitions">Whether what defines an extension is read, or passed over.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public PayloadReader(Stream stream, UnpackLimits limits, PropertyNames names, bool definitions, CancellationToken cancellationToken)
    {
        _stream = new(stream, limits, definitions);
        _items = new(static () => new(Deepest, careful: false), _stream.Read, another: true, cancellationToken);
        Node = new(names, _texts);
        _edges[0] = new(names, _texts);
        _names = names;
    }

    /// <summary>Called with relationships that were read together, before the first of them is come to.</summary>
    public Action<ReadOnlySpan<EdgeRecord>>? OnEdges { get; init; }

    /// <summary>Whether the entry is read; null: every one is.</summary>
    public Func<PayloadPart, long, bool>? Wants { get; init; }

    public NodeRecord Node { get; }

    public EdgeRecord Edge => _edges[_edge];

    /// <summary>The value of <see cref="MemberName"/>; stands until the next is asked for.</summary>
    public JsonValue Document { get; private set; }

    public string MemberName { get; private set; } = "";

    /// <summary>Whether `nodes` or `edges` was met, empty or not.</summary>
    public bool HasLists { get; private set; }

    /// <summary>Position of the entry in its list, from 0.</summary>
    public long Index { get; private set; }

    /// <summary>Why the entry cannot be read, for <see cref="PayloadPart.Unread"/>.</summary>
    public string? Problem { get; private set; }

    /// <summary>What the file itself breaks, since it was last asked for.</summary>
    public Breach TakeBreaches()
    {
        var breaches = _breaches;
        _breaches = Breach.None;
        return breaches;
    }

    /// <summary>Goes to the next entry or member that is read.</summary>
    /// <exception cref="JsonException">Not JSON, or cut off; what came before stands.</exception>
    public PayloadPart Next()
    {
        if (_edge + 1 < _count)
        {
            Index = _indexes[++_edge];
            return PayloadPart.Edge;
        }

        while (_items.MoveNext())
        {
            var item = _items.Current;
            (MemberName, Index, Problem, _breaches) = (item.Member, item.Index, item.Problem, _breaches | item.Breaches);
            HasLists |= item.Member is "nodes" or "edges";
            if (item.Problem is not null)
            {
                return PayloadPart.Unread;
            }

            switch (item.Part)
            {
                case PayloadPart.Node or PayloadPart.Edge when Wants?.Invoke(item.Part, item.Index) == false:
                    break;
                case PayloadPart.Node:
                    Node.Read(item.Json);
                    return PayloadPart.Node;
                case PayloadPart.Edge:
                    ReadEdges(item);
                    return PayloadPart.Edge;
                case PayloadPart.Member:
                    Document = item.Json;
                    return PayloadPart.Member;
                default:
                    break;
            }
        }

        return PayloadPart.End;
    }

    public void Dispose()
    {
        _items.Dispose();
        _stream.Dispose();
    }

    /// <summary>Reads a relationship, and those behind it that are at hand already and of which nothing else is to be said.</summary>
    private void ReadEdges(in PayloadItem first)
    {
        (_edge, _count, _indexes[0]) = (0, 1, first.Index);
        _edges[0].Read(first.Json);
        while (_count < Together && _items.TryPeek(out var item) && item is { Part: PayloadPart.Edge, Problem: null, Breaches: Breach.None })
        {
            _items.MoveNext();
            if (Wants?.Invoke(item.Part, item.Index) != false)
            {
                _indexes[_count] = item.Index;
                (_edges[_count++] ??= new(_names, _texts)).Read(item.Json);
            }
        }

        OnEdges?.Invoke(_edges.AsSpan(0, _count));
    }
}
