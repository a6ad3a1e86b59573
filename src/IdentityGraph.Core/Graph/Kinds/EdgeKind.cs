namespace IdentityGraph.Graph;

/// <summary>
/// A kind of fact edge: a line of data in <see cref="EdgeKinds"/>. It points the way its sentence reads; which end gives control
/// of the other is the control rules' business.
/// </summary>
public sealed class EdgeKind
{
    internal EdgeKind(string name, NodeKind[] from, NodeKind[] to, string sentence, bool control = false, bool amplifying = false, Property? key = null, params Property[] properties)
    {
        Name = name;
        From = from;
        To = to;
        Sentence = sentence;
        FeedsControl = control;
        Amplifying = amplifying;
        KeyProperty = key;
        Properties = properties;
    }

    /// <summary>Upper snake case.</summary>
    public string Name { get; }

    /// <summary>Kinds its start may have; empty: any.</summary>
    public IReadOnlyList<NodeKind> From { get; }

    /// <summary>Kinds its end may have; empty: any.</summary>
    public IReadOnlyList<NodeKind> To { get; }

    public string Sentence { get; }

    /// <summary>Whether a control rule reads it.</summary>
    public bool FeedsControl { get; }

    /// <summary>Whether control through it creates new access.</summary>
    public bool Amplifying { get; }

    /// <summary>The property whose value is the default of `key`, which tells parallel edges apart; null: the default is "".</summary>
    public Property? KeyProperty { get; }

    public IReadOnlyList<Property> Properties { get; }

    /// <summary>Position in <see cref="All"/>.</summary>
    public byte Index { get; internal set; }

    public static IReadOnlyList<EdgeKind> All => EdgeKinds.All;

    /// <summary>The kind of that name (ordinal), or null.</summary>
    public static EdgeKind? Find(string name) => EdgeKinds.ByName.GetValueOrDefault(name);

    public Property? FindProperty(string name) => Properties.FirstOrDefault(p => p.Name == name);

    public override string ToString() => Name;
}
