using System.Buffers.Binary;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>
/// Gathers observations into the payload of one frame: a table of its distinct strings, then the records that refer to it.
/// Buffers and table are reused from frame to frame; nothing is allocated for an observation but what a larger buffer takes.
/// </summary>
internal sealed class FrameEncoder
{
    private readonly TextTable _table = new();
    private readonly ByteSink _records = new(1 << 14);
    private readonly (string? Text, uint Place)[] _recentNames = new (string?, uint)[32];
    private (string? Text, uint Place) _recentKind;
    private (string? Text, uint Place) _recentStream;
    private (string? Text, uint Place) _recentStart;

    /// <summary>Observations since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes they take, without headers and padding.</summary>
    public int Bytes => _table.Ends.Length + _table.Texts.Length + _records.Length;

    public void Clear()
    {
        _table.Clear();
        _records.Clear();
        Array.Clear(_recentNames);
        _recentKind = default;
        _recentStream = default;
        _recentStart = default;
        Count = 0;
    }

    public void Add(Observation observation)
    {
        switch (observation)
        {
            case Observation.SawNode node:
                Node(node);
                break;
            case Observation.SawEdge edge:
                Edge(edge);
                break;
            case Observation.SeenUnreadable seen:
                Seen(seen);
                break;
            case Observation.EndOf end:
                End(end);
                break;
            default:
                throw new ArgumentException($"the store cannot write an observation of type {observation.GetType().Name}", nameof(observation));
        }

        Count++;
    }

    /// <summary>Appends the payload, padded to a multiple of 64 bytes.</summary>
    public void WriteTo(ByteSink target)
    {
        var head = target.Take(RunFormat.Alignment);
        head.Clear();
        var texts = RunFormat.Alignment + RunFormat.Align(_table.Ends.Length);
        var records = texts + RunFormat.Align(_table.Texts.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head, _table.Count);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], texts);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], _table.Texts.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], records);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], _records.Length);
        target.Bytes(_table.Ends.Written);
        target.Align();
        target.Bytes(_table.Texts.Written);
        target.Align();
        target.Bytes(_records.Written);
        target.Align();
    }

    private void Node(Observation.SawNode node)
    {
        Begin(RecordKind.Node, Shared(node) | If(node.Kind, RecordMembers.Kind), node.Stream);
        if (node.Kind is not null)
        {
            Recent(node.Kind, ref _recentKind);
        }

        Text(node.Id);
        Fact(node);
    }

    private void Edge(Observation.SawEdge edge)
    {
        Begin(RecordKind.Edge, Shared(edge) | If(edge.Key, RecordMembers.Key), edge.Stream);
        Recent(edge.Kind, ref _recentKind);
        Recent(edge.Of, ref _recentStart);
        Text(edge.To);
        Optional(edge.Key);
        Fact(edge);
    }

    private void Seen(Observation.SeenUnreadable seen)
    {
        Begin(
            RecordKind.Seen,
            If(seen.Stream, RecordMembers.Stream) | If(seen.Id, RecordMembers.Id) | If(seen.EdgeKind, RecordMembers.Kind)
                | If(seen.Of, RecordMembers.Of) | If(seen.To, RecordMembers.To) | If(seen.Key, RecordMembers.Key) | If(seen.Reason, RecordMembers.Reason)
                | If(seen.Unrecognised.Count > 0, RecordMembers.Unrecognised),
            seen.Stream);
        Optional(seen.Id);
        Optional(seen.EdgeKind);
        Optional(seen.Of);
        Optional(seen.To);
        Optional(seen.Key);
        Optional(seen.Reason);
        Unrecognised(seen);
    }

    private void End(Observation.EndOf end)
    {
        Begin(
            RecordKind.End,
            If(end.Stream, RecordMembers.Stream) | If(end.Reason, RecordMembers.Reason)
                | If(end.Count is not null, RecordMembers.Count) | If(end.Complete, RecordMembers.Complete) | If(end.Hold != Hold.None, RecordMembers.Hold)
                | If(end.Unrecognised.Count > 0, RecordMembers.Unrecognised),
            end.Stream);
        if (end.Count is { } count)
        {
            _records.Int64(count);
        }

        Optional(end.Reason);
        if (end.Hold != Hold.None)
        {
            _records.Byte((byte)end.Hold);
        }

        Unrecognised(end);
    }

    private static RecordMembers Shared(Observation.Fact fact) =>
        If(fact.Stream, RecordMembers.Stream) | If(fact.FromTicks is not null, RecordMembers.From) | If(fact.UntilTicks is not null, RecordMembers.Until)
        | If(fact.AtTicks is not null, RecordMembers.At) | If(fact.Tz, RecordMembers.Tz) | If(Any(fact.Properties), RecordMembers.Properties)
        | If(Any(fact.Evidence), RecordMembers.Evidence) | If(Any(fact.Unrecognised), RecordMembers.Unrecognised);

    /// <summary>Lists of observations mostly are arrays, and asking an array through an interface costs more than all else here.</summary>
    private static bool Any<T>(IReadOnlyList<T> list) => list is T[] array ? array.Length > 0 : list.Count > 0;

    private static ReadOnlySpan<T> Span<T>(IReadOnlyList<T> list) => list is T[] array ? array : [.. list];

    private static RecordMembers If(object? member, RecordMembers there) => member is null ? RecordMembers.None : there;

    private static RecordMembers If(bool said, RecordMembers there) => said ? there : RecordMembers.None;

    private void Begin(RecordKind kind, RecordMembers members, string? stream)
    {
        _records.Byte((byte)kind);
        _records.Varint((uint)members);
        if (stream is not null)
        {
            Recent(stream, ref _recentStream);
        }
    }

    private void Fact(Observation.Fact fact)
    {
        _records.Byte(Nibbles(fact));
        Instant(fact.FromTicks);
        Instant(fact.UntilTicks);
        Instant(fact.AtTicks);
        Optional(fact.Tz);
        if (Any(fact.Properties))
        {
            Properties(Span(fact.Properties));
        }

        if (Any(fact.Evidence))
        {
            Evidence(Span(fact.Evidence));
        }

        Unrecognised(fact);
    }

    private void Unrecognised(Observation observation)
    {
        if (Any(observation.Unrecognised))
        {
            _records.Varint((uint)observation.Unrecognised.Count);
            foreach (var (name, json) in Span(observation.Unrecognised))
            {
                Text(name);
                Text(json);
            }
        }
    }

    private static byte Nibbles(Observation.Fact fact)
    {
        if (fact.Grade > EvidenceGrade.SystemState || fact.Precision > Precision.Observed)
        {
            throw new ArgumentException($"grade {fact.Grade} or precision {fact.Precision} is not one the store knows", nameof(fact));
        }

        return (byte)(((int)fact.Precision << 4) | (int)fact.Grade);
    }

    private void Instant(long? ticks)
    {
        if (ticks is { } said)
        {
            _records.Int64(said);
        }
    }

    private void Properties(ReadOnlySpan<KeyValuePair<string, PropertyValue>> properties)
    {
        _records.Varint((uint)properties.Length);
        for (var i = 0; i < properties.Length; i++)
        {
            var (name, value) = properties[i];
            Recent(name, ref _recentNames[i % _recentNames.Length]);
            Value(value);
        }
    }

    private void Value(PropertyValue value)
    {
        _records.Byte((byte)value.Shape);
        switch (value.Shape)
        {
            case PropertyValue.ValueShape.Text or PropertyValue.ValueShape.Json:
                Text(value.AsText()!);
                break;
            case PropertyValue.ValueShape.TextList:
                var texts = value.AsTexts();
                _records.Varint((uint)texts.Count);
                for (var i = 0; i < texts.Count; i++)
                {
                    Text(texts[i]);
                }

                break;
            case PropertyValue.ValueShape.Flag:
                _records.Byte(value.AsFlag() is true ? (byte)1 : (byte)0);
                break;
            case PropertyValue.ValueShape.Number:
                _records.Int64(BitConverter.DoubleToInt64Bits(value.AsNumber()!.Value));
                break;
            default:
                break;
        }
    }

    private void Evidence(ReadOnlySpan<EvidenceRef> evidence)
    {
        _records.Varint((uint)evidence.Length);
        foreach (var entry in evidence)
        {
            _records.Byte((byte)((entry.Hash is null ? 0 : 1) | (entry.Note is null ? 0 : 2)));
            Text(entry.Ref);
            Optional(entry.Hash);
            Optional(entry.Note);
        }
    }

    private void Optional(string? text)
    {
        if (text is not null)
        {
            Text(text);
        }
    }

    private void Text(string text) => _records.Varint(_table.PlaceOf(text));

    /// <summary>Kinds, streams, property names and starts of edges often are the very object of the line before: no hashing then.</summary>
    private void Recent(string text, ref (string? Text, uint Place) recent)
    {
        if (!ReferenceEquals(text, recent.Text))
        {
            recent = (text, _table.PlaceOf(text));
        }

        _records.Varint(recent.Place);
    }
}
