using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>A policy as somebody has it.</summary>
/// <param name="name">What people call it.</param>
/// <param name="where">File and place, for evidence.</param>
/// <param name="document">Its statements.</param>
/// <param name="node">Node id; null: it is part of its holder, and named after it.</param>
internal sealed class HeldPolicy(string name, Place where, PolicyDocument document, string? node = null)
{
    public string Name { get; } = name;

    public Place Where { get; } = where;

    public PolicyDocument Document { get; } = document;

    /// <summary>Whom it is part of; null: nobody.</summary>
    public IamIdentity? Holder { get; init; }

    /// <summary>Its node id.</summary>
    public string Node => node ?? Holder!.Ids.InlinePolicy(Holder.Kind, Holder.Name, Name);

    /// <summary>Whether several may have it: it is attached by name, or its document was met more than once.</summary>
    public bool IsRepeated => node is not null || Document.IsShared;

    /// <summary>Whether its attachment was read and it was not: what it says is not known.</summary>
    public bool IsMissing { get; init; }
}
