namespace IdentityGraph.Sources.Entries;

/// <summary>A value a person wrote in a file: nothing, a text, a list or a group of named members, and the line it stands on.</summary>
internal sealed class EntryNode
{
    /// <summary>1 for the first line.</summary>
    public required int Line { get; init; }

    /// <summary>The text of a scalar; null for other shapes and for an explicit null.</summary>
    public string? Text { get; init; }

    public IReadOnlyList<EntryNode>? Items { get; init; }

    /// <summary>In the order written; a name occurs once.</summary>
    public IReadOnlyList<KeyValuePair<string, EntryNode>>? Members { get; init; }

    /// <summary>Written as nothing (`null`, `~` or empty): there is none.</summary>
    public bool IsNull => Text is null && Items is null && Members is null;

    /// <summary>The member of that name, or null where it was not written.</summary>
    public EntryNode? Find(string name)
    {
        foreach (var (member, value) in Members ?? [])
        {
            if (member == name)
            {
                return value;
            }
        }

        return null;
    }
}

/// <summary>What a person wrote cannot be read; the message names what is wrong and what to do.</summary>
internal sealed class EntryException(int line, string key, string problem) : Exception(problem)
{
    public int Line { get; } = line;

    /// <summary>The key at fault; "" for the entry itself.</summary>
    public string Key { get; } = key;
}
