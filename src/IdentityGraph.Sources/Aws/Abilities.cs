using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>What somebody can do to each of some targets.</summary>
/// <param name="Kind">CAN_ISSUE_CREDENTIAL, CAN_GRANT, CAN_PROVISION or CAN_ASSUME.</param>
/// <param name="Key">The actions it takes.</param>
/// <param name="Targets">ARNs and the ways in which it is allowed.</param>
internal sealed record Ability(EdgeKind Kind, string Key, TargetGroup Targets)
{
    /// <summary>Of CAN_GRANT and CAN_PROVISION.</summary>
    public AbilityLimit Limit { get; init; }
}

/// <summary>The highest level that can be given.</summary>
internal enum AbilityLimit : byte
{
    /// <summary>Any.</summary>
    None = 0,

    /// <summary>None at all.</summary>
    Nothing,

    /// <summary>Nobody can tell.</summary>
    Unknown,
}

/// <summary>
/// Gathers who has which ability, and states it: an edge each from a few principals to a few targets; from many to many through one
/// Application that stands for the ability, so that edges grow with principals and targets, not with their product.
/// </summary>
internal sealed class Abilities(AwsIds ids, Func<string, string?> nodeOf)
{
    /// <summary>More edges than this between the same principals and targets go through one node.</summary>
    public const int MostDirect = 1_000;

    private readonly Dictionary<Ability, List<(Holder Holder, string[] Because)>> _held = [];
    private readonly Dictionary<IReadOnlyList<string>, string[]> _nodes = new(ReferenceEqualityComparer.Instance);

    public void Add(Ability ability, Holder holder, IEnumerable<string> because)
    {
        if (!_held.TryGetValue(ability, out var holders))
        {
            _held.Add(ability, holders = []);
        }

        holders.Add((holder, [.. because]));
    }

    public IEnumerable<Observation> State(string stream)
    {
        foreach (var (ability, holders) in _held)
        {
            var targets = NodesOf(ability.Targets.Arns);
            var principals = holders.Where(held => !held.Holder.IsGroup).ToArray();
            var groups = holders.Where(held => held.Holder.IsGroup).ToArray();
            var through = (long)principals.Length * targets.Length > MostDirect ? holders : groups.ToList();
            if (through.Count < holders.Count)
            {
                foreach (var edge in Direct(stream, ability, principals, targets))
                {
                    yield return edge;
                }
            }

            if (through.Count > 0)
            {
                foreach (var observation in Through(stream, ability, through, targets))
                {
                    yield return observation;
                }
            }
        }
    }

    private string[] NodesOf(IReadOnlyList<string> arns)
    {
        if (!_nodes.TryGetValue(arns, out var nodes))
        {
            _nodes.Add(arns, nodes = [.. arns.Select(nodeOf).OfType<string>().Distinct(StringComparer.Ordinal)]);
        }

        return nodes;
    }

    private static IEnumerable<Observation> Direct(string stream, Ability ability, IEnumerable<(Holder Holder, string[] Because)> holders, string[] targets) =>
        from held in holders
        let node = held.Holder.Node
        from target in targets
        where target != node
        from way in ability.Targets.Outcome.Ways.Select((way, index) => (way, index))
        select AccountFacts.Edge(stream, ability.Kind, node, target, Key(ability.Key, way.index), AccountFacts.Because(held.Because), Properties(ability, way.way));

    /// <summary>Everybody of them has the use of a node that has the ability, without conditions: those are on the way to it.</summary>
    private IEnumerable<Observation> Through(string stream, Ability ability, IReadOnlyList<(Holder Holder, string[] Because)> holders, string[] targets)
    {
        var node = ids.Ability($"{ability.Key}/{AwsIds.Digest(ability.Kind.Name + (ability.Limit == AbilityLimit.None ? "" : ability.Limit) + string.Join(' ', targets))}");
        yield return AccountFacts.Node(stream, node, NodeKinds.Application, ability.Key, [], null, AccountFacts.Active);
        var kind = ability.Kind == EdgeKinds.CanAssume ? EdgeKinds.RunsAs : ability.Kind;
        foreach (var target in targets)
        {
            yield return AccountFacts.Edge(stream, kind, node, target, ability.Key, [], MostOf(ability));
        }

        foreach (var (holder, because) in holders)
        {
            var of = holder.Node;
            foreach (var (way, index) in ability.Targets.Outcome.Ways.Select((way, index) => (way, index)))
            {
                yield return AccountFacts.Edge(stream, EdgeKinds.Entitles, of, node, Key(ability.Key, index), AccountFacts.Because(because), [AccountFacts.Text(P.RightLetters, "DU"), AccountFacts.Text(P.Right, ability.Key), .. AccountFacts.Gates(way)]);
            }
        }
    }

    private static KeyValuePair<string, PropertyValue>[] Properties(Ability ability, Way way) =>
        ability.Kind == EdgeKinds.CanAssume ? AccountFacts.Assumption(way) : [.. MostOf(ability), .. AccountFacts.Gates(way)];

    private static KeyValuePair<string, PropertyValue>[] MostOf(Ability ability) => ability.Limit switch
    {
        _ when ability.Kind != EdgeKinds.CanGrant && ability.Kind != EdgeKinds.CanProvision => [],
        AbilityLimit.None => [AccountFacts.Unlimited],
        AbilityLimit.Nothing => [AccountFacts.Text(P.MaxLevel, "L0")],
        _ => [],
    };

    /// <summary>Tells the ways of one ability apart: each is an edge of its own.</summary>
    private static string Key(string key, int way) => way == 0 ? key : $"{key}#{way}";
}
