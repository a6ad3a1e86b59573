using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Graphs of 5 to 40 nodes: chains along which rules fire, crossed by edges thrown in anywhere, told by one or several sources in one
/// or several runs. Everything follows from one number.
/// </summary>
internal sealed class EstateGenerator
{
    private static readonly string[] s_kinds =
    [
        "Account", "Account", "Account", "Account", "ServiceIdentity", "ServiceIdentity", "ServiceIdentity", "Agent", "Credential", "Credential", "Credential", "Credential", "Credential", "Application", "Connector", "Workflow", "OAuthGrant",
        "OAuthGrant", "Assignment", "Group", "Group", "Role", "Entitlement", "Entitlement", "Scope", "Scope", "System", "System", "Resource", "Resource", "Resource", "Tenant", "Organization", "Person", "Person", "Employment", "Policy", "Step",
        "Exposure", "Team", "BusinessProcess", "LifecycleEvent",
    ];

    private static readonly HashSet<string> s_enough = [.. s_kinds];

    /// <summary>Edge kinds thrown in; those that feed rules and liveness most often.</summary>
    private static readonly EdgeKind[] s_edges =
    [
        .. EdgeKind.All.Where(kind => kind.Name is not ("OBSERVED_BY" or "EVIDENCED_BY") && kind.To.Any(to => s_enough.Contains(to.Name)) && (kind.From.Count == 0 || kind.From.Any(from => s_enough.Contains(from.Name)))),
    ];

    private readonly Random _random;
    private readonly List<(string Id, string Kind)> _nodes = [];
    private readonly List<JsonObject> _edges = [];

    private EstateGenerator(int number) => _random = new Random(number);

    /// <summary>Estates of at most so many nodes, not counting those that only edges name.</summary>
    public static Arbitrary<RandomEstate> UpTo(int largest) => Arb.From(Gen.Choose(0, int.MaxValue).Select(number => Generate(number, largest)), EstateShrinker.Smaller);

    public static RandomEstate Generate(int number, int largest = 40) => new EstateGenerator(number).Generate(largest);

    private RandomEstate Generate(int largest)
    {
        var size = _random.Next(5, largest + 1);
        Chains(size);
        while (_nodes.Count < size)
        {
            Make(Pick(s_kinds));
        }

        for (var noise = _random.Next(size); noise > 0; noise--)
        {
            Noise();
        }

        foreach (var _ in Enumerable.Range(0, _random.Next(3)))
        {
            _edges.Add(Edge(EdgeKinds.OwnedBy, Pick(_nodes).Id, _random.Next(4) == 0 ? "text:somebody" : Pick(_nodes.Where(node => node.Kind is "Person" or "Group" or "Account").DefaultIfEmpty(_nodes[0]).ToList()).Id));
        }

        var nodes = _nodes.Where(_ => _random.Next(60) > 0).Select(node => new JsonObject { ["node"] = node.Id, ["kind"] = node.Kind, ["props"] = EstateWords.OfNode(_random, node.Kind, node.Id) });
        var tellers = new EstateTeller(_random);
        var runs = tellers.Tell([.. nodes, .. _edges]);
        return new RandomEstate(runs, Question(runs));
    }

    private EstateQuestion Question(IReadOnlyList<IReadOnlyList<JsonObject>> runs)
    {
        var latest = runs.Max(run => Rfc(run[0]["startedAt"]!.GetValue<string>()));
        var asOf = _random.Next(4) switch { 0 => EstateWords.Day.AddDays(_random.Next(-60, 60)), 1 => latest, _ => latest.AddHours(_random.Next(1, 72)) };
        var known = _random.Next(5) == 0 ? Rfc(Pick(runs)[0]["recordedAt"]!.GetValue<string>()) : EstateWords.Day.AddYears(5);
        var persons = _nodes.Where(node => node.Kind == "Person").ToList();
        var profile = _random.Next(8) switch { 0 or 1 => "Insider", 2 => "VendorInfra(v)", 3 when persons.Count > 0 => "Leaver:" + Pick(persons).Id, _ => "ExternalBearer" };
        var seeds = _nodes.Where(node => node.Kind is not ("Employment" or "Tenant" or "Team" or "BusinessProcess" or "LifecycleEvent" or "Scope" or "Entitlement" or "Policy" or "Role" or "Group" or "Assignment")).ToList();
        seeds = seeds.Count == 0 ? [_nodes[0]] : seeds;
        var first = seeds[0].Id;
        var chosen = Enumerable.Range(0, _random.Next(1, 4)).Select(number => number == 0 && _random.Next(4) > 0 ? first : Pick(seeds).Id).Distinct().ToList();
        return new EstateQuestion(asOf, known, profile, chosen);

        static DateTimeOffset Rfc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Walks along rules from node to node, sometimes going on from an earlier one.</summary>
    private void Chains(int size)
    {
        for (var chain = _random.Next(1, 4); chain > 0 && _nodes.Count < size; chain--)
        {
            var at = _nodes.Count > 0 && _random.Next(2) == 0 ? Pick(_nodes) : Make(Pick(EstateChains.Starts));
            for (var length = _random.Next(2, 9); length > 0 && _nodes.Count < size; length--)
            {
                if (EstateChains.From(at.Kind) is not { Count: > 0 } ways)
                {
                    break;
                }

                at = Follow(at, Pick(ways));
            }
        }
    }

    private (string Id, string Kind) Follow((string Id, string Kind) at, string way)
    {
        // "CAN_ASSUME>ServiceIdentity" leaves the node, "HELD_BY<Credential" enters it; further edges hang behind it in the same words.
        foreach (var word in way.Split(' '))
        {
            var mark = word.IndexOfAny(['>', '<']);
            var kind = EdgeKinds.All.First(kind => kind.Name == word[..mark]);
            var wanted = Pick(word[(mark + 1)..].Split(','));
            var known = _nodes.Where(node => node.Kind == wanted && node != at).ToList();
            var next = known.Count > 0 && _random.Next(4) == 0 ? Pick(known) : Make(wanted);
            _edges.Add(word[mark] == '>' ? Edge(kind, at.Id, next.Id) : Edge(kind, next.Id, at.Id));
            at = next;
        }

        return at;
    }

    private void Noise()
    {
        var kind = Pick(s_edges);
        var from = _nodes.Where(node => kind.From.Count == 0 || kind.From.Any(allowed => allowed.Name == node.Kind)).ToList();
        var to = _nodes.Where(node => kind.To.Any(allowed => allowed.Name == node.Kind)).ToList();
        if (from.Count > 0 && to.Count > 0)
        {
            _edges.Add(Edge(kind, Pick(from).Id, Pick(to).Id));
        }
    }

    private JsonObject Edge(EdgeKind kind, string of, string to)
    {
        var edge = new JsonObject { ["edge"] = kind.Name, ["of"] = of, ["to"] = to, ["props"] = EstateWords.OfEdge(_random, kind.Name, Any) };
        if (_random.Next(25) == 0)
        {
            edge["key"] = "k" + _random.Next(2);
        }

        return edge;

        string? Any(string wanted) => _nodes.Where(node => node.Kind == wanted).Select(node => node.Id).DefaultIfEmpty().ToList() is var ids ? ids[_random.Next(ids.Count)] : null;
    }

    private (string Id, string Kind) Make(string kind)
    {
        var made = ($"{kind[..3].ToLowerInvariant()}{_nodes.Count}", kind);
        _nodes.Add(made);
        return made;
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
