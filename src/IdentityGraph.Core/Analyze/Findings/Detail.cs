using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>Numbers and ids of a finding, in the order given; what is null is left out.</summary>
internal static class Detail
{
    public static IReadOnlyDictionary<string, PropertyValue> Of(params (string Name, object? Value)[] details) =>
        details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Name, detail => ValueOf(detail.Value!), StringComparer.Ordinal);

    private static PropertyValue ValueOf(object value) => value switch
    {
        string text => PropertyValue.Of(text),
        bool flag => PropertyValue.Of(flag),
        DateTimeOffset instant => PropertyValue.Of(instant),
        Node node => PropertyValue.Of(node.Id),
        IEnumerable<Node> nodes => PropertyValue.Of([.. nodes.Select(node => node.Id)]),
        IEnumerable<string> texts => PropertyValue.Of([.. texts]),
        IConvertible number => PropertyValue.Of(number.ToDouble(null)),
        _ => throw new ArgumentException($"a detail cannot be a {value.GetType().Name}"),
    };
}
