using System.Text.Json;

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
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 << 10);
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
            if (reader.Read())
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
        if (!reader.Read())
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
        if (!reader.TrySkip())
        {
            return Step.Starved;
        }

        // It lies in the buffer, which is not filled again before the next is asked for.
        element = JsonDocument.Parse(_buffer.AsMemory(_start + from, (int)reader.BytesConsumed - from), new JsonDocumentOptions { MaxDepth = limits.Depth });
        Consume(ref reader);
        return Step.Token;
    }

    /// <summary>Passes over a value without holding it, as many tokens at a time as the buffer has.</summary>
    private void SkipValue(CancellationToken cancellationToken)
    {
        var depth = 0;
        while (!TryPass(ref depth))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Starve();
        }
    }

    private bool TryPass(ref int depth)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
        var passed = false;
        while (!passed && reader.Read())
        {
            depth += reader.TokenType switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
            passed = depth <= 0;
        }

        Consume(ref reader);
        return passed;
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
