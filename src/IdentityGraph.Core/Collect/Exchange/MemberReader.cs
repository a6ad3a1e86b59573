using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>Reads the members of a line into a draft, in whatever order they come. Reused from line to line.</summary>
internal sealed class MemberReader(LineContext context)
{
    private readonly List<KeyValuePair<string, string>> _unrecognised = [];
    private readonly List<EvidenceRef> _evidence = [];
    private readonly PropertyReader _properties = new(context);
    private LineDraft _draft = new();

    /// <summary>What was read of the line so far.</summary>
    public ref readonly LineDraft Draft => ref _draft;

    public IReadOnlyList<EvidenceRef> References => _evidence.Count == 0 ? [] : _evidence.ToArray();

    /// <summary>Members nobody knows, name and JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Unrecognised => _unrecognised.Count == 0 ? [] : _unrecognised.ToArray();

    public void Begin()
    {
        _unrecognised.Clear();
        _evidence.Clear();
        _draft = new();
    }

    /// <param name="reader">At the member's name; left at the end of its value.</param>
    public void Read(ref Utf8JsonReader reader)
    {
        var member = context.Name(ref reader);
        var known = MemberNames.Find(member);
        if (known != Members.None && (_draft.Said & known) != 0)
        {
            throw LineContext.Twice(member);
        }

        _draft.Said |= known;
        reader.Read();
        switch (known)
        {
            case Members.Node: _draft.Node = LineContext.Id(ref reader, member); break;
            case Members.Edge: _draft.Edge = Kind(ref reader, member); break;
            case Members.Of: _draft.Of = LineContext.Id(ref reader, member); break;
            case Members.To: _draft.To = LineContext.Id(ref reader, member); break;
            case Members.Key: _draft.Key = NullOr(ref reader) ? null : LineContext.Text(ref reader, member); break;
            case Members.Kind: _draft.Kind = Kind(ref reader, member); break;
            case Members.From: _draft.From = NullOr(ref reader) ? null : LineContext.Instant(ref reader, member); break;
            case Members.Until: _draft.Until = NullOr(ref reader) ? null : LineContext.Instant(ref reader, member); break;
            case Members.At: _draft.At = NullOr(ref reader) ? null : LineContext.Instant(ref reader, member); break;
            case Members.Precision:
                _draft.Precision = ExchangeWords.Precision(context.Word(ref reader, member))
                    ?? throw new BadLineException(member, "`precision` must be `instant`, `day` or `observed`");
                break;
            case Members.Tz: _draft.Tz = NullOr(ref reader) ? null : context.Word(ref reader, member); break;
            case Members.Grade:
                _draft.Grade = ExchangeWords.Grade(context.Word(ref reader, member))
                    ?? throw new BadLineException(member, "`grade` must be SystemState, SystemEvent, WorkflowRecord, TicketRecord, Attestation or Inference: it decides what is true");
                break;
            case Members.Stream:
                _draft.Stream = context.Word(ref reader, member);
                Name(_draft.Stream, member);
                break;
            case Members.Props: Properties(ref reader); break;
            case Members.Evidence: Evidence(ref reader); break;
            case Members.Seen: Seen(ref reader, member); break;
            case Members.End:
                _draft.End = context.Word(ref reader, member);
                Name(_draft.End, member);
                break;
            case Members.Complete:
                _draft.Complete = reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw LineContext.Wrong(ref reader, member, "true or false");
                break;
            case Members.Count:
                _draft.Count = NullOr(ref reader) ? null
                    : reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) && count >= 0 ? count
                    : throw LineContext.Wrong(ref reader, member, "a whole number from 0");
                break;
            case Members.Reason: _draft.Reason = NullOr(ref reader) ? null : LineContext.Text(ref reader, member); break;
            case Members.Hold:
                _draft.Hold = NullOr(ref reader) ? Hold.None : ExchangeWords.Hold(context.Word(ref reader, member))
                    ?? throw new BadLineException(member, "`hold` must be `held`, `confirmed` or `rejected`: it decides what has ended");
                break;
            case Members.Header:
                _draft.Version = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) ? version : 0;
                reader.Skip();
                break;
            default: Unknown(ref reader, member); break;
        }
    }

    private static bool NullOr(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null;

    private string Kind(ref Utf8JsonReader reader, string member)
    {
        var kind = context.Word(ref reader, member);
        Name(kind, member);
        return kind;
    }

    private static void Name(string name, string member)
    {
        if (LineContext.IdProblem(name) is { } problem)
        {
            throw new BadLineException(member, $"`{member}` {problem}");
        }
    }

    /// <summary>Read at once where the kind was said before them, else when the line is known to its end.</summary>
    private void Properties(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw LineContext.Wrong(ref reader, "props", "an object");
        }

        var kind = _draft.Edge is { } edge ? KindTable.OfEdge(edge) : _draft.Kind is { } node ? KindTable.OfNode(node) : null;
        if (_draft.Edge is not null || _draft.Kind is not null)
        {
            _draft.Properties = _properties.Read(ref reader, kind);
            return;
        }

        _draft.PropertiesFrom = (int)reader.TokenStartIndex;
        reader.Skip();
        _draft.PropertiesLength = (int)reader.BytesConsumed - _draft.PropertiesFrom;
    }

    /// <summary>The properties, of which those said before the kind are read only now.</summary>
    public IReadOnlyList<KeyValuePair<string, PropertyValue>> Properties(ReadOnlySpan<byte> line, KindTable? kind)
    {
        if (_draft.PropertiesLength == 0)
        {
            return _draft.Properties;
        }

        var reader = new Utf8JsonReader(line.Slice(_draft.PropertiesFrom, _draft.PropertiesLength), LineParser.Options);
        reader.Read();
        return _properties.Read(ref reader, kind);
    }

    private void Evidence(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw LineContext.Wrong(ref reader, "evidence", "a list of references");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _evidence.Add(reader.TokenType == JsonTokenType.StartObject
                ? EvidenceEntry(ref reader)
                : new EvidenceRef(LineContext.Text(ref reader, "evidence")));
        }
    }

    private EvidenceRef EvidenceEntry(ref Utf8JsonReader reader)
    {
        string? reference = null, hash = null, note = null;
        var said = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = context.Name(ref reader);
            if (!said.Add(member))
            {
                throw LineContext.Twice(member);
            }

            reader.Read();
            switch (member)
            {
                case "ref" or "id" when reference is null: reference = LineContext.Text(ref reader, "evidence"); break;
                case "hash": hash = NullOr(ref reader) ? null : LineContext.Text(ref reader, "hash"); break;
                case "note": note = NullOr(ref reader) ? null : LineContext.Text(ref reader, "evidence"); break;
                default: Unknown(ref reader, $"evidence[{_evidence.Count}].{member}"); break;
            }
        }

        return new EvidenceRef(reference ?? throw new BadLineException("evidence", "an entry of `evidence` names nothing; give its `ref`"), hash, note);
    }

    private void Seen(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _draft.Seen = LineContext.Id(ref reader, member);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var part = context.Name(ref reader);
            reader.Read();
            switch (part)
            {
                case "edge": _draft.Edge = Kind(ref reader, part); break;
                case "of": _draft.Of = LineContext.Id(ref reader, part); break;
                case "to": _draft.To = LineContext.Id(ref reader, part); break;
                case "key": _draft.Key = LineContext.Text(ref reader, part); break;
                default: throw new BadLineException(member, $"`{LineContext.Quoted(part)}` says nothing of an edge that was seen; give edge, of, to and key");
            }
        }
    }

    /// <summary>Keeps a member that means nothing on this line.</summary>
    public void Unknown(ref Utf8JsonReader reader, string member)
    {
        foreach (var (said, _) in _unrecognised)
        {
            if (said == member)
            {
                throw LineContext.Twice(member);
            }
        }

        if (LineContext.IdProblem(member) is { } problem)
        {
            throw new BadLineException("", $"the name of a member {problem}");
        }

        if (_unrecognised.Count >= 1_000)
        {
            throw new BadLineException("", "the line has more than 1,000 members nobody knows; put properties into `props`");
        }

        LineContext.Guarded(member, "");
        context.Unknown(member, $"member {LineContext.Quoted(member)}");
        _unrecognised.Add(new(member, UnrecognisedJson.Read(ref reader, member, context).Json));
    }
}
