using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace IdentityGraph.Sources.Records;

/// <summary>Names and texts of what was read.</summary>
internal sealed partial class JsonTree
{
    /// <summary>Whether a name that is written with escapes is this one.</summary>
    public bool IsName(int token, ReadOnlySpan<byte> name)
    {
        ref readonly var said = ref _tokens[token];
        return said.IsEscaped
            ? Text(token) is { } text && Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(name)
            : said.Length == name.Length && Bytes(said.Start, said.Length).SequenceEqual(name);
    }

    /// <summary>Number of the value of a member; 0: there is none, or this is no object. Of one that stands twice the last counts.</summary>
    /// <param name="token">The object.</param>
    /// <param name="name">Without escapes.</param>
    public int Find(int token, ReadOnlySpan<byte> name)
    {
        var found = 0;
        var tokens = _tokens;
        ref readonly var whole = ref tokens[token];
        for (var at = whole.Kind == JsonValueKind.Object ? token + 1 : whole.Next; at < whole.Next; at = tokens[at + 1].Next)
        {
            ref readonly var said = ref tokens[at];
            if (said.IsEscaped ? IsName(at, name) : said.Length == name.Length && Bytes(said.Start, said.Length).SequenceEqual(name))
            {
                found = at + 1;
                if (!MayRepeat)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <inheritdoc cref="Find(int, ReadOnlySpan{byte})"/>
    /// <param name="token">The object.</param>
    /// <param name="name">Plain ASCII.</param>
    public int Find(int token, string name)
    {
        var found = 0;
        var tokens = _tokens;
        ref readonly var whole = ref tokens[token];
        for (var at = whole.Kind == JsonValueKind.Object ? token + 1 : whole.Next; at < whole.Next; at = tokens[at + 1].Next)
        {
            ref readonly var said = ref tokens[at];
            if (said.IsEscaped ? Text(at) == name : said.Length == name.Length && Ascii.Equals(Bytes(said.Start, said.Length), name))
            {
                found = at + 1;
                if (!MayRepeat)
                {
                    break;
                }
            }
        }

        return found;
    }

    private bool Utf8JsonReaderOf(JsonToken text, out Utf8JsonReader reader)
    {
        reader = new Utf8JsonReader(Bytes(text.Start - 1, text.Length + 2));
        return reader.Read();
    }

    /// <summary>The text between the quotes, without its escapes; null: it is no valid UTF-8, or half of a UTF-16 pair.</summary>
    public string? Text(int token)
    {
        ref readonly var said = ref _tokens[token];
        if (said.IsEscaped)
        {
            try
            {
                return Utf8JsonReaderOf(said, out var reader) ? reader.GetString() : null;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        var bytes = Bytes(said.Start, said.Length);
        return bytes.Length == 0 ? "" : IsText || Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
