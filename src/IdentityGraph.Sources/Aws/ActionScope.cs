using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>The actions a statement is about, by service; found once for statements that name the same.</summary>
internal sealed class ActionScope(ActionRights catalogue)
{
    /// <summary>Statements remembered at a time, so that memory does not grow with those that name ever other actions.</summary>
    private const int MostKept = 4_096;

    private readonly Dictionary<ActionPatterns, ServiceActions[]> _known = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<ServiceActions> Of(PolicyStatement statement)
    {
        if (!_known.TryGetValue(statement.About, out var services))
        {
            if (_known.Count == MostKept)
            {
                _known.Clear();
            }

            _known.Add(statement.About, services = [.. Services(statement).Select(service => In(service, statement)).OfType<ServiceActions>()]);
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
        var rows = catalogue.In(service);
        var about = new bool[rows.Count];
        var unknown = false;
        foreach (var pattern in statement.Actions)
        {
            // An action nobody knows, or a service nobody knows: what it gives is unknown.
            unknown |= Mark(pattern, rows, about) == 0 && !statement.ActionsExcluded && pattern.StartsWith(service + ":", StringComparison.OrdinalIgnoreCase);
        }

        var known = rows.Where((_, index) => about[index] != statement.ActionsExcluded).ToArray();
        return known.Length == 0 && !unknown ? null : new ServiceActions(service, known, unknown);
    }

    /// <summary>How many of the rows the pattern matches, which are in the order of their names; only those that begin like it are looked at.</summary>
    private static int Mark(string pattern, IReadOnlyList<(string Action, Rights? Rights)> rows, bool[] about)
    {
        var wildcard = pattern.AsSpan().IndexOfAny('*', '?');
        var beginning = wildcard < 0 ? pattern : pattern[..wildcard];
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.Compare(rows[middle].Action, beginning, StringComparison.OrdinalIgnoreCase) < 0 ? (middle + 1, high) : (low, middle);
        }

        var count = 0;
        for (; low < rows.Count && rows[low].Action.StartsWith(beginning, StringComparison.OrdinalIgnoreCase); low++)
        {
            if (Glob.IsMatch(pattern, rows[low].Action, ignoreCase: true))
            {
                about[low] = true;
                count++;
            }
        }

        return count;
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
