using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>Users, roles, groups or policies on which an action is allowed in the same ways.</summary>
/// <param name="Outcome">Never denied.</param>
/// <param name="Arns">In the order of the files.</param>
internal sealed record TargetGroup(Outcome Outcome, IReadOnlyList<string> Arns)
{
    private HashSet<string>? _set;

    /// <summary>Equal for groups that are allowed in the same ways.</summary>
    public static string WaysOf(Outcome outcome) => string.Join(';', outcome.Ways.Select(way => string.Join(',', way.Gates) + (way.Unread ? "?" : "")));

    public bool Contains(string arn) => (_set ??= [.. Arns]).Contains(arn);

    public bool Equals(TargetGroup? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>On which of the account's own objects an action is allowed.</summary>
internal sealed class Targets
{
    private readonly Dictionary<(TargetGroup Group, string Ways), TargetGroup> _also = [];
    private readonly Dictionary<(TargetGroup One, TargetGroup Other), bool> _meet = [];

    /// <param name="holder">Who acts, or anybody decided alike.</param>
    /// <param name="deciding">The action.</param>
    /// <param name="candidates">What it may be about.</param>
    /// <param name="context">Condition keys whose value is certain.</param>
    public static IReadOnlyList<TargetGroup> Of(Holder holder, Deciding deciding, Candidates candidates, IReadOnlyDictionary<string, string> context)
    {
        if (candidates.Arns.Count == 0)
        {
            return [];
        }

        var key = (candidates.Name, context.Count == 0 ? "" : string.Join(' ', context.Values));
        if (!deciding.Targets.TryGetValue(key, out var groups))
        {
            deciding.Targets.Add(key, groups = [.. Decide(holder, deciding, candidates, context)]);
        }

        return groups;
    }

    /// <summary>The same targets, allowed where the outcome is too; the same object for the same outcome, so that it can be shared.</summary>
    public TargetGroup Also(TargetGroup group, Outcome outcome)
    {
        var both = group.Outcome.And(outcome);
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
            _meet.Add((one, other), meet = one.Arns.Count < other.Arns.Count ? one.Arns.Any(other.Contains) : other.Arns.Any(one.Contains));
        }

        return meet;
    }

    private static IEnumerable<TargetGroup> Decide(Holder holder, Deciding deciding, Candidates candidates, IReadOnlyDictionary<string, string> context)
    {
        Dictionary<string, (Outcome Outcome, List<string> Arns)> groups = new(StringComparer.Ordinal);
        foreach (var at in candidates.NamedBy(deciding.Set))
        {
            var arn = candidates.Arns[at];
            var outcome = deciding.Set.Decide(new IamRequest(holder.Arn, deciding.Action, arn) { Context = context });
            if (!outcome.IsDenied)
            {
                var ways = TargetGroup.WaysOf(outcome);
                if (!groups.TryGetValue(ways, out var group))
                {
                    groups.Add(ways, group = (outcome, []));
                }

                group.Arns.Add(arn);
            }
        }

        return groups.Values.Select(group => new TargetGroup(group.Outcome, group.Arns));
    }
}
