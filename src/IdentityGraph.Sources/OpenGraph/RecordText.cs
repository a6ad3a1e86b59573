using System.Text;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Texts of the file: read once where they recur.</summary>
internal sealed class RecordText
{
    private const int MostWords = 10_000;
    private const int LongestWord = 128;

    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly string?[] _last = new string?[1 << 7];

    /// <summary>A text that recurs from record to record, such as a kind; null where it is no valid text.</summary>
    public string? Word(JsonValue json)
    {
        var bytes = json.Bytes;
        if (json.IsEscaped || bytes.Length > LongestWord)
        {
            return json.GetString();
        }

        ref var last = ref _last[(uint)JsonRepeats.Hash(bytes) >> 25];
        if (last is not null && last.Length == bytes.Length && Ascii.Equals(bytes, last))
        {
            return last;
        }

        return Ascii.IsValid(bytes) ? last = Find(bytes) : json.GetString();
    }

    private string Find(ReadOnlySpan<byte> ascii)
    {
        Span<char> letters = stackalloc char[LongestWord];
        Encoding.ASCII.GetChars(ascii, letters);
        var word = letters[..ascii.Length];
        var known = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(word, out var text))
        {
            return text;
        }

        text = word.ToString();
        if (_words.Count < MostWords)
        {
            _words.Add(text, text);
        }

        return text;
    }

    /// <summary>Whether the text looks like a packed object or list.</summary>
    public static bool LooksPacked(ReadOnlySpan<byte> text) =>
        text.Length > 1 && ((text[0] == '{' && text[^1] == '}') || (text[0] == '[' && text[^1] == ']'));
}
