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

/// <summary>On which of the account's own objects a holder may take an action.</summary>
/// <param name="index">Shared by every action of the account.</param>
internal sealed class Targets(StatementIndex index)
{
    private readonly Dictionary<string, TargetGroup[]> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(TargetGroup Group, string Ways), TargetGroup> _also = [];
    private readonly Dictionary<(TargetGroup One, TargetGroup Other), bool> _meet = [];

    /// <param name="holder">Who acts.</param>
    /// <param name="action">`iam:CreateAccessKey`.</param>
    /// <param name="kind">Names <paramref name="candidates"/>.</param>
    /// <param name="candidates">ARNs that the action may be about.</param>
    /// <param name="context">Condition keys whose value is certain.</param>
    public IReadOnlyList<TargetGroup> Of(Holder holder, string action, string kind, IReadOnlyDictionary<string, string>? candidates, IReadOnlyDictionary<string, string> context)
    {
        var (set, key) = index.Of(holder, action);
        if (candidates is null || candidates.Count == 0 || !set.Identity.Any(document => document.Statements.Any(statement => !statement.Denies)))
        {
            return [];
        }

        key = $"{action} {kind} {string.Join(' ', context.Values)} {key}";
        if (!_known.TryGetValue(key, out var groups))
        {
            _known.Add(key, groups = [.. Decide(holder, action, set, candidates, context)]);
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

    private static IEnumerable<TargetGroup> Decide(Holder holder, string action, PolicySet set, IReadOnlyDictionary<string, string> candidates, IReadOnlyDictionary<string, string> context)
    {
        Dictionary<string, (Outcome Outcome, List<string> Arns)> groups = new(StringComparer.Ordinal);
        foreach (var arn in Named(set, candidates))
        {
            var outcome = set.Decide(new IamRequest(holder.Arn, action, arn) { Context = context });
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

    /// <summary>What the statements name, where they name it without wildcards; else every candidate.</summary>
    private static IEnumerable<string> Named(PolicySet set, IReadOnlyDictionary<string, string> candidates)
    {
        HashSet<string> named = new(StringComparer.Ordinal);
        foreach (var statement in set.Identity.SelectMany(document => document.Statements).Where(statement => !statement.Denies))
        {
            if (statement.Problem is not null || statement.ResourcesExcluded || statement.Resources is not { } resources
                || resources.Any(resource => resource.HasUsername || resource.HasVariable || Glob.HasWildcard(resource.Pattern)))
            {
                return candidates.Keys;
            }

            named.UnionWith(resources.Select(resource => resource.Pattern).Where(candidates.ContainsKey));
        }

        return named;
    }
}
