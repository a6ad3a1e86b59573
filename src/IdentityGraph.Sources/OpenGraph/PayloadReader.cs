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

    private readonly RecordText _texts = new();
    private readonly PayloadStream _stream;
    private readonly ReadAhead<PayloadItem> _items;
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
        (Node, Edge) = (new(names, _texts), new(names, _texts));
    }

    public NodeRecord Node { get; }

    public EdgeRecord Edge { get; }

    /// <summary>The value of <see cref="MemberName"/>; stands until the next is asked for.</summary>
    public JsonValue Document { get; private set; }

    public string MemberName { get; private set; } = "";

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
        while (_items.MoveNext())
        {
            var item = _items.Current;
            (MemberName, Index, Problem, _breaches) = (item.Member, item.Index, item.Problem, _breaches | item.Breaches);
            if (item.Problem is not null)
            {
                return PayloadPart.Unread;
            }

            switch (item.Part)
            {
                case PayloadPart.Node:
                    Node.Read(item.Json);
                    return PayloadPart.Node;
                case PayloadPart.Edge:
                    Edge.Read(item.Json);
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
}
