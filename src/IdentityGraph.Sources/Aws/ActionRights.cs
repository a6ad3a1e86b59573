using IdentityGraph.Graph;
using IdentityGraph.Sources.Catalogues;

namespace IdentityGraph.Sources.Aws;

/// <summary>What actions of AWS give on what they are about, by service. An action that is not known is of unknown level, never without rights.</summary>
internal sealed class ActionRights
{
    private readonly Dictionary<string, (string Action, Rights? Rights)[]> _services;

    /// <param name="actions">`service:Name` and what it gives; null: not known.</param>
    public ActionRights(IEnumerable<(string Action, Rights? Rights)> actions) => _services = actions
        .GroupBy(row => row.Action[..Math.Max(0, row.Action.IndexOf(':', StringComparison.Ordinal))], StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Key.Length > 0)
        .ToDictionary(group => group.Key.ToLowerInvariant(), group => group.OrderBy(row => row.Action, StringComparer.OrdinalIgnoreCase).ToArray(), StringComparer.Ordinal);

    /// <summary>What the catalogue `aws-actions` says.</summary>
    public static ActionRights Catalogued { get; } = new(ScopeCatalogue.Of("aws-actions").Rows.Select(row => (row.Word, row.Rights)));

    /// <summary>Prefixes in lower case.</summary>
    public IEnumerable<string> Services => _services.Keys;

    /// <summary>In the order of their names, whatever their case.</summary>
    public IReadOnlyList<(string Action, Rights? Rights)> In(string service) => _services.GetValueOrDefault(service) ?? [];
}
