using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Catalogues;

/// <summary>
/// What a source may say of a scope or entitlement whose level it does not state: what the catalogue says of the vendor's word, as an
/// inference. Only for words whose level the same source does not state: a weaker statement that differs would make the stated one unknown.
/// </summary>
public static class ConferredRights
{
    /// <summary>
    /// CONFERS edges from the scope or entitlement to the system, or to <paramref name="area"/> where the row is about a part of it; one
    /// with rights, one a capability. An unknown word, and one with limited capabilities, gives an edge without a level to the system: of
    /// unknown level, never without rights.
    /// </summary>
    /// <param name="row">What the catalogue says; null: the word is not in it.</param>
    /// <param name="scope">Node id of the Scope or Entitlement.</param>
    /// <param name="system">Node id of the System.</param>
    /// <param name="area">Node id of the Resource that stands for a part of the system, by the part's name; the caller states the node. Null: the system stands for its parts.</param>
    public static IEnumerable<Observation.SawEdge> Of(CatalogueRow? row, string scope, string system, Func<string, string>? area = null)
    {
        if (row?.Rights is null || row.LimitedCapabilities.Count > 0)
        {
            yield return Confers(scope, system, []) with { Key = "unknown" };
        }

        if (row?.Rights is { } rights && rights != Rights.None)
        {
            yield return Confers(scope, row.Area is { } part && area is not null ? area(part) : system, [Text(Properties.RightLetters, rights.ToLetters())]);
        }

        foreach (var capability in row?.Capabilities ?? [])
        {
            yield return Confers(scope, system, row!.MaxLevel is { } most
                ? [Text(Properties.Capability, capability), Text(Properties.MaxLevel, most.ToString())]
                : [Text(Properties.Capability, capability)]);
        }
    }

    private static Observation.SawEdge Confers(string scope, string target, IReadOnlyList<KeyValuePair<string, PropertyValue>> properties) => new()
    {
        Kind = EdgeKinds.Confers.Name,
        Of = scope,
        To = target,
        Properties = properties,
        Grade = EvidenceGrade.Inference,
    };

    private static KeyValuePair<string, PropertyValue> Text(Property property, string value) => new(property.Name, PropertyValue.Of(value));
}
