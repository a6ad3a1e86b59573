using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Roles whose trust is for everyone under a condition on the name of who asks: a user that is made anew may have such a name, and needs no
/// policy of its own then.
/// </summary>
/// <param name="standing">The account.</param>
internal sealed class FreeNames(Standing standing)
{
    private readonly Dictionary<string, TargetGroup?> _known = new(StringComparer.Ordinal);
    private (PolicyStatement Allows, List<int> Roles)[]? _trusts;

    /// <summary>Roles that a user with an ARN of one of the patterns may assume, Unknown; null: none.</summary>
    /// <param name="patterns">Of the users that may be made.</param>
    public TargetGroup? For(IReadOnlyList<string> patterns)
    {
        _trusts ??= [.. Trusts()];
        if (_trusts.Length == 0)
        {
            return null;
        }

        var key = string.Join(' ', patterns);
        if (!_known.TryGetValue(key, out var group))
        {
            int[] roles = [.. _trusts.Where(trust => trust.Allows.Conditions.All(condition => MayHold(condition, patterns))).SelectMany(trust => trust.Roles).Distinct().Order()];
            _known.Add(key, group = roles.Length == 0 ? null : new TargetGroup(Outcome.Unknown, new ArnChoice(standing.Account.Roles, roles)));
        }

        return group;
    }

    private IEnumerable<(PolicyStatement Allows, List<int> Roles)> Trusts()
    {
        Dictionary<PolicyStatement, List<int>> trusts = new(ReferenceEqualityComparer.Instance);
        foreach (var (role, holdings) in standing.Account.Roles.Holdings.Index().Where(each => each.Item.Trust.AsksPrincipal))
        {
            foreach (var statement in holdings.Trust.Statements.Where(IsForSome))
            {
                if (!trusts.TryGetValue(statement, out var roles))
                {
                    trusts.Add(statement, roles = []);
                }

                roles.Add(role);
            }
        }

        return trusts.Select(each => (each.Key, each.Value));
    }

    private static bool IsForSome(PolicyStatement statement) =>
        statement is { Denies: false, Problem: null, Principals: { } principals } && principals.Everyone != principals.Excluded && statement.IsAboutAction("sts:AssumeRole")
        && statement.Conditions.Any(condition => RequestKeys.IsOfPrincipal(condition.Key));

    private bool MayHold(PolicyCondition condition, IReadOnlyList<string> patterns)
    {
        var isArn = condition.Key.Equals(RequestKeys.PrincipalArn, StringComparison.OrdinalIgnoreCase);
        if (!isArn && !condition.Key.Equals(RequestKeys.Username, StringComparison.OrdinalIgnoreCase))
        {
            return !ConditionReading.Holds(condition, standing.Account.OfPrincipals).IsDenied;
        }

        return condition.Operator.Contains("Not", StringComparison.OrdinalIgnoreCase)
            || condition.Values.Any(value => patterns.Any(pattern => Glob.MayMeet(value, isArn ? pattern : pattern[(pattern.LastIndexOf('/') + 1)..])));
    }
}
