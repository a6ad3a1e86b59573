namespace IdentityGraph.Sources.OpenGraph;

/// <summary>An end of a relationship whose node is found, or known not to be there.</summary>
/// <param name="Identifier">As the file says it, upper case.</param>
/// <param name="System">Whose id it is.</param>
/// <param name="Kind">What its node is, or is said to be.</param>
internal sealed record ObjectEnd(string Identifier, IdSystem System, ObjectKind Kind)
{
    /// <summary>Its node id, made once.</summary>
    public string Node { get; } = ObjectIds.Object(System, Identifier);

    /// <summary>Something made beside the object.</summary>
    public string Beside(string space) => ObjectIds.Of(System, space, Identifier);
}
