using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>Holders whose policies, boundary and organization say the same of every action that is asked for.</summary>
/// <param name="index">Finds what decides an action.</param>
/// <param name="first">One of them.</param>
/// <param name="allowed">Actions that a policy of its own may allow.</param>
/// <param name="name">The holder's node where its name decides, which makes it the only one; else null.</param>
internal sealed class AlikeHolders(StatementIndex index, Holder first, ActionSet allowed, string? name)
{
    private readonly Dictionary<string, Deciding> _actions = new(StringComparer.Ordinal);

    public Holder First => first;

    public string? Name => name;

    /// <summary>Whether its own policies may allow one of the actions at all.</summary>
    public bool MayAny(ActionSet actions) => allowed.Meets(actions);

    /// <summary>Whether its own policies may allow all of them.</summary>
    public bool May(ActionSet actions) => allowed.Contains(actions);

    public Deciding On(string action)
    {
        if (!_actions.TryGetValue(action, out var deciding))
        {
            _actions.Add(action, deciding = index.Decide(this, action));
        }

        return deciding;
    }

    /// <summary>Policies of one of them that are about any action that is asked for.</summary>
    public IEnumerable<HeldPolicy> Policies(Holder holder) => holder.Policies.Where(policy => index.IsDecisive(policy.Document));
}

/// <summary>What decides one action, shared by all whose statements about it say the same; and what was decided.</summary>
internal sealed class Deciding(string action, PolicySet set)
{
    public string Action { get; } = action;

    public PolicySet Set { get; } = set;

    /// <summary>Whether it is allowed on some resource; null: not decided yet.</summary>
    public Outcome? Somewhere { get; set; }

    /// <summary>On what it is allowed, by the name of the candidates and what is known of the request.</summary>
    public Dictionary<(string Candidates, string Context), TargetGroup[]> Targets { get; } = [];

    /// <summary>Whether it is allowed together with others on one resource.</summary>
    public Dictionary<OtherActions, Outcome> OnOne { get; } = [];
}

/// <summary>What decides other actions.</summary>
internal sealed record OtherActions(Deciding? First, Deciding? Second);

/// <summary>Equal where the same statements in the same order decide an action.</summary>
internal sealed class DecidingKey(string action, string? name, int[] says) : IEquatable<DecidingKey>
{
    /// <summary>Stand between the numbers of statements.</summary>
    public const int Boundary = -1;

    public const int Level = -2;

    public const int Document = -3;

    private readonly string _action = action;
    private readonly string? _name = name;
    private readonly int[] _says = says;

    public bool Equals(DecidingKey? other) => other is not null && _action == other._action && _name == other._name && _says.AsSpan().SequenceEqual(other._says);

    public override bool Equals(object? obj) => Equals(obj as DecidingKey);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_action, StringComparer.Ordinal);
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(_says));
        return hash.ToHashCode();
    }
}

/// <summary>Statements that say the same of resources and conditions, whatever actions they are about.</summary>
internal sealed class SameSaying : IEqualityComparer<PolicyStatement>
{
    public static SameSaying Instance { get; } = new();

    public bool Equals(PolicyStatement? x, PolicyStatement? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null && x.Denies == y.Denies && x.ResourcesExcluded == y.ResourcesExcluded && (x.Problem is null) == (y.Problem is null)
            && Same(x.Resources, y.Resources) && SameConditions(x.Conditions, y.Conditions));

    public int GetHashCode(PolicyStatement obj)
    {
        var hash = default(HashCode);
        hash.Add(obj.Denies);
        hash.Add(obj.ResourcesExcluded);
        hash.Add(obj.Problem is null);
        hash.Add(obj.Conditions.Count);
        foreach (var resource in obj.Resources ?? [])
        {
            hash.Add(resource.Pattern, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    private static bool Same(IReadOnlyList<ResourcePattern>? one, IReadOnlyList<ResourcePattern>? other) =>
        ReferenceEquals(one, other) || (one is not null && other is not null && one.SequenceEqual(other));

    private static bool SameConditions(IReadOnlyList<PolicyCondition> one, IReadOnlyList<PolicyCondition> other) =>
        ReferenceEquals(one, other) || (one.Count == other.Count && one.Zip(other).All(pair =>
            pair.First.Operator == pair.Second.Operator && pair.First.Key == pair.Second.Key && pair.First.Values.SequenceEqual(pair.Second.Values)));
}
