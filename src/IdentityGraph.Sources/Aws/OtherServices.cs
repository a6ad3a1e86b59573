using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Services that roles trust and of which no row of <see cref="ComputeRows"/> says how they run code: whoever may hand a role to one and may
/// do more there than read may have a way, Unknown.
/// </summary>
internal sealed class OtherServices
{
    private const Rights Reads = Rights.Discover | Rights.Read;

    private static readonly HashSet<string> s_known = ComputeRows.All
        .SelectMany(row => row.Actions.Select(PrefixOf).Concat(Labels(row.Service)))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private readonly ActionScope _scope;
    private readonly List<(string Prefix, ComputeRow Row)> _rows = [];
    private readonly Dictionary<PolicyDocument, HashSet<string>> _changes = new(ReferenceEqualityComparer.Instance);

    public OtherServices(IEnumerable<PolicyDocument> trusts, ActionRights catalogue)
    {
        _scope = new ActionScope(catalogue);
        var prefixes = catalogue.Services.ToHashSet(StringComparer.Ordinal);
        var services = trusts.Distinct()
            .SelectMany(trust => trust.Statements)
            .SelectMany(statement => statement.Principals?.Services ?? [])
            .Select(written => ServiceNames.Plain(written).ToLowerInvariant())
            .Distinct(StringComparer.Ordinal);
        foreach (var service in services.Order(StringComparer.Ordinal))
        {
            if (Labels(service).FirstOrDefault(prefixes.Contains) is { } prefix && !s_known.Contains(prefix))
            {
                _rows.Add((prefix, new ComputeRow(service, [], true, false, "Does more than read in a service that the role may be passed to.") { Key = $"iam:PassRole to {service}" }));
            }
        }
    }

    public IEnumerable<string> Services => _rows.Select(row => row.Row.Service);

    public IEnumerable<ComputeRow> For(Holder holder) =>
        from row in _rows
        where holder.Documents.Any(document => ChangesOf(document).Contains(row.Prefix))
        select row.Row;

    /// <summary>Those of the services in which the document allows more than to read.</summary>
    private HashSet<string> ChangesOf(PolicyDocument document)
    {
        if (_changes.TryGetValue(document, out var changes))
        {
            return changes;
        }

        changes = new(StringComparer.Ordinal);
        foreach (var statement in document.Statements.Where(statement => !statement.Denies))
        {
            changes.UnionWith(statement.Problem is not null
                ? _rows.Select(row => row.Prefix)
                : _scope.Of(statement).Where(service => service.IsUnknown || (service.Rights & ~Reads) != Rights.None).Select(service => service.Service));
        }

        changes.IntersectWith(_rows.Select(row => row.Prefix));
        if (document.IsShared)
        {
            _changes.Add(document, changes);
        }

        return changes;
    }

    private static string PrefixOf(string action) => action[..action.IndexOf(':', StringComparison.Ordinal)];

    private static IEnumerable<string> Labels(string service) => service.Split('.').Where(label => label is not ("amazonaws" or "com"));
}
