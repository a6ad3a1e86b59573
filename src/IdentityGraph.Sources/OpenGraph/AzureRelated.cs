using IdentityGraph.Sources.Azure;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Relationships between objects of Entra and Azure: by the same table as those that AzureHound's own files state.</summary>
internal sealed class AzureRelated(FactList facts)
{
    private readonly AzureLinkMapping _links = new(facts);

    /// <summary>Whether both ends are Azure's, as far as anything says.</summary>
    public static bool IsOf(ObjectEnd start, ObjectEnd end) => start.System == IdSystem.Azure && end.System == IdSystem.Azure;

    /// <summary>Whether a row says what it means.</summary>
    public static bool IsKnown(string kind, ObjectEnd end) => AzureEdgeKinds.Find(kind, KindOf(end)) is not null;

    /// <summary>Whether it is understood, and gives no access.</summary>
    public static bool GivesNothing(string kind, ObjectEnd end) => AzureEdgeKinds.Find(kind, KindOf(end))?.Effect == AzureEffect.Nothing;

    /// <summary>Adds the facts.</summary>
    /// <returns>Null; or why no kind of edge can say it.</returns>
    public string? Map(string kind, ObjectEnd start, ObjectEnd end) =>
        _links.Map(new AzureLink(start.Identifier, KindOf(start), kind, end.Identifier, KindOf(end)));

    private static AzureKind KindOf(ObjectEnd end) => end.Kind.Azure ?? AzureKind.Base;
}
