namespace IdentityGraph.Graph;

/// <summary>
/// A label of the graph: a line of data in <see cref="NodeKinds"/>; docs, checks and column layout come from <see cref="All"/>.
/// </summary>
public sealed class NodeKind
{
    internal NodeKind(string name, string layer, string sentence, bool principal = false, params Property[] properties)
    {
        Name = name;
        Layer = layer;
        Sentence = sentence;
        IsPrincipal = principal;
        Properties = properties.Any(p => p.Name == "name") ? properties : [Graph.Properties.Name, .. properties];
    }

    public string Name { get; }

    /// <summary>The group it is listed under in the schema.</summary>
    public string Layer { get; }

    public string Sentence { get; }

    /// <summary>Whether it can act: Account, ServiceIdentity, Agent.</summary>
    public bool IsPrincipal { get; }

    /// <summary>Whether it carries a state; without one stated its liveness is unknown (a credential's: true unless its times say otherwise).</summary>
    public bool HasState => Properties.Contains(Graph.Properties.State);

    public IReadOnlyList<Property> Properties { get; }

    /// <summary>Position in <see cref="All"/>; 0 is Unknown.</summary>
    public byte Index { get; internal set; }

    /// <summary>Every kind, Unknown first.</summary>
    public static IReadOnlyList<NodeKind> All => NodeKinds.All;

    /// <summary>The kind of that name (ordinal), or null.</summary>
    public static NodeKind? Find(string name) => NodeKinds.ByName.GetValueOrDefault(name);

    /// <summary>The property of that name on this kind, or null: then it is unrecognised.</summary>
    public Property? FindProperty(string name) => Properties.FirstOrDefault(p => p.Name == name);

    public override string ToString() => Name;
}
