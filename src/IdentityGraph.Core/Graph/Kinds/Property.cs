namespace IdentityGraph.Graph;

/// <summary>
/// One property of a node or edge kind: a line of data. Two kinds may have a property of one name with other words.
/// <see cref="Protective"/>: its value can make something unreachable, so a later weaker statement never overrides a stronger one.
/// <see cref="Nullable"/>: <c>null</c> says the source states there is none or never, which differs from absent (not reported).
/// </summary>
public sealed class Property
{
    internal Property(string name, PropertyType type, string sentence, bool protective = false, bool nullable = false, params string[] words)
    {
        Name = name;
        Type = type;
        Sentence = sentence;
        Protective = protective;
        Nullable = nullable;
        Words = words;
    }

    public string Name { get; }

    public PropertyType Type { get; }

    /// <summary>What it means, with its unit.</summary>
    public string Sentence { get; }

    public bool Protective { get; }

    public bool Nullable { get; }

    /// <summary>The words a <see cref="PropertyType.Word"/> or <see cref="PropertyType.WordList"/> knows; empty for other types.</summary>
    public IReadOnlyList<string> Words { get; }

    public override string ToString() => Name;
}
