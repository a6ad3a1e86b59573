using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>What a file says of itself. `count` is not read: SharpHound gets it wrong.</summary>
/// <param name="Type">`meta.type`; null: not said.</param>
/// <param name="Version">`meta.version`; null: not said.</param>
internal readonly record struct SharpHoundMeta(string? Type, int? Version);

/// <summary>
/// Reads `{"data":[…],"meta":{…}}`, members in any order, one object of `data` at a time, so that memory holds one object whatever the
/// size of the file. A byte-order mark is passed over.
/// </summary>
internal sealed class DataReader(Stream stream, UnpackLimits limits) : IDisposable
{
    private byte[] _buffer = [];
    private long _passed;
    private int _start;
    private int _end;
    private bool _final;
    private string? _name;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = limits.Depth });

    private enum Step
    {
        Token,
        Starved,
    }

    /// <summary>The file's `meta`; null where it has none. Reads no further than it.</summary>
    /// <exception cref="JsonException">Not JSON, cut off, or nested too deep.</exception>
    public SharpHoundMeta? ReadMeta(CancellationToken cancellationToken)
    {
        Begin();
        while (NextMember(cancellationToken) is { } member)
        {
            if (member == "meta")
            {
                using var meta = ReadValue(cancellationToken);
                var version = JsonReading.Member(meta.RootElement, "version");
                return new SharpHoundMeta(
                    JsonReading.Text(meta.RootElement, "type")?.ToLowerInvariant(),
                    version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : null);
            }

            SkipValue(cancellationToken);
        }

        return null;
    }

    /// <summary>The objects of `data`, each to be disposed before the next is asked for.</summary>
    /// <exception cref="JsonException">Not JSON, cut off, nested too deep or an object too large; what came before stands.</exception>
    public IEnumerable<JsonDocument> ReadData(CancellationToken cancellationToken)
    {
        Begin();
        while (NextMember(cancellationToken) is { } member)
        {
            if (member != "data")
            {
                SkipValue(cancellationToken);
                continue;
            }

            if (Next(cancellationToken) != JsonTokenType.StartArray)
            {
                throw new JsonException("`data` is not a list");
            }

            while (ReadElement(cancellationToken) is { } element)
            {
                yield return element;
            }
        }
    }

    /// <summary>Reads what is left without looking at it, so that what it unpacks to is measured.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        while (!_final && stream.Read(_buffer) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => stream.Dispose();

    private void Begin()
    {
        if (stream is MemoryStream kept && kept.Length <= limits.OneObject && kept.TryGetBuffer(out var bytes) && bytes.Offset == 0)
        {
            (_buffer, _end, _final) = (bytes.Array!, bytes.Count, true);
        }
        else
        {
            _buffer = GC.AllocateUninitializedArray<byte>(64 << 10);
            Fill();
        }

        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            _start += 3;
        }

        if (Next(CancellationToken.None) != JsonTokenType.StartObject)
        {
            throw new JsonException("the file is no JSON object");
        }
    }

    private string? NextMember(CancellationToken cancellationToken) => Next(cancellationToken, named: true) switch
    {
        JsonTokenType.EndObject => null,
        JsonTokenType.PropertyName => _name,
        _ => throw new JsonException("a member is expected"),
    };

    private JsonTokenType Next(CancellationToken cancellationToken, bool named = false)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (TryRead(ref reader))
            {
                _name = !named || reader.TokenType != JsonTokenType.PropertyName ? null
                    : reader.ValueSpan.SequenceEqual("data"u8) ? "data"
                    : reader.ValueSpan.SequenceEqual("meta"u8) ? "meta"
                    : "";
                var token = reader.TokenType;
                Consume(ref reader);
                return token;
            }

            Starve();
        }
    }

    private JsonDocument? ReadElement(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryReadElement(out var element, out var ended) == Step.Token)
            {
                return ended ? null : element;
            }

            Starve();
        }
    }

    private JsonDocument ReadValue(CancellationToken cancellationToken) =>
        ReadElement(cancellationToken) ?? throw new JsonException("a value is expected");

    private Step TryReadElement(out JsonDocument? element, out bool ended)
    {
        element = null;
        ended = false;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
        if (!TryRead(ref reader))
        {
            return Step.Starved;
        }

        if (reader.TokenType == JsonTokenType.EndArray)
        {
            ended = true;
            Consume(ref reader);
            return Step.Token;
        }

        var from = (int)reader.TokenStartIndex;
        return TryTake(ref reader, from, out element) ? Step.Token : Step.Starved;
    }

    /// <summary>
    /// The value at the reader. Where it ends is found without reading its tokens; a value that is not well formed is gone through
    /// token by token, which tells what is wrong.
    /// </summary>
    private bool TryTake(ref Utf8JsonReader reader, int from, out JsonDocument? value)
    {
        value = null;
        var options = new JsonDocumentOptions { MaxDepth = Math.Max(1, limits.Depth - reader.CurrentDepth) };
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var length = new JsonSkimmer(0).Skim(_buffer.AsSpan(_start + from, _end - _start - from));
            if (length < 0 && !_final)
            {
                return false;
            }

            if (length > 0 && Parsed(_buffer.AsMemory(_start + from, length), options) is { } parsed)
            {
                value = parsed;
                Leap(ref reader, from + length);
                return true;
            }
        }

        if (!TrySkip(ref reader))
        {
            return false;
        }

        // It lies in the buffer, which is not filled again before the next is asked for.
        value = JsonDocument.Parse(_buffer.AsMemory(_start + from, (int)reader.BytesConsumed - from), options);
        Consume(ref reader);
        return true;
    }

    private static JsonDocument? Parsed(ReadOnlyMemory<byte> bytes, JsonDocumentOptions options)
    {
        try
        {
            return JsonDocument.Parse(bytes, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Goes behind a value whose first bracket the reader has read: what it knows then is as if the value were empty.</summary>
    private void Leap(ref Utf8JsonReader reader, int length)
    {
        var close = new Utf8JsonReader(reader.TokenType == JsonTokenType.StartObject ? "}"u8 : "]"u8, isFinalBlock: false, reader.CurrentState);
        close.Read();
        _state = close.CurrentState;
        _start += length;
    }

    /// <summary>Passes over a value without holding it, and without a look at what it is made of.</summary>
    private void SkipValue(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (TryRead(ref reader))
            {
                if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    Consume(ref reader);
                    return;
                }

                Leap(ref reader, (int)reader.BytesConsumed);
                break;
            }

            Starve();
        }

        var skimmer = new JsonSkimmer(depth: 1);
        int length;
        while ((length = skimmer.Skim(_buffer.AsSpan(_start, _end - _start))) < 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _start = _end;
            Starve();
        }

        _start += length;
    }

    private bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException fault)
        {
            throw Placed(fault, reader.BytesConsumed);
        }
    }

    private bool TrySkip(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TrySkip();
        }
        catch (JsonException fault)
        {
            throw Placed(fault, reader.BytesConsumed);
        }
    }

    /// <summary>The fault with its place in the file; the reader knows nothing of what was leapt over.</summary>
    private JsonException Placed(JsonException fault, long consumed)
    {
        var position = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new($"{fault.Message[..(position < 0 ? fault.Message.Length : position)].TrimEnd('.')} (at byte {_passed + _start + consumed})", fault);
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
            _passed += _start;
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= limits.OneObject)
            {
                throw new JsonException($"one object is larger than {limits.OneObject >> 20} MB");
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, limits.OneObject));
        }

        var room = _buffer.Length - _end;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), room, throwOnEndOfStream: false);
        _end += read;
        _final = read < room;
    }
}
