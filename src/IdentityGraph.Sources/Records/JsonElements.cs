using System.Text.Json;
using System.Text.Unicode;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Reads a JSON file whose records stand in lists: a list of records, or an object with lists in it. One element is held at a time; what
/// stands beside the lists is kept and handed out as a whole (<see cref="Rest"/>), at most as large as one element may be. A member that
/// stands twice makes its element unreadable, since nobody knows which was meant.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="limits">How large and deep an element may be.</param>
/// <param name="another">Whether the file may be read ahead on another thread; not where a read can wait for ever.</param>
internal sealed class JsonElements(Stream stream, UnpackLimits limits, bool another = true) : IDisposable
{
    private readonly JsonCursor _json = new(stream, limits.OneObject);
    private readonly MemoryStream _rest = new();
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    /// <summary>The members that are no lists, as one object, once all elements were read; no value where the file is a list.</summary>
    public JsonValue Rest { get; private set; }

    /// <summary>Whether elements outlive the asking for the next one; set while records are read ahead.</summary>
    public bool Copies { get; set; }

    /// <summary>A text that stands beside the lists, as far as it was read; null: it was not, or is no text.</summary>
    public string? Said(string member) => _said.GetValueOrDefault(member);

    /// <summary>
    /// The elements of the lists of those names, in the order of the file, each to be used before the next is asked for; also each
    /// member that has such a name in other letters, is no list, stands twice, or cannot be read.
    /// </summary>
    /// <exception cref="JsonException">Not JSON, cut off, or an element too large; what came before stands.</exception>
    public IEnumerable<JsonItem> Read(IReadOnlyCollection<string> lists, CancellationToken cancellationToken)
    {
        using var parts = new ReadAhead<Part>(() => new(limits.Depth, careful: true), (ahead, stop) => Parts(ahead, lists, stop), another, cancellationToken);
        while (parts.MoveNext())
        {
            var part = parts.Current;
            if (part.Member is { } member)
            {
                _said[member] = part.Text!;
            }
            else if (part.IsRest)
            {
                Rest = part.Item.Json;
            }
            else
            {
                yield return Copies ? part.Item with { Json = part.Item.Json.Copy() } : part.Item;
            }
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        _rest.Dispose();
    }

    /// <summary>What the file holds, whoever asks for it.</summary>
    private IEnumerable<Part> Parts(ReadAhead<Part> ahead, IReadOnlyCollection<string> lists, CancellationToken cancellationToken)
    {
        _json.Begin();
        var root = _json.Token(cancellationToken);
        if (root == JsonTokenType.StartArray)
        {
            foreach (var item in Elements(ahead, "", cancellationToken))
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

                if (lists.Contains(member) && !_met.Add(member))
                {
                    yield return new(new(member, -1, default, JsonItem.StandsTwice) { IsKept = true });
                }

                foreach (var item in isList ? Elements(ahead, member, cancellationToken) : Beside(writer, member, lists, cancellationToken))
                {
                    yield return item;
                }
            }

            writer.WriteEndObject();
        }

        _json.ExpectEnd(cancellationToken);
        yield return new(new("", -1, Rested(), null), IsRest: true);
    }

    private IEnumerable<Part> Elements(ReadAhead<Part> ahead, string list, CancellationToken cancellationToken)
    {
        for (var number = 0L; _json.Take(ahead.Tree, cancellationToken); number++)
        {
            var json = _json.Kept(ahead.Tree, out var problem);
            yield return new(new(list, number, json, problem));
        }
    }

    /// <summary>Keeps a member that is none of the lists. One that should be, or cannot be read, is told.</summary>
    private IEnumerable<Part> Beside(Utf8JsonWriter writer, string member, IReadOnlyCollection<string> lists, CancellationToken cancellationToken)
    {
        _json.Take(cancellationToken);
        if (WhyNot(member, lists) is { } why)
        {
            yield return new(new(member, -1, default, why) { IsNull = _json.Value.Span.SequenceEqual("null"u8) });
            yield break;
        }

        Keep(writer, member);
        if (_json.Value.Span is [(byte)'"', ..] and { Length: < 1_024 })
        {
            var text = new JsonTree(limits.Depth, careful: true).Read(_json.Value.ToArray(), 0, _json.Value.Length, out _, out _);
            yield return new(default, Member: member, Text: text.GetString() ?? "");
        }
    }

    private string? WhyNot(string member, IReadOnlyCollection<string> lists)
    {
        if (!_json.IsNameText)
        {
            return JsonItem.NoName;
        }

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
        writer.WritePropertyName(name);
        writer.WriteRawValue(_json.Value.Span, skipInputValidation: true);
        if (writer.BytesCommitted + writer.BytesPending > limits.OneObject)
        {
            throw new JsonException($"what stands beside the lists is larger than {limits.OneObject >> 20} MB");
        }
    }

    private JsonValue Rested()
    {
        var rest = new JsonTree(limits.Depth + 1, careful: true).Read(_rest.GetBuffer(), 0, (int)_rest.Length, out var problem, out _);
        return problem is null ? rest : throw new JsonException($"what stands beside the lists: {problem}");
    }

    /// <summary>An element; or a text beside the lists with the name of its member; or all that stands beside them.</summary>
    private readonly record struct Part(JsonItem Item, string? Member = null, string? Text = null, bool IsRest = false);
}
