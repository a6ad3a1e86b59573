using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>One value of a <see cref="JsonTree"/>; stands until the tree is filled again. The default is no value at all.</summary>
internal readonly struct JsonValue(JsonTree tree, int token)
{
    private readonly JsonTree? _tree = tree;
    private readonly int _token = token;

    public JsonValueKind ValueKind => _tree is null ? JsonValueKind.Undefined : _tree.Token(_token).Kind;

    /// <summary>The member of that name, written in plain ASCII; no value where there is none, or this is no object. Of one that stands twice the last counts.</summary>
    public JsonValue this[ReadOnlySpan<byte> name] => _tree is not null && _tree.Find(_token, name) is > 0 and var value ? new(_tree, value) : default;

    /// <inheritdoc cref="this[ReadOnlySpan{byte}]"/>
    public JsonValue this[string name] => _tree is not null && _tree.Find(_token, name) is > 0 and var value ? new(_tree, value) : default;

    public bool TryGetProperty(ReadOnlySpan<byte> name, out JsonValue value)
    {
        value = this[name];
        return value._tree is not null;
    }

    /// <summary>The members in the order of the file; none where it is no object.</summary>
    public JsonMemberList EnumerateObject() => ValueKind == JsonValueKind.Object ? new(_tree!, _token + 1, _tree!.Token(_token).Next) : default;

    /// <summary>The elements in the order of the file; none where it is no list.</summary>
    public JsonElementList EnumerateArray() => ValueKind == JsonValueKind.Array ? new(_tree!, _token + 1, _tree!.Token(_token).Next) : default;

    /// <summary>A list of this value alone.</summary>
    public JsonElementList Alone() => _tree is null ? default : new(_tree, _token, _token + 1);

    /// <summary>Whether it is a list that is not empty.</summary>
    public bool IsFilledList => _tree is not null && _tree.Token(_token) is { Kind: JsonValueKind.Array } list && list.Next > _token + 1;

    /// <summary>How many elements the list has.</summary>
    public int GetArrayLength()
    {
        var count = 0;
        foreach (var _ in EnumerateArray())
        {
            count++;
        }

        return count;
    }

    /// <summary>The text; null where it is none, is not UTF-8, or is half of a UTF-16 pair.</summary>
    public string? GetString() => ValueKind == JsonValueKind.String ? _tree!.Text(_token) : null;

    /// <summary>Whether a text has escapes, so that <see cref="Bytes"/> is not what it says.</summary>
    public bool IsEscaped => _tree is not null && _tree.Token(_token).IsEscaped;

    /// <summary>As it is written; of a text what stands between its quotes.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_tree is null)
            {
                return default;
            }

            ref readonly var said = ref _tree.Token(_token);
            return _tree.Bytes(said.Start, said.Length);
        }
    }

    /// <summary>As it is written, a text with its quotes.</summary>
    public ReadOnlySpan<byte> Raw => ValueKind == JsonValueKind.String ? _tree!.Bytes(_tree.Token(_token).Start - 1, _tree.Token(_token).Length + 2) : Bytes;

    /// <summary>As it is written, a text with its quotes.</summary>
    public string GetRawText() => Encoding.UTF8.GetString(Raw);

    /// <summary>Whether it is that text.</summary>
    public bool ValueEquals(ReadOnlySpan<byte> text) => ValueKind == JsonValueKind.String && (IsEscaped ? _tree!.IsName(_token, text) : Bytes.SequenceEqual(text));

    /// <inheritdoc cref="JsonElement.TryGetInt32"/>
    public bool TryGetInt32(out int value)
    {
        value = 0;
        return ValueKind == JsonValueKind.Number && Utf8Parser.TryParse(Bytes, out value, out var length) && length == Bytes.Length;
    }

    /// <inheritdoc cref="JsonElement.TryGetInt64"/>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return ValueKind == JsonValueKind.Number && Utf8Parser.TryParse(Bytes, out value, out var length) && length == Bytes.Length;
    }

    /// <inheritdoc cref="JsonElement.TryGetDouble"/>
    public bool TryGetDouble(out double value)
    {
        value = 0;
        return ValueKind == JsonValueKind.Number && Utf8Parser.TryParse(Bytes, out value, out var length) && length == Bytes.Length;
    }

    /// <inheritdoc cref="JsonElement.TryGetDateTimeOffset"/>
    public bool TryGetDateTimeOffset(out DateTimeOffset value)
    {
        value = default;
        if (ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var reader = new Utf8JsonReader(Raw);
        return reader.Read() && reader.TryGetDateTimeOffset(out value);
    }

    /// <summary>The same value in memory of its own: it stands for good.</summary>
    public JsonValue Copy() => _tree is null ? default : _tree.Copy(_token);

    /// <summary>The member whose name is that token of the same tree.</summary>
    public JsonMember MemberAt(int name) => new(_tree!, name);
}
