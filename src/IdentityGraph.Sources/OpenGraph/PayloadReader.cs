using System.Text.Json;
using IdentityGraph.Sources.BloodHound;

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
/// the file. Each byte is looked at once, save that an entry that crosses the end of the buffer is begun again.
/// </summary>
internal sealed class PayloadReader(Stream stream, UnpackLimits limits, PropertyNames names) : IDisposable
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
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _final;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = Deepest });
    private Place _place = Place.Before;
    private Place _around = Place.File;
    private string _name = "";

    public NodeRecord Node { get => field ??= new(names, _texts); }

    public EdgeRecord Edge { get => field ??= new(names, _texts); }

    /// <summary>The value of <see cref="MemberName"/>; its reader disposes it.</summary>
    public JsonDocument? Document { get; private set; }

    public string MemberName => _name;

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
                    Begin();
                    break;
                case Place.File or Place.Graph:
                    if (Member())
                    {
                        return PayloadPart.Member;
                    }

                    break;
                case Place.Nodes or Place.Edges:
                    if (Entry())
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
    public void Drain(CancellationToken cancellationToken)
    {
        while (stream.Read(_buffer) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => stream.Dispose();

    private void Begin()
    {
        Fill();
        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            _start += 3;
            _breaches |= Breach.ByteOrderMark;
        }

        _place = Token() == JsonTokenType.StartObject ? Place.File : throw new JsonException("the file is no JSON object");
    }

    /// <summary>The next member of the file or of its graph; true where it was read whole.</summary>
    private bool Member()
    {
        if (Token() == JsonTokenType.EndObject)
        {
            _place = _place == Place.Graph ? Place.File : Place.After;
            return false;
        }

        var graph = _place == Place.Graph;
        switch (_name)
        {
            case "graph" when !graph:
                Enter(JsonTokenType.StartObject, Place.Graph);
                return false;
            case "nodes" or "edges":
                _breaches |= graph ? Breach.None : Breach.NoGraph;
                _around = _place;
                Index = -1;
                Enter(JsonTokenType.StartArray, _name == "nodes" ? Place.Nodes : Place.Edges);
                return false;
            case "metadata" or "schema" or "node_kinds" or "relationship_kinds" or "environments" when !graph:
                Document = ReadValue();
                return true;
            default:
                _breaches |= _name is "$schema" or "relationship_findings" && !graph ? Breach.None : Breach.UnknownMember;
                SkipValue();
                return false;
        }
    }

    private void Enter(JsonTokenType expected, Place place)
    {
        var token = Token();
        if (token == expected)
        {
            _place = place;
        }
        else if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            throw new JsonException($"`{_name}` is no {(expected == JsonTokenType.StartArray ? "list" : "object")}");
        }
        else
        {
            _breaches |= token == JsonTokenType.String ? Breach.Packed : Breach.UnknownMember;
        }
    }

    /// <summary>The next entry of a list; false where the list ends.</summary>
    private bool Entry()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    Consume(ref reader);
                    _place = _around;
                    return false;
                }

                if (_place == Place.Nodes ? Node.TryRead(ref reader) : Edge.TryRead(ref reader))
                {
                    Consume(ref reader);
                    Index++;
                    return true;
                }
            }

            Starve();
        }
    }

    private JsonTokenType Token()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    _name = _texts.Word(ref reader) ?? "";
                }

                var token = reader.TokenType;
                Consume(ref reader);
                return token;
            }

            Starve();
        }
    }

    private JsonDocument ReadValue()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (reader.Read())
            {
                var from = (int)reader.TokenStartIndex;
                if (reader.TrySkip())
                {
                    var value = JsonDocument.Parse(_buffer.AsMemory(_start + from, (int)reader.BytesConsumed - from).ToArray(), new JsonDocumentOptions { MaxDepth = limits.Depth });
                    Consume(ref reader);
                    return value;
                }
            }

            Starve();
        }
    }

    /// <summary>Passes over a value without holding it.</summary>
    private void SkipValue()
    {
        var depth = 0;
        var name = _name;
        do
        {
            depth += Token() switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                JsonTokenType.PropertyName => 0,
                _ => 0,
            };
        }
        while (depth > 0);
        _name = name;
    }

    private void Consume(ref Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Starve()
    {
        if (_final)
        {
            throw new JsonException("the file ends in the middle");
        }

        Fill();
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= limits.OneObject)
            {
                throw new JsonException($"one entry is larger than {limits.OneObject >> 20} MB");
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, limits.OneObject));
        }

        var room = _buffer.Length - _end;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), room, throwOnEndOfStream: false);
        _end += read;
        _final = read < room;
    }
}
