using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Entries;

/// <summary>How a key's value is written.</summary>
internal enum EntryType
{
    /// <summary>A node id.</summary>
    Id,

    /// <summary>One node id or a list of them.</summary>
    Ids,
    Text,
    Texts,

    /// <summary>One of the key's words.</summary>
    Word,
    Flag,
    Integer,

    /// <summary>ISO 8601.</summary>
    Duration,

    /// <summary>RFC 3339 with an offset; a date alone is 00:00 UTC.</summary>
    Start,

    /// <summary>RFC 3339 with an offset; a date alone is 24:00 UTC.</summary>
    End,
}

/// <summary>A key an entry may have: one line of data, printed in the schema and checked in every entry.</summary>
internal sealed record EntryKey(string Name, EntryType Type, string Sentence)
{
    public bool Required { get; init; }

    /// <summary>Whether `null` may be written: there is none.</summary>
    public bool Nullable { get; init; }

    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The key that states a property of the model under the property's own name.</summary>
    public static EntryKey For(Property property, bool endOfDay = false) => new(property.Name, TypeOf(property.Type, endOfDay), property.Sentence)
    {
        Nullable = property.Nullable,
        Words = property.Type is PropertyType.Word or PropertyType.WordList ? property.Words : [],
    };

    private static EntryType TypeOf(PropertyType type, bool endOfDay) => type switch
    {
        PropertyType.Word => EntryType.Word,
        PropertyType.TextList or PropertyType.WordList => EntryType.Texts,
        PropertyType.Flag => EntryType.Flag,
        PropertyType.Integer => EntryType.Integer,
        PropertyType.Duration => EntryType.Duration,
        PropertyType.Instant => endOfDay ? EntryType.End : EntryType.Start,
        _ => EntryType.Text,
    };
}
