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
    /// <summary>Comparisons of patterns with each other in one service.</summary>
    private const long MostComparisons = 4_000_000;

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _services = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _foreign = new(StringComparer.Ordinal);

    /// <summary>Node id of what a pattern means, and whether it is another account's: that one's side was not read.</summary>
    public (string Node, bool Foreign) Of(string service, string pattern)
    {
        var arn = Arn.Parse(pattern);
        if (arn is { } parts && Arn.IsAccountId(parts.Account) && parts.Account != ids.Account)
        {
            _foreign.Add(parts.Account);
            var other = new AwsIds(ids.Partition, parts.Account);
            Service(parts.Service).TryAdd(pattern, other.Resource(pattern));
            return (other.Resource(pattern), true);
        }

        if (pattern == "*" || Glob.IsMatch(pattern, $"arn:{ids.Partition}:{service}:*:{ids.Account}:*") || Glob.IsMatch(pattern, $"arn:{ids.Partition}:{service}:::*"))
        {
            Service(service);
            return (ids.Service(service), false);
        }

        var of = Service(arn is { Service: { Length: > 0 } named } && !Glob.HasWildcard(named) ? named : service);
        of.TryAdd(pattern, ids.Resource(pattern));
        return (ids.Resource(pattern), false);
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

            foreach (var (outer, inner) in Nested(service, patterns))
            {
                yield return AccountFacts.Edge(stream, EdgeKinds.Contains, outer, inner, null, []);
            }
        }
    }

    private SortedDictionary<string, string> Service(string service)
    {
        if (!_services.TryGetValue(service, out var patterns))
        {
            _services.Add(service, patterns = new(StringComparer.Ordinal));
        }

        return patterns;
    }

    /// <summary>Patterns that take in others, as far as comparing them all is not too much.</summary>
    private IEnumerable<(string Outer, string Inner)> Nested(string service, SortedDictionary<string, string> patterns)
    {
        var wide = patterns.Where(pattern => Glob.HasWildcard(pattern.Key)).ToArray();
        if ((long)wide.Length * patterns.Count > MostComparisons)
        {
            report.Warn($"account {ids.Account} names {patterns.Count} patterns of `{service}`: which take in which others was not worked out, so rights on the wider are not carried over to the narrower");
            yield break;
        }

        foreach (var outer in wide)
        {
            foreach (var inner in patterns)
            {
                if (inner.Value != outer.Value && Glob.IsMatch(outer.Key, inner.Key))
                {
                    yield return (outer.Value, inner.Value);
                }
            }
        }
    }
}
