using System.Text;
using System.Text.Json;

namespace IdentityGraph.Sources.Aws;

/// <summary>A value of a page: an element of one of its lists, or another member.</summary>
/// <param name="Page">0 for the first object of the file.</param>
/// <param name="Member">The member of the page.</param>
/// <param name="Index">Position in its list; -1 where the member is no list.</param>
/// <param name="Json">The value; to be disposed before the next is asked for. Null at the end of a page.</param>
internal readonly record struct PageValue(int Page, string? Member, int Index, JsonDocument? Json);

/// <summary>
/// Reads JSON objects one after another, or in one list, each with lists of objects, one element at a time, so that memory holds one
/// element whatever the size of the file. A byte-order mark is passed over.
/// </summary>
internal sealed class ListReader(Stream stream, int largest = ListReader.LargestElement) : IDisposable
{
    /// <summary>Largest element read, in bytes; larger ones end the reading.</summary>
    public const int LargestElement = 64 << 20;

    /// <summary>Deepest nesting read.</summary>
    public const int Depth = 64;

    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _final;
    private string? _name;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = Depth, AllowMultipleValues = true });

    /// <exception cref="JsonException">Not JSON, cut off, nested too deep, or an element too large; what came before stands.</exception>
    public IEnumerable<PageValue> Read(CancellationToken cancellationToken)
    {
        Fill();
        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            _start += 3;
        }

        var inList = false;
        for (var page = 0; Next(cancellationToken, mayEnd: !inList) is { } token;)
        {
            if (token == JsonTokenType.StartArray && !inList)
            {
                inList = true;
            }
            else if (token == JsonTokenType.EndArray)
            {
                inList = false;
            }
            else if (token == JsonTokenType.StartObject)
            {
                foreach (var value in ReadPage(page, cancellationToken))
                {
                    yield return value;
                }

                yield return new PageValue(page++, null, -1, null);
            }
            else
            {
                throw new JsonException("a page is no JSON object");
            }
        }
    }

    public void Dispose() => stream.Dispose();

    private IEnumerable<PageValue> ReadPage(int page, CancellationToken cancellationToken)
    {
        while (Next(cancellationToken) == JsonTokenType.PropertyName)
        {
            var member = _name!;
            var (value, opens) = ReadValue(true, cancellationToken);
            if (!opens)
            {
                yield return new PageValue(page, member, -1, value);
                continue;
            }

            for (var index = 0; ReadValue(false, cancellationToken).Value is { } element; index++)
            {
                yield return new PageValue(page, member, index, element);
            }
        }
    }

    /// <summary>The next token; null at the end of the file, where it may end.</summary>
    private JsonTokenType? Next(CancellationToken cancellationToken, bool mayEnd = false)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (mayEnd && _final && _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                return null;
            }

            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (reader.Read())
            {
                var token = reader.TokenType;
                _name = token == JsonTokenType.PropertyName ? NameOf(ref reader) : null;
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
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>The next value; no value at the end of a list. With <paramref name="opensLists"/> a list is only entered.</summary>
    private (JsonDocument? Value, bool Opens) ReadValue(bool opensLists, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryReadValue(opensLists, out var value, out var opens))
            {
                return (value, opens);
            }

            Starve();
        }
    }

    private bool TryReadValue(bool opensLists, out JsonDocument? value, out bool opens)
    {
        (value, opens) = (null, false);
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.EndArray || (opensLists && reader.TokenType == JsonTokenType.StartArray))
        {
            opens = reader.TokenType == JsonTokenType.StartArray;
            Consume(ref reader);
            return true;
        }

        var from = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        value = JsonDocument.Parse(_buffer.AsMemory(_start + from, (int)reader.BytesConsumed - from).ToArray(), new JsonDocumentOptions { MaxDepth = Depth });
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
            if (_buffer.Length >= largest)
            {
                throw new JsonException($"one object is larger than {largest >> 20} MB");
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, largest));
        }

        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        _final = read < _buffer.Length - _end;
        _end += read;
    }
}
