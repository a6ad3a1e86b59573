using System.Text;
using System.Text.Json;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Texts of the file: read once where they recur.</summary>
internal sealed class RecordText
{
    private const int MostWords = 10_000;
    private const int LongestWord = 128;

    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <summary>The text at the reader; null where it is no valid text.</summary>
    public static string? Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text that recurs from record to record, such as a kind.</summary>
    public string? Word(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length > LongestWord || !Ascii.IsValid(reader.ValueSpan))
        {
            return Of(ref reader);
        }

        Span<char> letters = stackalloc char[LongestWord];
        Encoding.ASCII.GetChars(reader.ValueSpan, letters);
        var word = letters[..reader.ValueSpan.Length];
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
