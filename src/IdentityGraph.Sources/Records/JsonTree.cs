using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// The values of a piece of JSON in a table of tokens over its bytes, filled again and again: reading the next piece allocates nothing
/// unless it is larger than all before. Values of it (<see cref="JsonValue"/>) stand until it is filled again; pieces that are kept
/// (<see cref="Keep"/>) stand together until it is cleared.
/// </summary>
/// <param name="depth">How deep a piece may nest.</param>
/// <param name="careful">Whether bytes that are not UTF-8, and a member that stands twice in one object, keep it from being read.</param>
/// <param name="once">Whether a member that stands twice does so even where bytes that are not UTF-8 do not.</param>
internal sealed partial class JsonTree(int depth, bool careful, bool once = false)
{
    /// <summary>Larger tables, in tokens or bytes, are given back when they are cleared.</summary>
    private const int MostKept = 1 << 20;

    private readonly JsonRepeats _repeats = new();
    private byte[] _bytes = [];
    private int _shift;
    private byte[] _own = [];
    private int _used;
    private JsonToken[] _tokens = [];
    private int _count;
    private int _root;
    private int[] _open = new int[32];
    private bool _isAscii;
    private bool _repeated;

    /// <summary>Whether a member may stand twice in an object.</summary>
    public bool MayRepeat { get; private set; }

    /// <summary>Whether every text is known to be UTF-8.</summary>
    public bool IsText { get; private set; } = true;

    /// <summary>Bytes of the pieces that are kept.</summary>
    public int KeptBytes => _used;

    /// <summary>Forgets every piece.</summary>
    public void Clear()
    {
        (_root, _count, _used, MayRepeat, IsText) = (0, 0, 0, false, true);
        if (_tokens.Length > MostKept || _own.Length > 2 * MostKept)
        {
            Release();
        }
    }

    /// <summary>Gives its room back; no piece stands any more.</summary>
    public void Release()
    {
        (_root, _count, _used, _bytes) = (0, 0, 0, []);
        Return(_tokens);
        Return(_own);
        (_tokens, _own) = ([], []);
    }

    /// <summary>Keeps the bytes of the piece read last, so that it stands beside those kept before and those to come.</summary>
    /// <param name="length">Its length.</param>
    public void Keep(int length)
    {
        if (_own.Length < _used + length)
        {
            var room = ArrayPool<byte>.Shared.Rent(Math.Max(_used + length, Math.Min(_own.Length * 2, MostKept)));
            _own.AsSpan(0, _used).CopyTo(room);
            Return(_own);
            _own = room;
        }

        _bytes.AsSpan(_used + _shift, length).CopyTo(_own.AsSpan(_used));
        (_used, _root) = (_used + length, _count);
    }

    /// <summary>No piece is added to those kept: they can be read now.</summary>
    public void Seal() => (_bytes, _shift) = (_own, 0);

    /// <summary>Reads a piece of which it is not known whether it is JSON.</summary>
    /// <param name="bytes">It lies in them, and they stand as long as the piece does, or until it is kept.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="length">Its length.</param>
    /// <param name="problem">Why it cannot be read though it is JSON; null: it can.</param>
    /// <param name="at">Where in the piece it is no JSON, if it was refused.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public JsonValue Read(byte[] bytes, int from, int length, out string? problem, out long at)
    {
        Begin(bytes, from);
        if (bytes.AsSpan(from, length) is [(byte)'{' or (byte)'[', ..] && Fill(bytes, from, from + length) is >= 0 and var end && end != from + length)
        {
            Begin(bytes, from);
        }

        return Finish(length, out problem, out at);
    }

    /// <summary>Goes on with a piece of which nothing is read yet.</summary>
    public void Begin(byte[] bytes, int from)
    {
        if (_root == 0)
        {
            Clear();
        }

        (_bytes, _shift, _count, _isAscii, _repeated) = (bytes, from - _used, _root, false, false);
    }

    /// <summary>Reads what <see cref="Fill"/> left open, and says why it cannot be read.</summary>
    /// <inheritdoc cref="Read"/>
    public JsonValue Finish(int length, out string? problem, out long at)
    {
        at = 0;
        var span = Bytes(_used, length);
        var isText = (_count > _root && _isAscii) || Utf8.IsValid(span);
        problem = careful && !isText ? "it holds bytes that are not UTF-8; write the file as UTF-8" : null;
        if (problem is null && _count == _root)
        {
            problem = FillSlowly(span, ref at);
        }

        if (problem is null && (careful || once) && _repeated)
        {
            problem = "a member stands twice in one object, and nobody knows which was meant";
        }

        if (problem is not null)
        {
            _count = _root;
            return default;
        }

        (IsText, MayRepeat) = (IsText && isText, MayRepeat || _repeated);
        return new(this, _root);
    }

    /// <summary>A value of this tree in a tree of its own, with bytes of its own.</summary>
    public JsonValue Copy(int token)
    {
        var root = _tokens[token];
        var isText = root.Kind == JsonValueKind.String;
        var from = isText ? root.Start - 1 : root.Start;
        var copy = new JsonTree(depth, careful, once) { _bytes = Bytes(from, isText ? root.Length + 2 : root.Length).ToArray(), _count = root.Next - token, MayRepeat = MayRepeat, IsText = IsText };
        copy._tokens = new JsonToken[copy._count];
        for (var number = 0; number < copy._count; number++)
        {
            var own = _tokens[token + number];
            copy._tokens[number] = own with { Start = own.Start - from, Next = own.Kind == JsonValueKind.Undefined ? own.Next : own.Next - token };
        }

        return new(copy, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly JsonToken Token(int token) => ref _tokens[token];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(int start, int length) => _bytes.AsSpan(start + _shift, length);

    /// <summary>Token by token, as JSON is read everywhere: what is odd is judged here.</summary>
    /// <returns>Why it cannot be read; null: it can.</returns>
    private string? FillSlowly(ReadOnlySpan<byte> span, ref long at)
    {
        var reader = new Utf8JsonReader(span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var deepest = 0;
        try
        {
            while (reader.Read())
            {
                var opens = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                deepest = Math.Max(deepest, reader.CurrentDepth + (opens ? 1 : 0));
                if (deepest <= depth)
                {
                    Take(ref reader, _used);
                }
            }
        }
        catch (JsonException)
        {
            (at, _count) = (reader.BytesConsumed, _root);
            throw;
        }

        return deepest > depth ? $"it is nested deeper than {depth}" : null;
    }

    private void Take(ref Utf8JsonReader reader, int from)
    {
        var start = from + (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Close(_open[reader.CurrentDepth], from + (int)reader.BytesConsumed);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Open(reader.CurrentDepth, start, reader.TokenType == JsonTokenType.StartObject ? JsonValueKind.Object : JsonValueKind.Array);
                break;
            case JsonTokenType.PropertyName:
                Add(new(start + 1, reader.ValueSpan.Length, JsonRepeats.Hash(reader.ValueSpan), JsonValueKind.Undefined, reader.ValueIsEscaped));
                break;
            case JsonTokenType.String:
                Add(new(start + 1, reader.ValueSpan.Length, _count + 1, JsonValueKind.String, reader.ValueIsEscaped));
                break;
            default:
                Add(new(start, reader.ValueSpan.Length, _count + 1, reader.TokenType switch
                {
                    JsonTokenType.Number => JsonValueKind.Number,
                    JsonTokenType.True => JsonValueKind.True,
                    JsonTokenType.False => JsonValueKind.False,
                    _ => JsonValueKind.Null,
                }, false));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(in JsonToken token)
    {
        if (_count == _tokens.Length)
        {
            Grow();
        }

        _tokens[_count++] = token;
    }

    private void Grow()
    {
        var room = ArrayPool<JsonToken>.Shared.Rent(Math.Max(256, _tokens.Length * 2));
        _tokens.AsSpan(0, _count).CopyTo(room);
        Return(_tokens);
        _tokens = room;
    }

    /// <summary>What is unusually large is left to the garbage collector.</summary>
    private static void Return<T>(T[] room)
    {
        if (room.Length is > 0 and <= 2 * MostKept)
        {
            ArrayPool<T>.Shared.Return(room);
        }
    }

    private void Open(int level, int start, JsonValueKind kind)
    {
        if (level >= _open.Length)
        {
            Array.Resize(ref _open, _open.Length * 2);
        }

        _open[level] = _count;
        Add(new(start, 0, 0, kind, false));
    }

    private void Close(int token, int end)
    {
        ref var opened = ref _tokens[token];
        opened = opened with { Length = end - opened.Start, Next = _count };
        if (opened.Kind == JsonValueKind.Object && !_repeated)
        {
            _repeated = _repeats.Any(new JsonValue(this, token));
        }
    }
}
