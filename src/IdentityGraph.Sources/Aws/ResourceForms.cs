using System.Collections.Frozen;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// What the resources of an action look like: of a pattern in a policy only what lies within is of use to the action. A pattern of another
/// service or account is of none.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html</remarks>
internal static class ResourceForms
{
    private const int Segments = 6;

    /// <summary>Services whose actions are about resources of other services, or of no account of their own.</summary>
    private static readonly FrozenSet<string> s_elsewhere =
        new[] { "apigateway", "ec2-instance-connect", "identitystore", "sso", "sso-directory", "ssm", "sts" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What stands behind the account, by action: those that are surely asked of one resource of each form.</summary>
    private static readonly FrozenDictionary<string, string[]> s_forms = ActionForms.All
        .SelectMany(each => each.Actions.Select(action => (action, each.Form)))
        .GroupBy(each => each.action, each => each.Form, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_ofNothing = ActionForms.OfNothing.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> s_ofIam =
        EscalationRows.All.DistinctBy(row => row.Action).ToFrozenDictionary(row => row.Action, row => row.About, StringComparer.Ordinal);

    /// <summary>What of a pattern that a policy names the action may be about; null: nothing.</summary>
    /// <param name="pattern">As <see cref="ResourcePattern.Pattern"/> has it.</param>
    /// <param name="action">One that is asked for.</param>
    /// <param name="ids">The account.</param>
    public static string? Within(string pattern, string action, AwsIds ids)
    {
        var service = action[..action.IndexOf(':', StringComparison.Ordinal)];
        return s_ofIam.TryGetValue(action, out var kind) ? Within(pattern, OfIam(kind, ids))
            : s_forms.TryGetValue(action, out var forms) ? Within(pattern, Whole(service, forms[0], ids))
            : s_elsewhere.Contains(service) || MayBeOf(pattern, service, ids.Account) ? pattern
            : null;
    }

    /// <summary>What of a pattern the action may be about beside what <see cref="Within(string, string, AwsIds)"/> says, where it is asked of two resources; the action must be allowed on one of each.</summary>
    public static IEnumerable<Func<string, string?>> Beside(string action, AwsIds ids) =>
        s_forms.TryGetValue(action, out var forms) ? forms.Skip(1).Select<string, Func<string, string?>>(form => pattern => Within(pattern, Whole(action[..action.IndexOf(':', StringComparison.Ordinal)], form, ids))) : [];

    /// <summary>Whether the action is asked of no resource: then only a star is about it, and nothing that a Deny names.</summary>
    public static bool IsOfNothing(string action) => s_ofNothing.Contains(action);

    private static bool IsKnown(string action) => s_ofIam.ContainsKey(action) || s_forms.ContainsKey(action) || action.StartsWith("iam:", StringComparison.Ordinal);

    /// <summary>
    /// What a Deny names of which nothing may be left, where it is not known what the action is asked of: patterns with nothing but wildcards in
    /// the place of a name, and everything, where it names what it is not about.
    /// </summary>
    public static string[] WholeKinds(PolicySet set, string action) => IsKnown(action) ? [] :
    [
        .. set.Documents().SelectMany(document => document.Statements)
            .Where(statement => statement is { Denies: true, Problem: null, Resources: not null } && statement.IsAboutAction(action))
            .SelectMany(statement => statement.ResourcesExcluded ? ["*"] : statement.Resources!.Select(resource => resource.Pattern).Where(IsWholeKind)),
    ];

    private static bool IsWholeKind(string pattern)
    {
        if (pattern.Split(':', Segments) is not [_, _, _, var region, _, var resource])
        {
            return true;
        }

        var name = resource.AsSpan(resource.AsSpan().LastIndexOfAny('/', ':') + 1);
        return (region.Length == 0 || Glob.HasWildcard(region)) && (!name.ContainsAnyExcept('*', '?') || (name.Length == resource.Length && name[^1] == '*'));
    }

    /// <summary>Every user, role, group, policy or instance profile of the account.</summary>
    public static string OfIam(string kind, AwsIds ids) => $"arn:{ids.Partition}:iam::{ids.Account}:{kind}/*";

    /// <summary>What both patterns mean, as far as it is one pattern: else the first. Null: no text is meant by both.</summary>
    /// <param name="pattern">Any.</param>
    /// <param name="form">An ARN with a wildcard for segments as a whole, or at the end.</param>
    public static string? Within(string pattern, string form)
    {
        if (Glob.IsMatch(pattern, form))
        {
            return form;
        }

        if (Glob.IsMatch(form, pattern))
        {
            return pattern;
        }

        var parts = pattern.Split(':', Segments);
        if (parts.Length < Segments && !parts[^1].EndsWith('*'))
        {
            return Glob.MayMeet(pattern, form) ? pattern : null;
        }

        var wanted = form.Split(':', Segments);
        for (var at = 0; at < Segments; at++)
        {
            var part = at < parts.Length ? parts[at] : "*";
            if (Glob.IsMatch(wanted[at], part))
            {
                wanted[at] = part;
            }
            else if (!Glob.IsMatch(part, wanted[at]))
            {
                return Glob.MayMeet(part, wanted[at]) && Glob.MayMeet(pattern, form) ? pattern : null;
            }
        }

        return string.Join(':', wanted);
    }

    private static string Whole(string service, string form, AwsIds ids) => $"arn:{ids.Partition}:{service}:*:{ids.Account}:{form}";

    /// <summary>Whether the pattern may mean something of the service, and of the account or of none.</summary>
    private static bool MayBeOf(string pattern, string service, string account)
    {
        var parts = pattern.Split(':', Segments);
        return parts.Length < 3
            || (Glob.MayMeet(parts[2], service) && (parts.Length < Segments || parts[4].Length == 0 || Glob.MayMeet(parts[4], account)))
            || (Glob.HasWildcard(parts[0] + parts[1] + parts[2]) && Glob.MayMeet(pattern, $"arn:*:{service}:*"));
    }
}
