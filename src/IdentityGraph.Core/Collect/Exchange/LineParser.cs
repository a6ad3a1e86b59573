using System.Text.Json;
using System.Text.Unicode;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>One line of the format to one observation. Reused from line to line; keeps nothing of the last one.</summary>
internal sealed class LineParser
{
    public const int DeepestNesting = 32;

    internal static readonly JsonReaderOptions Options = new() { MaxDepth = DeepestNesting };

    private readonly LineContext _context;
    private readonly MemberReader _members;
    private readonly QuickLine _quick = new();

    public LineParser(bool strict)
    {
        _context = new(strict);
        _members = new(_context);
    }

    /// <summary>What of the line last parsed was not recognised.</summary>
    public IReadOnlyList<string> Unrecognised => _context.Unrecognised;

    /// <summary>As <see cref="Parse(ReadOnlySpan{byte})"/>, by the short way where the line allows it.</summary>
    /// <param name="padded">The line, and at least <see cref="LineMarks.Block"/> bytes behind it.</param>
    /// <param name="length">Of the line alone.</param>
    public Observation? Parse(ReadOnlySpan<byte> padded, int length)
    {
        _context.Begin();
        return _quick.Read(padded, length) ?? Parse(padded[..length]);
    }

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

        _context.Begin();
        _members.Begin();
        var reader = new Utf8JsonReader(line, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadLineException("", "the line is not a JSON object; write one object a line");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            _members.Read(ref reader);
        }

        reader.Read();
        return (_members.Draft.Said & (Members.Header | Members.Sorts)) == Members.Header ? null : Observe(line);
    }

    private Observation Observe(ReadOnlySpan<byte> line)
    {
        if ((_members.Draft.Said & Members.Header) != 0 && _members.Draft.Version != ExchangeWriter.Version)
        {
            throw new BadLineException("idgraph", $"the line is of a version other than {ExchangeWriter.Version}; write version {ExchangeWriter.Version}");
        }

        switch (_members.Draft.Said & Members.Sorts)
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
                Misplaced(line, Members.End | Members.Complete | Members.Count | Members.Reason | Members.Hold);
                return new Observation.EndOf
                {
                    Stream = _members.Draft.End,
                    Complete = (_members.Draft.Said & Members.Complete) != 0 ? _members.Draft.Complete : throw new BadLineException("complete", "`end` must say `complete`: true or false"),
                    Count = _members.Draft.Count,
                    Reason = _members.Draft.Reason,
                    Hold = _members.Draft.Hold,
                    Unrecognised = _members.Unrecognised,
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
        if ((_members.Draft.Said & ~fitting) == 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(line, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = _context.Name(ref reader);
            reader.Read();
            if ((MemberNames.Find(member) & ~fitting) != 0)
            {
                _members.Unknown(ref reader, member);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private Observation.SawNode NodeLine(ReadOnlySpan<byte> line)
    {
        var kind = _members.Draft.Kind is { } said ? KindTable.OfNode(said) : KindTable.AnyNode;
        if (kind is null)
        {
            _context.Unknown("kind", $"kind {LineContext.Quoted(_members.Draft.Kind!)}");
        }

        return new Observation.SawNode
        {
            Id = _members.Draft.Node!,
            Kind = _members.Draft.Kind,
            Stream = _members.Draft.Stream,
            From = _members.Draft.From,
            Until = _members.Draft.Until,
            Precision = _members.Draft.Precision,
            Tz = _members.Draft.Tz,
            At = _members.Draft.At,
            Properties = _members.Properties(line, kind),
            Grade = _members.Draft.Grade,
            Evidence = _members.References,
            Unrecognised = _members.Unrecognised,
        };
    }

    private Observation.SawEdge EdgeLine(ReadOnlySpan<byte> line)
    {
        var kind = KindTable.OfEdge(_members.Draft.Edge!);
        if (kind is null)
        {
            _context.Unknown("edge", $"kind {LineContext.Quoted(_members.Draft.Edge!)}");
        }

        return new Observation.SawEdge
        {
            Kind = _members.Draft.Edge!,
            Of = _members.Draft.Of ?? throw new BadLineException("of", "the edge has no start; give its id in `of`"),
            To = _members.Draft.To ?? throw new BadLineException("to", "the edge has no end; give its id in `to`"),
            Key = _members.Draft.Key,
            Stream = _members.Draft.Stream,
            From = _members.Draft.From,
            Until = _members.Draft.Until,
            Precision = _members.Draft.Precision,
            Tz = _members.Draft.Tz,
            At = _members.Draft.At,
            Properties = _members.Properties(line, kind),
            Grade = _members.Draft.Grade,
            Evidence = _members.References,
            Unrecognised = _members.Unrecognised,
        };
    }

    private Observation.SeenUnreadable SeenLine() => _members.Draft.Seen is not null || (_members.Draft.Edge is not null && _members.Draft.Of is not null && _members.Draft.To is not null)
        ? new()
        {
            Id = _members.Draft.Seen,
            EdgeKind = _members.Draft.Edge,
            Of = _members.Draft.Of,
            To = _members.Draft.To,
            Key = _members.Draft.Key,
            Stream = _members.Draft.Stream,
            Reason = _members.Draft.Reason,
            Unrecognised = _members.Unrecognised,
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
