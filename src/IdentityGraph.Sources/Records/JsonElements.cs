using System.Text.Json;
using System.Text.Unicode;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.Records;

/// <summary>One element of a list, or why it cannot be read.</summary>
/// <param name="List">Name of the member that holds the list; "" where the list is the whole file.</param>
/// <param name="Number">Its place in that list, from 0.</param>
/// <param name="Json">The element, to be disposed; null: it cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null: it can.</param>
internal readonly record struct JsonItem(string List, long Number, JsonDocument? Json, string? Problem)
{
    /// <summary>Its place in the file, such as `data[3]`.</summary>
    public string Where => $"{List}[{Number}]";
}

/// <summary>
/// Reads a JSON file whose records stand in lists: a list of records, or an object with lists in it. One element is held at a time; what
/// stands beside the lists is kept and handed out as a whole (<see cref="Rest"/>), at most as large as one element may be. A member that
/// stands twice makes its element unreadable, since nobody knows which was meant. A byte-order mark is passed over.
/// </summary>
internal sealed class JsonElements(Stream stream, UnpackLimits limits) : IDisposable
{
    private readonly JsonDocumentOptions _options = new() { MaxDepth = limits.Depth, AllowDuplicateProperties = false };
    private readonly MemoryStream _rest = new();
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _final;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = limits.Depth + 2 });

    /// <summary>The members that are no lists, as one object, once all elements were read; undefined where the file is a list.</summary>
    public JsonElement Rest { get; private set; }

    /// <summary>A text that stands beside the lists, as far as it was read; null: it was not, or is no text.</summary>
    public string? Said(string member) => _said.GetValueOrDefault(member);

    /// <summary>The elements of the lists of those names, in the order of the file, each to be disposed before the next is asked for.</summary>
    /// <exception cref="JsonException">Not JSON, cut off, nested too deep or an element too large; what came before stands.</exception>
    public IEnumerable<JsonItem> Read(IReadOnlyCollection<string> lists, CancellationToken cancellationToken)
    {
        Begin();
        var root = Next(cancellationToken, out _);
        if (root == JsonTokenType.StartArray)
        {
            foreach (var item in Elements("", cancellationToken))
            {
                yield return item;
            }

            ExpectEnd(cancellationToken);
            yield break;
        }

        if (root != JsonTokenType.StartObject)
        {
            throw new JsonException("the file is neither a JSON object nor a list");
        }

        using (var writer = new Utf8JsonWriter(_rest, new JsonWriterOptions { MaxDepth = limits.Depth + 2, SkipValidation = true }))
        {
            writer.WriteStartObject();
            while (Next(cancellationToken, out var name) != JsonTokenType.EndObject)
            {
                if (name is { } member && lists.Contains(member) && Peek(cancellationToken) == JsonTokenType.StartArray)
                {
                    Next(cancellationToken, out _);
                    foreach (var item in Elements(member, cancellationToken))
                    {
                        yield return item;
                    }
                }
                else
                {
                    Keep(writer, name ?? throw new JsonException("a member is expected"), cancellationToken);
                }
            }

            writer.WriteEndObject();
        }

        ExpectEnd(cancellationToken);
        Rest = Rested();
    }

    public void Dispose()
    {
        stream.Dispose();
        _rest.Dispose();
    }

    private void ExpectEnd(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            if (_buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \n\r\t"u8) >= 0)
            {
                throw new JsonException("something stands behind the end of the document");
            }

            if (_final)
            {
                return;
            }

            _start = _end;
            Fill();
        }
    }

    private JsonElement Rested()
    {
        using var document = JsonDocument.Parse(_rest.GetBuffer().AsMemory(0, (int)_rest.Length), _options with { MaxDepth = limits.Depth + 1 });
        return document.RootElement.Clone();
    }

    private void Keep(Utf8JsonWriter writer, string name, CancellationToken cancellationToken)
    {
        var bytes = ReadBytes(cancellationToken) ?? throw new JsonException("a value is expected");
        if (bytes is [(byte)'"', ..] and { Length: < 1_024 } && Utf8.IsValid(bytes))
        {
            using var text = JsonDocument.Parse(bytes);
            _said[name] = JsonReading.Plain(text.RootElement) ?? "";
        }

        writer.WritePropertyName(name);
        writer.WriteRawValue(bytes, skipInputValidation: true);
        if (writer.BytesCommitted + writer.BytesPending > limits.OneObject)
        {
            throw new JsonException($"what stands beside the lists is larger than {limits.OneObject >> 20} MB");
        }
    }

    private IEnumerable<JsonItem> Elements(string list, CancellationToken cancellationToken)
    {
        for (var number = 0L; ReadBytes(cancellationToken) is { } bytes; number++)
        {
            yield return Parse(list, number, bytes);
        }
    }

    private JsonItem Parse(string list, long number, byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return new(list, number, null, "it holds bytes that are not UTF-8; write the file as UTF-8");
        }

        try
        {
            return new(list, number, JsonDocument.Parse(bytes, _options), null);
        }
        catch (JsonException)
        {
            // Its tokens were read above, so that what is left to object to is a name that stands twice or the depth.
            return new(list, number, null, $"a member stands twice in one object, or it is nested deeper than {limits.Depth}; nobody knows what was meant");
        }
    }

    private void Begin()
    {
        Fill();
        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            _start += 3;
        }
    }

    private JsonTokenType Next(CancellationToken cancellationToken, out string? name)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (reader.Read())
            {
                var token = reader.TokenType;
                name = token == JsonTokenType.PropertyName ? NameOf(ref reader) : null;
                Consume(ref reader);
                return token;
            }

            Starve();
        }
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    private JsonTokenType Peek(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (reader.Read())
            {
                return reader.TokenType;
            }

            Starve();
        }
    }

    /// <summary>The bytes of the next value; null at the end of the list.</summary>
    private byte[]? ReadBytes(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRead(out var bytes))
            {
                return bytes;
            }

            Starve();
        }
    }

    private bool TryRead(out byte[]? bytes)
    {
        bytes = null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.EndArray)
        {
            Consume(ref reader);
            return true;
        }

        var from = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        bytes = _buffer.AsSpan(_start + from, (int)reader.BytesConsumed - from).ToArray();
        Consume(ref reader);
        return true;
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
                throw new JsonException($"one element is larger than {limits.OneObject >> 20} MB");
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, limits.OneObject));
        }

        var room = _buffer.Length - _end;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), room, throwOnEndOfStream: false);
        _end += read;
        _final = read < room;
    }
}
