namespace IdentityGraph.Sources.BloodHound;

/// <summary>A file of a collection with what it says it holds.</summary>
/// <param name="Entry">Where it is read.</param>
/// <param name="Type">`meta.type`: also the stream its facts belong to.</param>
/// <param name="Kind">Kind of its objects; <see cref="DirectoryKind.Base"/> for sessions.</param>
internal sealed record CollectionFile(SharpHoundEntry Entry, string Type, DirectoryKind Kind);
