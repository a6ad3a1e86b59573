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
}

/// <summary>
/// Reads a payload or an extension definition one entry at a time, members in any order: memory holds one entry, whatever the size of
/// the file.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="limits">How large and deep what is read may be.</param>
/// <param name="names">Names of the properties that are read.</param>
/// <param name="definitions">Whether what defines an extension is read, or passed over.</param>
internal sealed class PayloadReader(Stream stream, UnpackLimits limits, PropertyNames names, bool definitions = false) : IDisposable
{
    /// <summary>Nesting that is passed over in what is not read; nothing that is read nests deeper than six.</summary>
    public const int Deepest = 100_000;

    private enum Place
    {
        Before,
        File,
        Graph,
        Nodes,
        Edges,
        After,
    }

    private readonly RecordText _texts = new();
    private readonly JsonCursor _json = new(stream, limits.OneObject);
    private Place _place = Place.Before;
    private Place _around = Place.File;

    public NodeRecord Node { get => field ??= new(names, _texts); }

    public EdgeRecord Edge { get => field ??= new(names, _texts); }

    /// <summary>The value of <see cref="MemberName"/>; its reader disposes it.</summary>
    public JsonDocument? Document { get; private set; }

    public string MemberName { get; private set; } = "";

    /// <summary>Position of the entry in its list, from 0.</summary>
    public long Index { get; private set; }

    /// <summary>What the file itself breaks, since it was last asked for.</summary>
    public Breach TakeBreaches()
    {
        var breaches = _breaches;
        _breaches = Breach.None;
        return breaches;
    }

    private Breach _breaches;

    /// <summary>Goes to the next entry or member that is read.</summary>
    /// <exception cref="JsonException">Not JSON, cut off, or an entry too large; what came before stands.</exception>
    public PayloadPart Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (_place)
            {
                case Place.Before:
                    Begin(cancellationToken);
                    break;
                case Place.File or Place.Graph:
                    if (Member(cancellationToken))
                    {
                        return PayloadPart.Member;
                    }

                    break;
                case Place.Nodes or Place.Edges:
                    if (Entry(cancellationToken))
                    {
                        return _place == Place.Nodes ? PayloadPart.Node : PayloadPart.Edge;
                    }

                    break;
                default:
                    return PayloadPart.End;
            }
        }
    }

    /// <summary>Reads what is left without looking at it, so that what it unpacks to is measured.</summary>
    public void Drain(CancellationToken cancellationToken) => _json.Drain(cancellationToken);

    public void Dispose() => _json.Dispose();

    private void Begin(CancellationToken cancellationToken)
    {
        _json.Begin();
        _breaches |= _json.HasByteOrderMark ? Breach.ByteOrderMark : Breach.None;
        _place = _json.Token(cancellationToken) == JsonTokenType.StartObject ? Place.File : throw new JsonException("the file is no JSON object");
    }

    /// <summary>The next member of the file or of its graph; true where it was read whole.</summary>
    private bool Member(CancellationToken cancellationToken)
    {
        if (_json.Token(cancellationToken) == JsonTokenType.EndObject)
        {
            Leave(cancellationToken);
            return false;
        }

        var graph = _place == Place.Graph;
        MemberName = _json.Name;
        switch (MemberName)
        {
            case "graph" when !graph:
                Enter(JsonTokenType.StartObject, Place.Graph, cancellationToken);
                return false;
            case "nodes" or "edges":
                _breaches |= graph ? Breach.None : Breach.NoGraph;
                _around = _place;
                Index = -1;
                Enter(JsonTokenType.StartArray, MemberName == "nodes" ? Place.Nodes : Place.Edges, cancellationToken);
                return false;
            case "schema" or "node_kinds" or "relationship_kinds" when !graph && definitions:
                _json.Take(cancellationToken);
                Document = _json.Parse(new JsonDocumentOptions { MaxDepth = limits.Depth, AllowDuplicateProperties = false }, copy: true, out var problem) ?? throw new JsonException($"`{MemberName}`: {problem}");
                return true;
            default:
                _breaches |= MemberName is "$schema" or "relationship_findings" or "metadata" or "schema" or "node_kinds" or "relationship_kinds" or "environments" && !graph ? Breach.None : Breach.UnknownMember;
                _json.Skip(cancellationToken);
                return false;
        }
    }

    private void Leave(CancellationToken cancellationToken)
    {
        if (_place == Place.File)
        {
            _json.ExpectEnd(cancellationToken);
        }

        _place = _place == Place.Graph ? Place.File : Place.After;
    }

    private void Enter(JsonTokenType expected, Place place, CancellationToken cancellationToken)
    {
        var token = _json.Token(cancellationToken);
        if (token == expected)
        {
            _place = place;
        }
        else if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            throw new JsonException($"`{MemberName}` is no {(expected == JsonTokenType.StartArray ? "list" : "object")}");
        }
        else
        {
            _breaches |= token == JsonTokenType.Null ? Breach.NullList : Breach.NotAList;
        }
    }

    /// <summary>The next entry of a list; false where the list ends.</summary>
    private bool Entry(CancellationToken cancellationToken)
    {
        if (!_json.Take(cancellationToken))
        {
            _place = _around;
            return false;
        }

        var reader = new Utf8JsonReader(_json.Value.Span, new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            _ = reader.Read() && (_place == Place.Nodes ? Node.TryRead(ref reader) : Edge.TryRead(ref reader));
        }
        catch (JsonException)
        {
            _json.Deepest();
            throw new JsonException($"an entry is nested deeper than {Deepest}");
        }

        Index++;
        return true;
    }
}
