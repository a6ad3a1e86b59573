using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// The resources that policies name: a service of the account as a whole, and each pattern as one Resource inside it. Nothing is spread
/// out over the resources that a pattern means: rights on it are rights on what it contains.
/// </summary>
internal sealed class ResourceRegistry(AwsIds ids, ImportReport report)
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _services = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _foreign = new(StringComparer.Ordinal);
    private readonly HashSet<string> _variable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uncompared = new(StringComparer.Ordinal);

    /// <summary>Services some of whose patterns were too many to be compared; known once <see cref="State"/> was read to its end.</summary>
    public bool IsUncompared(string service) => _uncompared.Contains(service);

    /// <summary>What a pattern means.</summary>
    /// <param name="service">Prefix of the actions.</param>
    /// <param name="pattern">As the policy writes it.</param>
    /// <param name="variable">Whether `${…}` in it is a policy variable.</param>
    public NamedResource Of(string service, string pattern, bool variable = false)
    {
        if (variable)
        {
            _variable.Add(pattern);
        }

        var arn = Arn.Parse(pattern);
        if (arn is { } parts && Arn.IsAccountId(parts.Account) && parts.Account != ids.Account)
        {
            _foreign.Add(parts.Account);
            var other = new AwsIds(ids.Partition, parts.Account);
            Service(parts.Service).TryAdd(pattern, other.Resource(pattern));
            return new(other.Resource(pattern), true, IsWide(pattern) ? parts.Service : null);
        }

        if (pattern == "*" || Glob.IsMatch(pattern, $"arn:{ids.Partition}:{service}:*:{ids.Account}:*") || Glob.IsMatch(pattern, $"arn:{ids.Partition}:{service}:::*"))
        {
            Service(service);
            return new(ids.Service(service), false, null);
        }

        var under = arn is { Service: { Length: > 0 } named } && !Glob.HasWildcard(named) ? named : service;
        Service(under).TryAdd(pattern, ids.Resource(pattern));
        return new(ids.Resource(pattern), false, IsWide(pattern) ? under : null);
    }

    public IEnumerable<Observation> State(string stream)
    {
        foreach (var account in _foreign)
        {
            yield return AccountFacts.Node(stream, new AwsIds(ids.Partition, account).System, NodeKinds.System, null, "", null, AccountFacts.Text(P.Category, "cloud"));
        }

        foreach (var (service, patterns) in _services)
        {
            var whole = ids.Service(service);
            yield return AccountFacts.Node(stream, whole, NodeKinds.Resource, $"{service} of {ids.Account}", "", null, service is "secretsmanager" ? [AccountFacts.Text(P.StoreKind, "vault")] : []);
            yield return AccountFacts.Edge(stream, EdgeKinds.InSystem, whole, ids.System, null, []);
            foreach (var (pattern, node) in patterns)
            {
                var foreign = Arn.Parse(pattern) is { } arn && Arn.IsAccountId(arn.Account) && arn.Account != ids.Account ? new AwsIds(ids.Partition, arn.Account) : null;
                yield return AccountFacts.Node(stream, node, NodeKinds.Resource, pattern, "");
                yield return AccountFacts.Edge(stream, EdgeKinds.InSystem, node, (foreign ?? ids).System, null, []);
                if (foreign is null)
                {
                    yield return AccountFacts.Edge(stream, EdgeKinds.Contains, whole, node, null, []);
                }
            }

            var nesting = new PatternNesting(patterns.Where(pattern => IsWide(pattern.Key)).Select(pattern => (Unbound(pattern.Key), pattern.Value)));
            foreach (var (outer, inner) in nesting.Pairs(patterns))
            {
                yield return AccountFacts.Edge(stream, EdgeKinds.Contains, outer, inner, null, []);
            }

            foreach (var observation in nesting.Uncompared.Count == 0 ? [] : Uncompared(stream, service, nesting.Uncompared))
            {
                yield return observation;
            }
        }
    }

    /// <summary>What is in one of the wider patterns or not: whoever has rights on a wider one has them on this, possibly.</summary>
    private IEnumerable<Observation> Uncompared(string stream, string service, IReadOnlyList<string> inner)
    {
        _uncompared.Add(service);
        report.Warn($"account {ids.Account} names so many patterns of `{service}` that {inner.Count} of them were not compared with every wider one: rights on the wider are carried over to these as possible only");
        var all = ids.Uncompared(service);
        yield return AccountFacts.Node(stream, all, NodeKinds.Resource, $"patterns of {service} that were not compared", "");
        yield return AccountFacts.Edge(stream, EdgeKinds.InSystem, all, ids.System, null, []);
        foreach (var node in inner)
        {
            yield return AccountFacts.Edge(stream, EdgeKinds.Contains, all, node, null, []);
        }
    }

    private bool IsWide(string pattern) => Glob.HasWildcard(pattern) || _variable.Contains(pattern);

    /// <summary>With any text in the place of a policy variable.</summary>
    private string Unbound(string pattern) => _variable.Contains(pattern) ? PolicyReading.Resource(pattern, variables: true).Pattern.Replace(PolicyReading.UsernameMark, '*') : pattern;

    private SortedDictionary<string, string> Service(string service)
    {
        if (!_services.TryGetValue(service, out var patterns))
        {
            _services.Add(service, patterns = new(StringComparer.Ordinal));
        }

        return patterns;
    }
}

/// <summary>What a pattern means.</summary>
/// <param name="Node">Node id.</param>
/// <param name="Foreign">Whether it is another account's: that one's side was not read.</param>
/// <param name="Wide">The service under which the pattern may take in others; null where it takes in none, or all of the account.</param>
internal readonly record struct NamedResource(string Node, bool Foreign, string? Wide);
