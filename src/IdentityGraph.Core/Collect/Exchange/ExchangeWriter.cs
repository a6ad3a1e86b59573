using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// Writes a run as lines of the exchange format: members in the order of its tables, only what is said, LF. What it wrote is read back
/// as it was.
/// </summary>
public sealed class ExchangeWriter(Stream stream) : IDisposable
{
    /// <summary>The major version written and read.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json = new(Stream.Null, s_options);

    /// <summary>The first line of a run.</summary>
    public void Write(RunHeader header)
    {
        Begin();
        _json.WriteNumber("idgraph"u8, Version);
        _json.WriteString("source"u8, header.Source);
        Said("tenant", header.Tenant.Length == 0 ? null : header.Tenant);
        _json.WriteString("startedAt"u8, Instants.ToText(header.StartedAt));
        Said("recordedAt", header.RecordedAt);
        Said("mode", header.Mode == RunMode.Delta ? "delta" : null);
        Said("interval", header.Interval is { } interval ? Durations.ToText(interval) : null);
        Said("collector", header.Collector.Length == 0 ? null : header.Collector);
        Raw(header.Unrecognised);
        End();
    }

    /// <summary>One line.</summary>
    public void Write(Observation observation)
    {
        Begin();
        switch (observation)
        {
            case Observation.SawNode node:
                _json.WriteString("node"u8, node.Id);
                Said("kind", node.Kind);
                Fact(node);
                break;
            case Observation.SawEdge edge:
                _json.WriteString("edge"u8, edge.Kind);
                _json.WriteString("of"u8, edge.Of);
                _json.WriteString("to"u8, edge.To);
                Said("key", edge.Key);
                Fact(edge);
                break;
            case Observation.SeenUnreadable seen:
                Seen(seen);
                break;
            case Observation.EndOf end:
                _json.WriteString("end"u8, end.Stream ?? "");
                _json.WriteBoolean("complete"u8, end.Complete);
                if (end.Count is { } count)
                {
                    _json.WriteNumber("count"u8, count);
                }

                Said("reason", end.Reason);
                Said("hold", ExchangeWords.Of(end.Hold));
                Raw(end.Unrecognised);
                break;
        }

        End();
    }

    /// <summary>Hands what is buffered to the stream; the stream itself stays open.</summary>
    public void Flush()
    {
        stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        stream.Flush();
    }

    public void Dispose()
    {
        Flush();
        _json.Dispose();
    }

    private void Begin()
    {
        _json.Reset(_buffer);
        _json.WriteStartObject();
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount > 32 * 1024)
        {
            stream.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }

    private void Fact(Observation.Fact fact)
    {
        Said("from", fact.From);
        Said("until", fact.Until);
        Said("precision", fact.Precision switch { Precision.Day => "day", Precision.Observed => "observed", _ => null });
        Said("tz", fact.Tz);
        Said("at", fact.At);
        if (fact.Properties.Count > 0)
        {
            _json.WriteStartObject("props"u8);
            foreach (var (name, value) in fact.Properties)
            {
                _json.WritePropertyName(name);
                Value(value);
            }

            _json.WriteEndObject();
        }

        Said("grade", fact.Grade == EvidenceGrade.SystemState ? null : ExchangeWords.Of(fact.Grade));
        Evidence(fact.Evidence);
        Said("stream", fact.Stream);
        Raw(fact.Unrecognised);
    }

    private void Seen(Observation.SeenUnreadable seen)
    {
        if (seen.Id is { } id)
        {
            _json.WriteString("seen"u8, id);
        }
        else
        {
            _json.WriteStartObject("seen"u8);
            Said("edge", seen.EdgeKind);
            Said("of", seen.Of);
            Said("to", seen.To);
            Said("key", seen.Key);
            _json.WriteEndObject();
        }

        Said("stream", seen.Stream);
        Said("reason", seen.Reason);
        Raw(seen.Unrecognised);
    }

    private void Evidence(IReadOnlyList<EvidenceRef> evidence)
    {
        if (evidence.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("evidence"u8);
        foreach (var entry in evidence)
        {
            if (entry.Hash is null && entry.Note is null)
            {
                _json.WriteStringValue(entry.Ref);
                continue;
            }

            _json.WriteStartObject();
            _json.WriteString("ref"u8, entry.Ref);
            Said("hash", entry.Hash);
            Said("note", entry.Note);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void Value(PropertyValue value)
    {
        switch (value.Shape)
        {
            case PropertyValue.ValueShape.None:
                _json.WriteNullValue();
                break;
            case PropertyValue.ValueShape.Flag:
                _json.WriteBooleanValue(value.AsFlag() is true);
                break;
            case PropertyValue.ValueShape.Number:
                _json.WriteNumberValue(value.AsNumber() ?? 0);
                break;
            case PropertyValue.ValueShape.Text:
                _json.WriteStringValue(value.AsText());
                break;
            case PropertyValue.ValueShape.TextList:
                _json.WriteStartArray();
                foreach (var text in value.AsTexts())
                {
                    _json.WriteStringValue(text);
                }

                _json.WriteEndArray();
                break;
            default:
                Json(value.AsText() ?? "null");
                break;
        }
    }

    private void Said(string member, string? text)
    {
        if (text is not null)
        {
            _json.WriteString(member, text);
        }
    }

    private void Said(string member, DateTimeOffset? instant)
    {
        if (instant is { } said)
        {
            _json.WriteString(member, Instants.ToText(said));
        }
    }

    private void Raw(IReadOnlyList<KeyValuePair<string, string>> unrecognised)
    {
        foreach (var (member, json) in unrecognised)
        {
            _json.WritePropertyName(member);
            Json(json);
        }
    }

    /// <summary>Other formats may have kept JSON over several lines; here a line is a line.</summary>
    private void Json(string json)
    {
        if (!json.AsSpan().ContainsAny('\r', '\n'))
        {
            _json.WriteRawValue(json, skipInputValidation: true);
            return;
        }

        using var document = JsonDocument.Parse(json);
        document.RootElement.WriteTo(_json);
    }
}
