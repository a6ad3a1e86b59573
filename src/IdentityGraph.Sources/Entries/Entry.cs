using System.Globalization;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Entries;

/// <summary>
/// One entry a person wrote, checked against the keys it may have. Every getter throws an <see cref="EntryException"/> naming line
/// and key where the value is not of its type; nothing of a value that looks like a secret is ever quoted.
/// </summary>
internal sealed class Entry
{
    private readonly EntryNode _node;
    private readonly IReadOnlyList<EntryKey> _keys;

    /// <exception cref="EntryException">It is no group of named values, has an unknown key, lacks a required one, or holds a secret.</exception>
    public Entry(EntryNode node, IReadOnlyList<EntryKey> keys)
    {
        (_node, _keys) = (node, keys);
        foreach (var (name, value) in node.Members ?? throw new EntryException(node.Line, "", "an entry must be a group of named values"))
        {
            if (keys.All(key => key.Name != name))
            {
                throw new EntryException(value.Line, name, Nearest.Unknown("key", name, [.. keys.Select(key => key.Name)]));
            }

            RefuseSecrets(name, value);
        }

        foreach (var key in keys.Where(key => key.Required && (node.Find(key.Name) is not { } value || value.IsNull)))
        {
            throw new EntryException(node.Line, key.Name, $"`{key.Name}` is missing: {key.Sentence}");
        }
    }

    public int Line => _node.Line;

    public bool Has(string name) => _node.Find(name) is { IsNull: false };

    /// <summary>A required node id.</summary>
    public string Id(string name) => Optional(name) ?? throw Fault(name, "is missing");

    /// <summary>A text or node id; null where it is not written.</summary>
    public string? Optional(string name) => _node.Find(name) is { IsNull: false } value ? Text(name, value) : null;

    public IReadOnlyList<string> Ids(string name) => _node.Find(name) switch
    {
        null or { IsNull: true } => [],
        { Items: { } items } => [.. items.Select(item => Text(name, item))],
        { } value => [Text(name, value)],
    };

    public DateTimeOffset? Instant(string name) => Value(name) is { IsNone: false } value ? value.AsInstant() : null;

    /// <summary>What the key says as a property's value; null where it is not written, or no key of the entry.</summary>
    public PropertyValue? Value(string name)
    {
        if (_keys.FirstOrDefault(key => key.Name == name) is not { } key || _node.Find(name) is not { } written)
        {
            return null;
        }

        if (written.IsNull)
        {
            return key.Nullable ? PropertyValue.None : throw Fault(name, "is empty; leave the key out where nothing is known");
        }

        return key.Type is EntryType.Ids or EntryType.Texts ? PropertyValue.Of(Words(key, Ids(name))) : Single(key, Text(name, written));
    }

    /// <summary>The properties that are keys of the entry, as far as they are written.</summary>
    public IEnumerable<KeyValuePair<string, PropertyValue>> Properties(IEnumerable<Property> properties) =>
        from property in properties
        let value = Value(property.Name)
        where value is not null
        select KeyValuePair.Create(property.Name, value.Value);

    private string[] Words(EntryKey key, IReadOnlyList<string> said)
    {
        foreach (var word in said.Where(word => key.Words.Count > 0 && !key.Words.Contains(word)))
        {
            throw new EntryException(Line, key.Name, Nearest.Unknown($"word of `{key.Name}`", word, [.. key.Words]));
        }

        return [.. said];
    }

    private PropertyValue Single(EntryKey key, string text) => key.Type switch
    {
        EntryType.Word => key.Words.Contains(text) ? PropertyValue.Of(text) : throw new EntryException(Line, key.Name, Nearest.Unknown($"word of `{key.Name}`", text, [.. key.Words])),
        EntryType.Flag => text switch
        {
            "true" => PropertyValue.Of(true),
            "false" => PropertyValue.Of(false),
            _ => throw Fault(key.Name, "must be true or false"),
        },
        EntryType.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? PropertyValue.Of(number) : throw Fault(key.Name, "must be a whole number"),
        EntryType.Duration => Durations.TryParse(text, out _) ? PropertyValue.Of(text) : throw Fault(key.Name, "must be an ISO 8601 duration, as `P30D`"),
        EntryType.Start or EntryType.End => PropertyValue.Of(ReadInstant(key, text)),
        _ => PropertyValue.Of(text),
    };

    private DateTimeOffset ReadInstant(EntryKey key, string text)
    {
        if (Instants.TryParse(text, out var instant))
        {
            return instant;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(key.Type == EntryType.End ? 1 : 0)
            : throw Fault(key.Name, "must be a date (2025-03-31) or an instant with an offset (2025-03-31T18:00:00Z)");
    }

    private string Text(string name, EntryNode value)
    {
        var text = value.Text ?? throw new EntryException(value.Line, name, $"`{name}` must be a text");
        if (_keys.First(key => key.Name == name).Type is EntryType.Id or EntryType.Ids && (text.Length > 512 || text.Any(char.IsControl) || text.Length == 0))
        {
            throw new EntryException(value.Line, name, $"`{name}` is no node id: at most 512 characters, no control characters");
        }

        return text;
    }

    private EntryException Fault(string name, string problem) => new(_node.Find(name)?.Line ?? Line, name, $"`{name}` {problem}");

    private static void RefuseSecrets(string name, EntryNode value)
    {
        if (value.Text is { } text && SecretLooking.FindIn(name, text) is { } secret)
        {
            throw new EntryException(value.Line, name, $"`{name}` looks like {secret}; secrets are named by their id, never written here. Replace it if it is real");
        }

        foreach (var item in value.Items ?? [])
        {
            RefuseSecrets(name, item);
        }

        foreach (var (member, inner) in value.Members ?? [])
        {
            RefuseSecrets(member, inner);
        }
    }
}
