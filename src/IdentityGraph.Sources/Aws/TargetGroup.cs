using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>Users, roles, groups or policies on which an action is allowed in the same ways.</summary>
/// <param name="Outcome">Never denied.</param>
/// <param name="Arns">In the order of the files.</param>
internal sealed record TargetGroup(Outcome Outcome, ArnChoice Arns)
{
    /// <summary>Equal for groups that are allowed in the same ways.</summary>
    public static string WaysOf(Outcome outcome) => string.Join(';', outcome.Ways.Select(way => way.Text));

    public bool Contains(string arn) => Arns.Contains(arn);

    public bool Equals(TargetGroup? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>On which of the account's own objects an action is allowed.</summary>
/// <param name="standing">The account.</param>
internal sealed class Targets(Standing standing)
{
    /// <summary>Where tags of the role do not reliably decide.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html</remarks>
    private const string Unreliable = "iam:PassRole";

    private readonly Dictionary<(TargetGroup Group, string Ways), TargetGroup> _also = [];
    private readonly Dictionary<(ArnTable Of, string Ways, int Digest), List<TargetGroup>> _same = [];
    private readonly Dictionary<(TargetGroup One, TargetGroup Other), bool> _meet = [];

    /// <param name="holder">Who acts, or anybody decided alike.</param>
    /// <param name="deciding">The action.</param>
    /// <param name="candidates">What it may be about.</param>
    /// <param name="context">Condition keys whose value is certain.</param>
    public IReadOnlyList<TargetGroup> Of(Holder holder, Deciding deciding, Candidates candidates, IReadOnlyDictionary<string, string> context)
    {
        if (candidates.Arns.Count == 0)
        {
            return [];
        }

        var key = (candidates.Name, context.Count == 0 ? "" : string.Join(' ', context.Values));
        if (!deciding.Targets.TryGetValue(key, out var groups))
        {
            deciding.Targets.Add(key, groups = [.. Decide(holder, deciding, candidates, context).Select(Same)]);
        }

        return groups;
    }

    /// <summary>The same targets, allowed where the outcome is too; the same object for the same outcome, so that it can be shared.</summary>
    public TargetGroup Also(TargetGroup group, Outcome outcome) => As(group, group.Outcome.And(outcome));

    /// <summary>The same targets for one that may open the gate for itself, which nobody knows.</summary>
    public TargetGroup EvenWithout(TargetGroup group, string gate) => As(group, group.Outcome.EvenWithout(gate));

    private TargetGroup As(TargetGroup group, Outcome both)
    {
        var key = (group, TargetGroup.WaysOf(both));
        if (!_also.TryGetValue(key, out var joined))
        {
            _also.Add(key, joined = new TargetGroup(both, group.Arns));
        }

        return joined;
    }

    /// <summary>Whether something is in both.</summary>
    public bool Meet(TargetGroup one, TargetGroup other)
    {
        if (!_meet.TryGetValue((one, other), out var meet))
        {
            _meet.Add((one, other), meet = one.Arns.Meets(other.Arns));
        }

        return meet;
    }

    /// <summary>One group for all that are about the same in the same ways, whoever they were decided for: many who differ in words only share what they can do.</summary>
    private TargetGroup Same(TargetGroup group)
    {
        var key = (group.Arns.Table, TargetGroup.WaysOf(group.Outcome), group.Arns.Digest());
        if (!_same.TryGetValue(key, out var groups))
        {
            _same.Add(key, groups = new(1));
        }

        if (groups.Find(known => known.Arns.Is(group.Arns)) is not { } same)
        {
            groups.Add(same = group);
        }

        return same;
    }

    /// <summary>Those that no statement tells apart are decided by one of them.</summary>
    private IEnumerable<TargetGroup> Decide(Holder holder, Deciding deciding, Candidates candidates, IReadOnlyDictionary<string, string> context)
    {
        Gathering groups = new(candidates.Arns);
        if (candidates.ToldApartBy(deciding.Set) is not { } told)
        {
            for (var index = 0; index < candidates.Arns.Count; index++)
            {
                groups.Add(index, On(index));
            }

            return groups.State();
        }

        var (rest, next) = (OfRest(told, candidates.Arns.Count) is { } one ? On(one) : Outcome.Denied, 0);
        if (told.Length == 0)
        {
            return rest.IsDenied ? [] : [new TargetGroup(rest, candidates.Arns)];
        }

        foreach (var index in rest.IsDenied ? told : Enumerable.Range(0, candidates.Arns.Count))
        {
            var isTold = next < told.Length && told[next] == index;
            next += isTold ? 1 : 0;
            groups.Add(index, isTold ? On(index) : rest);
        }

        return groups.State();

        Outcome On(int index)
        {
            var tags = deciding.Set.AsksResource && deciding.Action != Unreliable ? standing.TagsAt(candidates.Arns.Table, candidates.Arns.At(index)) : null;
            return deciding.Set.Decide(new IamRequest(holder.Arn, deciding.Action, candidates.Arns[index]) { Context = tags is null ? context : Tags.OfResource(context, tags) });
        }
    }

    /// <summary>The first that is not told apart; null: all are.</summary>
    public static int? OfRest(int[] told, int count)
    {
        var first = 0;
        while (first < told.Length && told[first] == first)
        {
            first++;
        }

        return first < count ? first : null;
    }
}

/// <summary>Gathers targets by the ways in which something is allowed on them.</summary>
internal sealed class Gathering(ArnChoice candidates)
{
    private readonly Dictionary<string, (Outcome Outcome, List<int> Positions)> _groups = new(StringComparer.Ordinal);
    private Outcome? _last;
    private List<int>? _lastGroup;

    /// <summary>In ascending order of the index.</summary>
    public void Add(int index, Outcome outcome)
    {
        if (outcome.IsDenied)
        {
            return;
        }

        if (!ReferenceEquals(outcome, _last))
        {
            var ways = TargetGroup.WaysOf(outcome);
            if (!_groups.TryGetValue(ways, out var group))
            {
                _groups.Add(ways, group = (outcome, []));
            }

            (_last, _lastGroup) = (outcome, group.Positions);
        }

        _lastGroup!.Add(candidates.At(index));
    }

    public IEnumerable<TargetGroup> State() =>
        _groups.Values.Select(group => new TargetGroup(group.Outcome, group.Positions.Count == candidates.Count ? candidates : new ArnChoice(candidates.Table, [.. group.Positions])));
}
