namespace IdentityGraph.Sources.OpenGraph;

/// <summary>An end of a relationship whose node is found, or known not to be there.</summary>
internal sealed class ObjectEnd(string identifier, IdSystem system, ObjectKind kind)
{
    /// <summary>As the file says it, upper case.</summary>
    public string Identifier { get; } = identifier;

    /// <summary>Whose id it is.</summary>
    public IdSystem System { get; } = system;

    /// <summary>What its node is, or is said to be.</summary>
    public ObjectKind Kind { get; } = kind;

    /// <summary>Its node id, made once.</summary>
    public string Node { get; } = ObjectIds.Object(system, identifier);

    /// <summary>What gives the object to who has the use of it; its id is made once.</summary>
    public string Use => field ??= Beside("use");

    /// <summary>What acts as the object; its id is made once.</summary>
    public string Acting => field ??= Beside("acting");

    /// <summary>Whether <see cref="Use"/> is known to be stated; where not, it may have been for another mention of the object.</summary>
    public bool HasUse { get; set; }

    /// <summary>The same of <see cref="Acting"/> and what leads to it.</summary>
    public bool HasActor { get; set; }

    /// <summary>Something made beside the object.</summary>
    public string Beside(string space) => ObjectIds.Of(System, space, Identifier);
}
