using System.Text.Json;
using System.Text.Unicode;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Reads a JSON file whose records stand in lists: a list of records, or an object with lists in it. One element is held at a time; what
/// stands beside the lists is kept and handed out as a whole (<see cref="Rest"/>), at most as large as one element may be. A member that
/// stands twice makes its element unreadable, since nobody knows which was meant.
/// </summary>
internal sealed class JsonElements(Stream stream, UnpackLimits limits) : IDisposable
{
    private readonly JsonDocumentOptions _options = new() { MaxDepth = limits.Depth, AllowDuplicateProperties = false };
    private readonly JsonCursor _json = new(stream, limits.OneObject);
    private readonly MemoryStream _rest = new();
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);

    /// <summary>The members that are no lists, as one object, once all elements were read; undefined where the file is a list.</summary>
    public JsonElement Rest { get; private set; }

    /// <summary>Whether elements outlive the asking for the next one; set while records are read ahead.</summary>
    public bool Copies { get; set; }

    /// <summary>A text that stands beside the lists, as far as it was read; null: it was not, or is no text.</summary>
    public string? Said(string member) => _said.GetValueOrDefault(member);

    /// <summary>
    /// The elements of the lists of those names, in the order of the file, each to be disposed before the next is asked for; also each
    /// member that has such a name in other letters, is no list, or cannot be read.
    /// </summary>
    /// <exception cref="JsonException">Not JSON, cut off, or an element too large; what came before stands.</exception>
    public IEnumerable<JsonItem> Read(IReadOnlyCollection<string> lists, CancellationToken cancellationToken)
    {
        _json.Begin();
        var root = _json.Token(cancellationToken);
        if (root == JsonTokenType.StartArray)
        {
            foreach (var item in Elements("", cancellationToken))
            {
                yield return item;
            }

            _json.ExpectEnd(cancellationToken);
            yield break;
        }

        if (root != JsonTokenType.StartObject)
        {
            throw new JsonException("the file is neither a JSON object nor a list");
        }

        using (var writer = new Utf8JsonWriter(_rest, new JsonWriterOptions { MaxDepth = limits.Depth + 2, SkipValidation = true }))
        {
            writer.WriteStartObject();
            while (_json.Token(cancellationToken) == JsonTokenType.PropertyName)
            {
                var member = _json.Name;
                var isList = lists.Contains(member) && _json.Peek(cancellationToken) == JsonTokenType.StartArray;
                if (isList)
                {
                    _json.Token(cancellationToken);
                }

                foreach (var item in isList ? Elements(member, cancellationToken) : Beside(writer, member, lists, cancellationToken))
                {
                    yield return item;
                }
            }

            writer.WriteEndObject();
        }

        _json.ExpectEnd(cancellationToken);
        Rest = Rested();
    }

    public void Dispose()
    {
        _json.Dispose();
        _rest.Dispose();
    }

    private IEnumerable<JsonItem> Elements(string list, CancellationToken cancellationToken)
    {
        for (var number = 0L; _json.Take(cancellationToken); number++)
        {
            if (!Utf8.IsValid(_json.Value.Span))
            {
                yield return new(list, number, null, "it holds bytes that are not UTF-8; write the file as UTF-8");
                continue;
            }

            var json = _json.Parse(_options, Copies, out var problem);
            yield return new(list, number, json, problem);
        }
    }

    /// <summary>Keeps a member that is none of the lists. One that should be, or cannot be read, is told.</summary>
    private IEnumerable<JsonItem> Beside(Utf8JsonWriter writer, string member, IReadOnlyCollection<string> lists, CancellationToken cancellationToken)
    {
        _json.Take(cancellationToken);
        if (WhyNot(member, lists) is { } why)
        {
            yield return new(member, -1, null, why) { IsNull = _json.Value.Span.SequenceEqual("null"u8) };
        }
        else
        {
            Keep(writer, member);
        }
    }

    private string? WhyNot(string member, IReadOnlyCollection<string> lists)
    {
        if (lists.FirstOrDefault(list => list.Equals(member, StringComparison.OrdinalIgnoreCase)) is { } list)
        {
            return list != member ? $"it is called `{list}`, in these letters" : _json.Value.Span.SequenceEqual("null"u8) ? "it is null and no list" : "it is no list";
        }

        return !Utf8.IsValid(_json.Value.Span) ? "it holds bytes that are not UTF-8; write the file as UTF-8"
            : _json.Deepest() > limits.Depth ? $"it is nested deeper than {limits.Depth}"
            : null;
    }

    private void Keep(Utf8JsonWriter writer, string name)
    {
        if (_json.Value.Span is [(byte)'"', ..] and { Length: < 1_024 })
        {
            using var text = JsonDocument.Parse(_json.Value);
            _said[name] = JsonReading.Plain(text.RootElement) ?? "";
        }

        writer.WritePropertyName(name);
        writer.WriteRawValue(_json.Value.Span, skipInputValidation: true);
        if (writer.BytesCommitted + writer.BytesPending > limits.OneObject)
        {
            throw new JsonException($"what stands beside the lists is larger than {limits.OneObject >> 20} MB");
        }
    }

    private JsonElement Rested()
    {
        using var document = JsonDocument.Parse(_rest.GetBuffer().AsMemory(0, (int)_rest.Length), _options with { MaxDepth = limits.Depth + 1 });
        return document.RootElement.Clone();
    }
}
