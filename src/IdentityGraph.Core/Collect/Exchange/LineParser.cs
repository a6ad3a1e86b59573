using System.Text.Json;
using System.Text.Unicode;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>One line of the format to one observation. Reused from line to line; keeps nothing of the last one.</summary>
internal sealed class LineParser(bool strict)
{
    public const int DeepestNesting = 32;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = DeepestNesting };

    private readonly LineContext _context = new(strict);
    private readonly List<KeyValuePair<string, string>> _unrecognised = [];
    private readonly List<EvidenceRef> _evidence = [];
    private PropertyReader? _properties;
    private LineDraft _draft = new();

    /// <summary>What of the line last parsed was not recognised.</summary>
    public IReadOnlyList<string> Unrecognised => _context.Unrecognised;

    /// <summary>Null where the line begins another run.</summary>
    /// <exception cref="BadLineException">The line must be rejected.</exception>
    /// <exception cref="JsonException">The line is not JSON, or is nested too deep.</exception>
    /// <exception cref="InvalidOperationException">A text of the line is not valid Unicode.</exception>
    public Observation? Parse(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
        {
            throw new BadLineException("", "the line is not valid UTF-8; write it as UTF-8");
        }

        _context.Begin(line);
        _unrecognised.Clear();
        _evidence.Clear();
        _draft = new();
        var reader = new Utf8JsonReader(line, s_options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadLineException("", "the line is not a JSON object; write one object a line");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Member(ref reader);
        }

        reader.Read();
        return (_draft.Said & (Members.Header | Members.Sorts)) == Members.Header ? null : Observe(line);
    }

    private void Member(ref Utf8JsonReader reader)
    {
        var member = _context.Name(ref reader);
        var known = MemberNames.Find(member);
        if (known != Members.None && (_draft.Said & known) != 0)
        {
            throw LineContext.Twice(member);
        }

        _draft.Said |= known;
        reader.Read();
        switch (known)
        {
            case Members.Node: _draft.Node = _context.Id(ref reader, member); break;
            case Members.Edge: _draft.Edge = Kind(ref reader, member); break;
            case Members.Of: _draft.Of = _context.Id(ref reader, member); break;
            case Members.To: _draft.To = _context.Id(ref reader, member); break;
            case Members.Key: _draft.Key = NullOr(ref reader) ? null : _context.Text(ref reader, member); break;
            case Members.Kind: _draft.Kind = Kind(ref reader, member); break;
            case Members.From: _draft.From = NullOr(ref reader) ? null : _context.Instant(ref reader, member); break;
            case Members.Until: _draft.Until = NullOr(ref reader) ? null : _context.Instant(ref reader, member); break;
            case Members.At: _draft.At = NullOr(ref reader) ? null : _context.Instant(ref reader, member); break;
            case Members.Precision:
                _draft.Precision = ExchangeWords.Precision(_context.Word(ref reader, member))
                    ?? throw new BadLineException(member, "`precision` must be `instant`, `day` or `observed`");
                break;
            case Members.Tz: _draft.Tz = NullOr(ref reader) ? null : _context.Word(ref reader, member); break;
            case Members.Grade:
                _draft.Grade = ExchangeWords.Grade(_context.Word(ref reader, member))
                    ?? throw new BadLineException(member, "`grade` must be SystemState, SystemEvent, WorkflowRecord, TicketRecord, Attestation or Inference: it decides what is true");
                break;
            case Members.Stream:
                _draft.Stream = _context.Word(ref reader, member);
                Name(_draft.Stream, member);
                break;
            case Members.Props: Properties(ref reader); break;
            case Members.Evidence: Evidence(ref reader); break;
            case Members.Seen: Seen(ref reader, member); break;
            case Members.End:
                _draft.End = _context.Word(ref reader, member);
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
            case Members.Reason: _draft.Reason = NullOr(ref reader) ? null : _context.Text(ref reader, member); break;
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
        var kind = _context.Word(ref reader, member);
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
            _draft.Properties = (_properties ??= new(_context)).Read(ref reader, kind);
            return;
        }

        _draft.PropertiesFrom = (int)reader.TokenStartIndex;
        reader.Skip();
        _draft.PropertiesLength = (int)reader.BytesConsumed - _draft.PropertiesFrom;
    }

    private IReadOnlyList<KeyValuePair<string, PropertyValue>> Properties(ReadOnlySpan<byte> line, KindTable? kind)
    {
        if (_draft.PropertiesLength == 0)
        {
            return _draft.Properties;
        }

        var reader = new Utf8JsonReader(line.Slice(_draft.PropertiesFrom, _draft.PropertiesLength), s_options);
        reader.Read();
        return (_properties ??= new(_context)).Read(ref reader, kind);
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
                : new EvidenceRef(_context.Text(ref reader, "evidence")));
        }
    }

    private EvidenceRef EvidenceEntry(ref Utf8JsonReader reader)
    {
        string? reference = null, hash = null, note = null;
        var said = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = _context.Name(ref reader);
            if (!said.Add(member))
            {
                throw LineContext.Twice(member);
            }

            reader.Read();
            switch (member)
            {
                case "ref" or "id" when reference is null: reference = _context.Text(ref reader, "evidence"); break;
                case "hash": hash = NullOr(ref reader) ? null : _context.Text(ref reader, "hash"); break;
                case "note": note = NullOr(ref reader) ? null : _context.Text(ref reader, "evidence"); break;
                default: Unknown(ref reader, $"evidence[{_evidence.Count}].{member}"); break;
            }
        }

        return new EvidenceRef(reference ?? throw new BadLineException("evidence", "an entry of `evidence` names nothing; give its `ref`"), hash, note);
    }

    private void Seen(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _draft.Seen = _context.Id(ref reader, member);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var part = _context.Name(ref reader);
            reader.Read();
            switch (part)
            {
                case "edge": _draft.Edge = Kind(ref reader, part); break;
                case "of": _draft.Of = _context.Id(ref reader, part); break;
                case "to": _draft.To = _context.Id(ref reader, part); break;
                case "key": _draft.Key = _context.Text(ref reader, part); break;
                default: throw new BadLineException(member, $"`{LineContext.Quoted(part)}` says nothing of an edge that was seen; give edge, of, to and key");
            }
        }
    }

    private void Unknown(ref Utf8JsonReader reader, string member)
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

        _context.Guarded(member, "");
        _context.Unknown(member, $"member {LineContext.Quoted(member)}");
        _unrecognised.Add(new(member, UnrecognisedJson.Read(ref reader, member, _context).Json));
    }

    private Observation Observe(ReadOnlySpan<byte> line)
    {
        if ((_draft.Said & Members.Header) != 0 && _draft.Version != ExchangeWriter.Version)
        {
            throw new BadLineException("idgraph", $"the line is of a version other than {ExchangeWriter.Version}; write version {ExchangeWriter.Version}");
        }

        switch (_draft.Said & Members.Sorts)
        {
            case Members.Node:
                Misplaced(line, Members.Node | Members.Kind | Members.OfFacts);
                return Fact(NodeLine(line));
            case Members.Edge:
                Misplaced(line, Members.Edge | Members.Of | Members.To | Members.Key | Members.OfFacts);
                return Fact(EdgeLine(line));
            case Members.Seen:
                Misplaced(line, Members.Seen | Members.Stream | Members.Reason);
                return SeenLine();
            case Members.End:
                Misplaced(line, Members.End | Members.Complete | Members.Count | Members.Reason);
                return new Observation.EndOf
                {
                    Stream = _draft.End,
                    Complete = (_draft.Said & Members.Complete) != 0 ? _draft.Complete : throw new BadLineException("complete", "`end` must say `complete`: true or false"),
                    Count = _draft.Count,
                    Reason = _draft.Reason,
                };
            case Members.None:
                throw new BadLineException("", "the line has none of node, edge, seen, end; say what it is about");
            default:
                throw new BadLineException("", "the line has more than one of node, edge, seen, end; write a line each");
        }
    }

    /// <summary>A member that other lines have means nothing here: kept like one that nobody knows.</summary>
    private void Misplaced(ReadOnlySpan<byte> line, Members fitting)
    {
        if ((_draft.Said & ~fitting) == 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(line, s_options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = _context.Name(ref reader);
            reader.Read();
            if ((MemberNames.Find(member) & ~fitting) != 0)
            {
                Unknown(ref reader, member);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private Observation.SawNode NodeLine(ReadOnlySpan<byte> line)
    {
        var kind = _draft.Kind is { } said ? KindTable.OfNode(said) : KindTable.AnyNode;
        if (kind is null)
        {
            _context.Unknown("kind", $"kind {LineContext.Quoted(_draft.Kind!)}");
        }

        return new Observation.SawNode
        {
            Id = _draft.Node!,
            Kind = _draft.Kind,
            Stream = _draft.Stream,
            From = _draft.From,
            Until = _draft.Until,
            Precision = _draft.Precision,
            Tz = _draft.Tz,
            At = _draft.At,
            Properties = Properties(line, kind),
            Grade = _draft.Grade,
            Evidence = _evidence.Count == 0 ? [] : _evidence.ToArray(),
            Unrecognised = _unrecognised.Count == 0 ? [] : _unrecognised.ToArray(),
        };
    }

    private Observation.SawEdge EdgeLine(ReadOnlySpan<byte> line)
    {
        var kind = KindTable.OfEdge(_draft.Edge!);
        if (kind is null)
        {
            _context.Unknown("edge", $"kind {LineContext.Quoted(_draft.Edge!)}");
        }

        return new Observation.SawEdge
        {
            Kind = _draft.Edge!,
            Of = _draft.Of ?? throw new BadLineException("of", "the edge has no start; give its id in `of`"),
            To = _draft.To ?? throw new BadLineException("to", "the edge has no end; give its id in `to`"),
            Key = _draft.Key,
            Stream = _draft.Stream,
            From = _draft.From,
            Until = _draft.Until,
            Precision = _draft.Precision,
            Tz = _draft.Tz,
            At = _draft.At,
            Properties = Properties(line, kind),
            Grade = _draft.Grade,
            Evidence = _evidence.Count == 0 ? [] : _evidence.ToArray(),
            Unrecognised = _unrecognised.Count == 0 ? [] : _unrecognised.ToArray(),
        };
    }

    private Observation.SeenUnreadable SeenLine() => _draft.Seen is not null || (_draft.Edge is not null && _draft.Of is not null && _draft.To is not null)
        ? new()
        {
            Id = _draft.Seen,
            EdgeKind = _draft.Edge,
            Of = _draft.Of,
            To = _draft.To,
            Key = _draft.Key,
            Stream = _draft.Stream,
            Reason = _draft.Reason,
        }
        : throw new BadLineException("seen", "`seen` must name a node's id, or an edge by edge, of and to");

    /// <summary>What a single member cannot tell.</summary>
    private static Observation.Fact Fact(Observation.Fact fact)
    {
        if (fact is { From: { } from, Until: { } until } && until < from)
        {
            throw new BadLineException("until", $"the interval ends (`{Instants.ToText(until)}`) before it starts (`{Instants.ToText(from)}`); swap or correct `from` and `until`");
        }

        return fact;
    }
}
