using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;
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

    /// <summary>The action for which the trusts of the targets name whoever has it, and are evidence of it; null: they do not.</summary>
    public string? TrustedFor { get; init; }
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
internal sealed class Abilities(Standing standing)
{
    /// <summary>More edges than this between the same principals and targets go through one node.</summary>
    public const int MostDirect = 1_000;

    /// <summary>Holders remembered at a time: few are told of once only.</summary>
    private const int MostKept = 1_024;

    private readonly Dictionary<Ability, Chunks<HeldBy>> _held = [];
    private readonly Dictionary<(Standing Of, int Number), Holder> _holders = [];

    public void Add(Ability ability, Holder holder, Reason reason)
    {
        if (ability.Targets.Outcome.Ways.Any(way => way.Gates.Contains(Changeable.Factor)) && holder.MayEnrol)
        {
            ability = ability with { Targets = standing.Targets.EvenWithout(ability.Targets, Changeable.Factor) };
        }

        if (!_held.TryGetValue(ability, out var holders))
        {
            _held.Add(ability, holders = new());
        }

        holders.Add(new(holder.Standing, holder.Number, reason));
    }

    public IEnumerable<Observation> State(string stream)
    {
        foreach (var (ability, holders) in _held)
        {
            var principals = Each(holders).Count(held => !held.IsGroup);
            var isMany = (long)principals * ability.Targets.Arns.Count > MostDirect;
            foreach (var edge in isMany || principals == 0 ? [] : Direct(stream, ability, Each(holders).Where(held => !held.IsGroup)))
            {
                yield return edge;
            }

            if (isMany || principals < holders.Count)
            {
                foreach (var observation in Through(stream, ability, Each(holders).Where(held => isMany || held.IsGroup)))
                {
                    yield return observation;
                }
            }
        }
    }

    private Holder HolderOf(HeldBy held)
    {
        if (!_holders.TryGetValue((held.Of, held.Number), out var holder))
        {
            if (_holders.Count == MostKept)
            {
                _holders.Clear();
            }

            _holders.Add((held.Of, held.Number), holder = held.Of.Holders[held.Number]);
        }

        return holder;
    }

    private static IEnumerable<HeldBy> Each(Chunks<HeldBy> holders)
    {
        for (var at = 0; at < holders.Count; at++)
        {
            yield return holders[at];
        }
    }

    private IEnumerable<Observation> Direct(string stream, Ability ability, IEnumerable<HeldBy> holders)
    {
        var targets = standing.TargetsOf(ability).ToArray();
        foreach (var held in holders)
        {
            var holder = HolderOf(held);
            IReadOnlyList<EvidenceRef> because = [.. held.Reason.Of(standing, holder).Select(text => new EvidenceRef(text))];
            foreach (var (target, evidence) in targets)
            {
                foreach (var (way, index) in target == holder.Node ? [] : ability.Targets.Outcome.Ways.Select((way, index) => (way, index)))
                {
                    foreach (var edge in AccountFacts.Lasting(AccountFacts.Edge(stream, ability.Kind, holder.Node, target, Key(ability.Key, index), evidence.Count == 0 ? because : [.. evidence, .. because], Properties(ability, way)), way, standing.Account.ReadAt))
                    {
                        yield return edge;
                    }
                }
            }
        }
    }

    /// <summary>Everybody of them has the use of a node that has the ability, without conditions: those are on the way to it.</summary>
    private IEnumerable<Observation> Through(string stream, Ability ability, IEnumerable<HeldBy> holders)
    {
        var node = standing.Account.Ids.Ability($"{ability.Key}/{AwsIds.Digest(standing.TargetsOf(ability).Select(target => target.Node).Prepend(ability.Kind.Name + (ability.Limit == AbilityLimit.None ? "" : ability.Limit)))}");
        yield return AccountFacts.Node(stream, node, NodeKinds.Application, ability.Key, [], null, AccountFacts.Active);
        var kind = ability.Kind == EdgeKinds.CanAssume ? EdgeKinds.RunsAs : ability.Kind;
        foreach (var (target, evidence) in standing.TargetsOf(ability))
        {
            yield return AccountFacts.Edge(stream, kind, node, target, ability.Key, evidence, MostOf(ability));
        }

        foreach (var held in holders)
        {
            var holder = HolderOf(held);
            IReadOnlyList<EvidenceRef> because = [.. held.Reason.Of(standing, holder).Select(text => new EvidenceRef(text))];
            foreach (var (way, index) in ability.Targets.Outcome.Ways.Select((way, index) => (way, index)))
            {
                KeyValuePair<string, PropertyValue>[] gives = [AccountFacts.Text(P.RightLetters, "DU"), AccountFacts.Text(P.Right, ability.Key), .. AccountFacts.Gates(way)];
                foreach (var edge in AccountFacts.Lasting(AccountFacts.Edge(stream, EdgeKinds.Entitles, holder.Node, node, Key(ability.Key, index), because, gives), way, standing.Account.ReadAt))
                {
                    yield return edge;
                }
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

    /// <summary>Somebody who has an ability; who it is, is made where it is told.</summary>
    private readonly record struct HeldBy(Standing Of, int Number, Reason Reason)
    {
        public bool IsGroup => Number >= Of.Holders.Principals;
    }
}
