using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>The actions a statement is about, by service; found once for statements that name the same.</summary>
internal sealed class ActionScope(ActionRights catalogue)
{
    private readonly Dictionary<string, ServiceActions[]> _known = new(StringComparer.Ordinal);

    public IReadOnlyList<ServiceActions> Of(PolicyStatement statement)
    {
        var key = (statement.ActionsExcluded ? "!" : "") + string.Join(' ', statement.Actions);
        if (!_known.TryGetValue(key, out var services))
        {
            _known.Add(key, services = [.. Services(statement).Select(service => In(service, statement)).OfType<ServiceActions>()]);
        }

        return services;
    }

    private IEnumerable<string> Services(PolicyStatement statement)
    {
        if (statement.ActionsExcluded)
        {
            return catalogue.Services;
        }

        var prefixes = statement.Actions.Select(action => action.Split(':')[0].ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToArray();
        return prefixes.Any(prefix => Glob.HasWildcard(prefix))
            ? prefixes.Where(prefix => !Glob.HasWildcard(prefix)).Union(catalogue.Services.Where(service => prefixes.Any(prefix => Glob.IsMatch(prefix, service))), StringComparer.Ordinal)
            : prefixes;
    }

    private ServiceActions? In(string service, PolicyStatement statement)
    {
        var known = catalogue.In(service).Where(row => statement.IsAboutAction(row.Action)).ToArray();

        // An action nobody knows, or a service nobody knows: what it gives is unknown.
        var unknown = !statement.ActionsExcluded && statement.Actions.Any(pattern =>
            pattern.StartsWith(service + ":", StringComparison.OrdinalIgnoreCase) && !known.Any(row => Glob.IsMatch(pattern, row.Action, ignoreCase: true)));
        return known.Length == 0 && !unknown ? null : new ServiceActions(service, known, unknown);
    }
}

/// <summary>Actions of one service.</summary>
/// <param name="Service">Prefix in lower case.</param>
/// <param name="Known">Those of the catalogue.</param>
/// <param name="HasUnknown">Whether there are others.</param>
internal sealed record ServiceActions(string Service, IReadOnlyList<(string Action, Rights? Rights)> Known, bool HasUnknown)
{
    /// <summary>What all of them give together, as far as it is known.</summary>
    public Rights Rights { get; } = Known.Aggregate(Graph.Rights.None, (all, row) => all | (row.Rights ?? Graph.Rights.None));

    /// <summary>Whether one gives what nobody knows.</summary>
    public bool IsUnknown { get; } = HasUnknown || Known.Any(row => row.Rights is null);
}
