using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// The resources that policies name: a service of the account as a whole, and each pattern as one Resource inside it. Nothing is spread
/// out over the resources that a pattern means: rights on it are rights on what it contains. Ids are made where they are told: patterns
/// are many.
/// </summary>
internal sealed class ResourceRegistry(AccountModel account, ImportReport report)
{
    private readonly AwsIds _ids = account.Ids;
    private readonly Dictionary<string, NamedService> _services = new(StringComparer.Ordinal);
    private readonly Chunks<NamedPattern> _patterns = new();
    private readonly SortedSet<string> _foreign = new(StringComparer.Ordinal);
    private readonly HashSet<string> _variable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uncompared = new(StringComparer.Ordinal);
    private NamedService? _last;

    /// <summary>Services some of whose patterns were too many to be compared; known once <see cref="State"/> was read to its end.</summary>
    public bool IsUncompared(string service) => _uncompared.Contains(service);

    public bool HasUncompared => _uncompared.Count > 0;

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

        var named = Service(service);
        if ((!named.Own.TryGetValue(pattern, out var number) || number < 0) && !named.Numbers.TryGetValue(pattern, out number))
        {
            number = Number(named, pattern);
            (number >= 0 && _patterns[number].Service == named.Name ? named.Own : named.Numbers)[pattern] = number;
        }

        var found = number < 0 ? default : _patterns[number];
        return number < 0
            ? new(named.Whole, number, false, null)
            : new(null, number, found.IsForeign, IsWide(pattern) ? found.Service : null);
    }

    /// <summary>Its node id.</summary>
    public string NodeOf(NamedResource resource) => resource.Node ?? NodeOf(_patterns[resource.Number]);

    public IEnumerable<Observation> State(string stream)
    {
        foreach (var other in _foreign)
        {
            yield return AccountFacts.Node(stream, new AwsIds(_ids.Partition, other).System, NodeKinds.System, null, account.Evidence, null, AccountFacts.Text(P.Category, "cloud"));
        }

        var byService = Enumerable.Range(0, _patterns.Count).ToLookup(number => _patterns[number].Service, StringComparer.Ordinal);
        foreach (var service in _services.Values.Where(service => service.IsNamed).OrderBy(service => service.Name, StringComparer.Ordinal))
        {
            yield return AccountFacts.Node(stream, service.Whole, NodeKinds.Resource, $"{service.Name} of {_ids.Account}", account.Evidence, null, service.Name is "secretsmanager" ? [AccountFacts.Text(P.StoreKind, "vault")] : []);
            yield return AccountFacts.Edge(stream, EdgeKinds.InSystem, service.Whole, _ids.System, null, account.Evidence);
            var patterns = byService[service.Name].ToArray();
            Array.Sort(patterns, (one, other) => string.CompareOrdinal(_patterns[one].Pattern, _patterns[other].Pattern));
            foreach (var number in patterns)
            {
                var pattern = _patterns[number];
                var node = NodeOf(pattern);
                yield return AccountFacts.Node(stream, node, NodeKinds.Resource, pattern.Pattern, account.Evidence);
                yield return AccountFacts.Edge(stream, EdgeKinds.InSystem, node, pattern.IsForeign ? AccountOf(pattern).System : _ids.System, null, account.Evidence);
                if (!pattern.IsForeign)
                {
                    yield return AccountFacts.Edge(stream, EdgeKinds.Contains, service.Whole, node, null, account.Evidence);
                }
            }

            foreach (var observation in Nested(stream, service.Name, patterns))
            {
                yield return observation;
            }
        }
    }

    private IEnumerable<Observation> Nested(string stream, string service, int[] patterns)
    {
        var nesting = new PatternNesting(patterns.Index().Where(each => IsWide(_patterns[each.Item].Pattern)).Select(each => (Unbound(_patterns[each.Item].Pattern), each.Index)));
        foreach (var (outer, inner) in nesting.Pairs(patterns.Select(number => _patterns[number].Pattern)))
        {
            yield return AccountFacts.Edge(stream, EdgeKinds.Contains, NodeOf(_patterns[patterns[outer]]), NodeOf(_patterns[patterns[inner]]), null, account.Evidence);
        }

        foreach (var observation in nesting.Uncompared.Count == 0 ? [] : Uncompared(stream, service, [.. nesting.Uncompared.Select(inner => NodeOf(_patterns[patterns[inner]]))]))
        {
            yield return observation;
        }
    }

    /// <summary>What is in one of the wider patterns or not: whoever has rights on a wider one has them on this, possibly.</summary>
    private IEnumerable<Observation> Uncompared(string stream, string service, IReadOnlyList<string> inner)
    {
        _uncompared.Add(service);
        report.Warn($"account {_ids.Account} names so many patterns of `{service}` that {inner.Count} of them were not compared with every wider one: rights on the wider are carried over to these as possible only");
        var all = _ids.Uncompared(service);
        yield return AccountFacts.Node(stream, all, NodeKinds.Resource, $"patterns of {service} that were not compared", account.Evidence);
        yield return AccountFacts.Edge(stream, EdgeKinds.InSystem, all, _ids.System, null, account.Evidence);
        foreach (var node in inner)
        {
            yield return AccountFacts.Edge(stream, EdgeKinds.Contains, all, node, null, account.Evidence);
        }
    }

    /// <summary>Position of the pattern; −1: it means all of the service in the account.</summary>
    private int Number(NamedService service, string pattern)
    {
        var owner = Arn.AccountOf(pattern);
        if (Arn.IsAccountId(owner) && !owner.SequenceEqual(_ids.Account))
        {
            _foreign.Add(new string(owner));
            return Add(Arn.Parse(pattern)!.Value.Service, pattern, true);
        }

        if (pattern == "*" || (Glob.HasWildcard(pattern) && (Glob.IsMatch(pattern, service.Everywhere) || Glob.IsMatch(pattern, service.Nowhere))))
        {
            service.IsNamed = true;
            return -1;
        }

        return Add(Arn.Parse(pattern) is { Service: { Length: > 0 } named } && !Glob.HasWildcard(named) ? named : service.Name, pattern, false);
    }

    private int Add(string name, string pattern, bool foreign)
    {
        var service = Service(name);
        service.IsNamed = true;
        if (!service.Own.TryGetValue(pattern, out var number))
        {
            number = _patterns.Count;
            service.Own.Add(pattern, ~number);
            _patterns.Add(new(pattern, service.Name, foreign));
        }

        return number < 0 ? ~number : number;
    }

    private NamedService Service(string name)
    {
        if (_last is not null && _last.Name == name)
        {
            return _last;
        }

        if (!_services.TryGetValue(name, out var service))
        {
            _services.Add(name, service = new NamedService(name, _ids));
        }

        return _last = service;
    }

    private string NodeOf(NamedPattern pattern) => (pattern.IsForeign ? AccountOf(pattern) : _ids).Resource(pattern.Pattern);

    private AwsIds AccountOf(NamedPattern pattern) => new(_ids.Partition, new string(Arn.AccountOf(pattern.Pattern)));

    private bool IsWide(string pattern) => Glob.HasWildcard(pattern) || (_variable.Count > 0 && _variable.Contains(pattern));

    /// <summary>With any text in the place of a policy variable.</summary>
    private string Unbound(string pattern) =>
        _variable.Contains(pattern) ? PolicyReading.Resource(pattern, variables: true).Pattern.Replace(PolicyReading.UsernameMark, '*') : pattern;

    private readonly record struct NamedPattern(string Pattern, string Service, bool IsForeign);

    /// <summary>A service and the patterns named with its actions.</summary>
    private sealed class NamedService(string name, AwsIds ids)
    {
        public string Name { get; } = name;

        public string Whole { get; } = ids.Service(name);

        /// <summary>A pattern that takes it in takes in the service in every region.</summary>
        public string Everywhere { get; } = $"arn:{ids.Partition}:{name}:*:{ids.Account}:*";

        /// <summary>The same where ARNs of the service name neither region nor account.</summary>
        public string Nowhere { get; } = $"arn:{ids.Partition}:{name}:::*";

        /// <summary>Positions of patterns that are named with its actions and are another service's, or mean all of it.</summary>
        public Dictionary<string, int> Numbers { get; } = new(StringComparer.Ordinal);

        /// <summary>Positions of patterns of the service itself; the complement of those that only others named so far.</summary>
        public Dictionary<string, int> Own { get; } = new(StringComparer.Ordinal);

        public bool IsNamed { get; set; }
    }
}

/// <summary>What a pattern means.</summary>
/// <param name="Node">Its node id where it is not a pattern; null: <see cref="ResourceRegistry.NodeOf(NamedResource)"/> makes it.</param>
/// <param name="Number">Tells it from others; of no pattern below zero.</param>
/// <param name="Foreign">Whether it is another account's: that one's side was not read.</param>
/// <param name="Wide">The service under which the pattern may take in others; null where it takes in none, or all of the account.</param>
internal readonly record struct NamedResource(string? Node, int Number, bool Foreign, string? Wide);
