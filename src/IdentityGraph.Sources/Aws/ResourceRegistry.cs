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
    private readonly PatternTable _patterns = new();
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
        var number = _patterns.Find(service, pattern);
        if ((number < 0 || !_patterns.IsOwn(number)) && !named.Numbers.TryGetValue(pattern, out number))
        {
            number = Number(named, pattern);
            if (number >= 0 && _patterns.IsOf(number, service))
            {
                _patterns.Own(number);
            }
            else
            {
                named.Numbers.Add(pattern, number);
            }
        }

        return number < 0
            ? new(named.Whole, number, false, null)
            : new(null, number, _patterns.IsForeign(number), !IsWide(pattern) ? null : _patterns.IsOf(number, service) ? service : _patterns.ServiceOf(number));
    }

    /// <summary>Its node id.</summary>
    public string NodeOf(NamedResource resource) => resource.Node ?? NodeOf(resource.Number);

    public IEnumerable<Observation> State(string stream)
    {
        foreach (var other in _foreign)
        {
            yield return AccountFacts.Node(stream, new AwsIds(_ids.Partition, other).System, NodeKinds.System, null, account.Evidence, null, AccountFacts.Text(P.Category, "cloud"));
        }

        var byService = ByService();
        foreach (var service in _services.Values.Where(service => service.IsNamed).OrderBy(service => service.Name, StringComparer.Ordinal))
        {
            yield return AccountFacts.Node(stream, service.Whole, NodeKinds.Resource, $"{service.Name} of {_ids.Account}", account.Evidence, null, service.Name is "secretsmanager" ? [AccountFacts.Text(P.StoreKind, "vault")] : []);
            yield return AccountFacts.Edge(stream, EdgeKinds.InSystem, service.Whole, _ids.System, null, account.Evidence);
            int[] patterns = byService.TryGetValue(service.Name, out var numbers) ? [.. numbers] : [];
            Array.Sort(patterns, _patterns.Compare);
            foreach (var number in patterns)
            {
                var (pattern, isForeign) = (_patterns[number], _patterns.IsForeign(number));
                var node = NodeOf(pattern, isForeign);
                yield return AccountFacts.Node(stream, node, NodeKinds.Resource, pattern, account.Evidence);
                yield return AccountFacts.Edge(stream, EdgeKinds.InSystem, node, isForeign ? AccountOf(pattern).System : _ids.System, null, account.Evidence);
                if (!isForeign)
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
        var nesting = new PatternNesting(Wide(patterns));
        foreach (var (outer, inner) in nesting.Pairs(patterns.Select(number => _patterns[number])))
        {
            yield return AccountFacts.Edge(stream, EdgeKinds.Contains, NodeOf(patterns[outer]), NodeOf(patterns[inner]), null, account.Evidence);
        }

        foreach (var observation in nesting.Uncompared.Count == 0 ? [] : Uncompared(stream, service, [.. nesting.Uncompared.Select(inner => NodeOf(patterns[inner]))]))
        {
            yield return observation;
        }
    }

    /// <summary>Those that may take in others, and their positions.</summary>
    /// <param name="patterns">In the order of their texts.</param>
    private IEnumerable<(string Pattern, int At)> Wide(int[] patterns)
    {
        var (before, pattern) = ("", "");
        for (var at = 0; at < patterns.Length; at++)
        {
            (before, pattern) = (pattern, _patterns[patterns[at]]);
            if (IsWide(pattern) && (MayTakeIn(pattern, before) || at + 1 == patterns.Length || MayTakeIn(pattern, _patterns[patterns[at + 1]])))
            {
                yield return (Unbound(pattern), at);
            }
        }
    }

    /// <summary>Whether it may take in any of its neighbours: what ends in its only wildcard takes in what begins like it, which stands next to it.</summary>
    private bool MayTakeIn(string pattern, string neighbour) =>
        pattern.AsSpan().IndexOfAny('*', '?') != pattern.Length - 1 || pattern[^1] != '*' || _variable.Contains(pattern) || neighbour.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1));

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

    /// <summary>Number of the pattern; −1: it means all of the service in the account.</summary>
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
        Service(name).IsNamed = true;
        return _patterns.Add(name, pattern, foreign);
    }

    private Dictionary<string, List<int>> ByService()
    {
        Dictionary<string, List<int>> services = new(StringComparer.Ordinal);
        var (last, list) = ("", new List<int>());
        foreach (var number in _patterns.Numbers)
        {
            if (list.Count == 0 || !_patterns.IsOf(number, last))
            {
                last = _patterns.ServiceOf(number);
                if (!services.TryGetValue(last, out list!))
                {
                    services.Add(last, list = []);
                }
            }

            list.Add(number);
        }

        return services;
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

    private string NodeOf(int number) => NodeOf(_patterns[number], _patterns.IsForeign(number));

    private string NodeOf(string pattern, bool isForeign) => (isForeign ? AccountOf(pattern) : _ids).Resource(pattern);

    private AwsIds AccountOf(string pattern) => new(_ids.Partition, new string(Arn.AccountOf(pattern)));

    private bool IsWide(string pattern) => Glob.HasWildcard(pattern) || (_variable.Count > 0 && _variable.Contains(pattern));

    /// <summary>With any text in the place of a policy variable.</summary>
    private string Unbound(string pattern) =>
        _variable.Contains(pattern) ? PolicyReading.Resource(pattern, variables: true).Pattern.Replace(PolicyReading.UsernameMark, '*') : pattern;

    /// <summary>A service and the patterns named with its actions.</summary>
    private sealed class NamedService(string name, AwsIds ids)
    {
        public string Name { get; } = name;

        public string Whole { get; } = ids.Service(name);

        /// <summary>A pattern that takes it in takes in the service in every region.</summary>
        public string Everywhere { get; } = $"arn:{ids.Partition}:{name}:*:{ids.Account}:*";

        /// <summary>The same where ARNs of the service name neither region nor account.</summary>
        public string Nowhere { get; } = $"arn:{ids.Partition}:{name}:::*";

        /// <summary>Numbers of patterns that are named with its actions and are another service's, or mean all of it.</summary>
        public Dictionary<string, int> Numbers { get; } = new(StringComparer.Ordinal);

        public bool IsNamed { get; set; }
    }
}

/// <summary>What a pattern means.</summary>
/// <param name="Node">Its node id where it is not a pattern; null: <see cref="ResourceRegistry.NodeOf(NamedResource)"/> makes it.</param>
/// <param name="Number">Tells it from others; of no pattern below zero.</param>
/// <param name="Foreign">Whether it is another account's: that one's side was not read.</param>
/// <param name="Wide">The service under which the pattern may take in others; null where it takes in none, or all of the account.</param>
internal readonly record struct NamedResource(string? Node, int Number, bool Foreign, string? Wide);
