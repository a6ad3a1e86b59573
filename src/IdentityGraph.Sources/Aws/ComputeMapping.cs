using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Which roles a holder can have code run as, by the rows of <see cref="ComputeRows"/>: only roles that trust the service of the row count, and not those that a service keeps for itself.
/// </summary>
internal sealed class ComputeMapping
{
    private static readonly ActionSet s_passes = AskedActions.Of("iam:PassRole");
    private readonly Standing _standing;
    private readonly Abilities _abilities;
    private static readonly (ComputeRow Row, ActionSet Actions)[] s_rows =
        [.. ComputeRows.All.Select(row => (row, row.Actions.Aggregate(row.Passes ? AskedActions.Of("iam:PassRole") : default, (all, action) => all | AskedActions.Of(action))))];

    private readonly Dictionary<string, TrustingRoles[]> _trusting;

    /// <summary>Rows of services that some role trusts.</summary>
    private readonly (ComputeRow Row, ActionSet Actions)[] _rows;
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Key, TargetGroup Group, string[] Also), Reason> _reasons = [];
    private readonly Dictionary<TrustingRoles, TargetGroup> _wholes = [];
    private readonly OtherServices _others;
    private readonly ProfileMaking _profiles;
    private readonly ImportReport _report;

    /// <param name="standing">The account.</param>
    /// <param name="abilities">Takes what is found.</param>
    /// <param name="others">Finds ways that no row tells of.</param>
    /// <param name="report">Counts who may have a way that no row tells of.</param>
    public ComputeMapping(Standing standing, Abilities abilities, OtherServices others, ImportReport report)
    {
        (_standing, _abilities, _report) = (standing, abilities, report);
        (_others, _profiles) = (others, new ProfileMaking(standing));
        _trusting = Trusting([.. ComputeRows.All.Where(row => !row.ByToken).Select(row => row.Service).Concat(_others.Services).Distinct(StringComparer.OrdinalIgnoreCase)]);
        _rows = [.. s_rows.Where(each => _trusting.ContainsKey(each.Row.ByToken ? Key(each.Row.Service, Trusted.ByToken) : each.Row.Service))];
    }

    public void Map(Holder holder)
    {
        var alike = _standing.Index.Of(holder);
        _told.Clear();
        foreach (var (row, actions) in _rows)
        {
            if (!alike.May(actions) || (row.Else && _told.Contains(row.Service)))
            {
                continue;
            }

            var outcome = row.OnProfile ? _profiles.InOther(holder)
                : row.OnOne ? _standing.OnOne(holder, row.Actions)
                : row.Actions.Aggregate(Outcome.Allowed, (so, action) => so.IsDenied ? so : so.And(_standing.Somewhere(holder, action)));
            if (outcome.IsDenied)
            {
                continue;
            }

            if (row.OnAll)
            {
                var all = _standing.OnEvery(holder, row.Actions[0], $"arn:{_standing.Account.Ids.Partition}:ec2:*:*:*/*");
                outcome = outcome.And(all.IsDenied ? Outcome.Unknown : all);
            }

            Run(holder, row, row.Certain ? outcome : Outcome.Unknown.And(outcome));
            if (!row.ByToken && outcome.Ways.Any(way => way is { Gates.Count: 0, Until: null }))
            {
                _told.Add(row.Service);
            }
        }

        foreach (var (row, action) in alike.May(s_passes) ? _others.For(holder, _told) : [])
        {
            if (Run(holder, row, Outcome.Unknown))
            {
                _report.Warn(
                    $"passed:{_standing.Account.Ids.Account}:{row.Service}",
                    $"`{AccountFiles.Shown(holder.Arn)}` may pass a role to `{AccountFiles.Shown(row.Service)}` and may do there what no known way to run code as a role takes (`{AccountFiles.Shown(action)}`): it is taken to reach the role possibly");
            }
        }
    }

    /// <returns>Whether there is a role for it.</returns>
    private bool Run(Holder holder, ComputeRow row, Outcome outcome)
    {
        if (!row.ByInstanceProfile)
        {
            return Run(holder, row, row.ByToken ? Trusted.ByToken : Trusted.Any, outcome, []);
        }

        // What runs as a role already is a machine of a profile that the role is in.
        var any = Run(holder, row, Trusted.InProfile, outcome, []);
        var (made, actions) = row.Passes ? _profiles.By(holder) : (Outcome.Denied, []);
        return (!made.IsDenied && Run(holder, row, Trusted.InNone, outcome.And(made), actions)) || any;
    }

    private bool Run(Holder holder, ComputeRow row, Trusted by, Outcome outcome, string[] also)
    {
        var any = false;
        foreach (var roles in _trusting.GetValueOrDefault(Key(row.Service, by)) ?? [])
        {
            var so = outcome.And(roles.Outcome);
            foreach (var group in row.Passes ? _standing.Among(holder, "iam:PassRole", roles.Candidates, row.Service) : [Whole(roles)])
            {
                _abilities.Add(new Ability(EdgeKinds.CanIssueCredential, row.Key, _standing.Targets.Also(group, so)), holder, Because(row, group, also));
                any = true;
            }
        }

        return any;
    }

    /// <summary>Roles that can be handed to each of the services, by what their trusts ask for; services that none trusts are left out.</summary>
    private Dictionary<string, TrustingRoles[]> Trusting(string[] services)
    {
        Dictionary<PolicyDocument, (List<int>[] InProfile, List<int>[] InNone)> trusts = new(ReferenceEqualityComparer.Instance);
        Dictionary<string, Dictionary<string, (Outcome Outcome, List<int> Roles)>> found = new(StringComparer.Ordinal);
        foreach (var (role, holdings) in _standing.Account.Roles.Holdings.Index().Where(each => each.Item.Kind != IdentityKind.ServiceLinkedRole))
        {
            if (!trusts.TryGetValue(holdings.Trust, out var lists))
            {
                var trusted = TrustedBy(holdings.Trust, services);
                trusts.Add(holdings.Trust, lists = (Lists(trusted, Trusted.InProfile), Lists(trusted, Trusted.InNone)));
            }

            foreach (var list in holdings.InstanceProfiles.Length > 0 ? lists.InProfile : lists.InNone)
            {
                list.Add(role);
            }
        }

        return found.ToDictionary(
            each => each.Key,
            each => each.Value.Where(ways => ways.Value.Roles.Count > 0).Select(ways => new TrustingRoles(ways.Value.Outcome, new Candidates($"{each.Key} {ways.Key}", new ArnChoice(_standing.Account.Roles, [.. ways.Value.Roles])))).ToArray(),
            StringComparer.Ordinal);

        List<int>[] Lists((string Service, Trusted By, Outcome Outcome)[] trusted, Trusted machines) =>
        [
            .. trusted.Select(each => List(Key(each.Service, each.By), each.Outcome)),
            .. trusted.Where(each => each is { By: Trusted.Any, Service: PassedService.Machines }).Select(each => List(Key(each.Service, machines), each.Outcome)),
        ];

        List<int> List(string key, Outcome outcome)
        {
            if (!found.TryGetValue(key, out var ways))
            {
                found.Add(key, ways = new(StringComparer.Ordinal));
            }

            var text = TargetGroup.WaysOf(outcome);
            if (!ways.TryGetValue(text, out var roles))
            {
                ways.Add(text, roles = (outcome, []));
            }

            return roles.Roles;
        }
    }

    private (string Service, Trusted By, Outcome Outcome)[] TrustedBy(PolicyDocument trust, string[] services)
    {
        var (account, known) = (_standing.Account.Ids.Account, _standing.Account.Known);
        return
        [
            .. services.Select(service => (service, Trusted.Any, Outcome: TrustMapping.ByService(trust, account, service, known))).Where(each => !each.Outcome.IsDenied),
            .. TokenTrust.Services.Select(service => (service, Trusted.ByToken, Outcome: TokenTrust.By(trust, service, known))).Where(each => !each.Outcome.IsDenied),
        ];
    }

    private Reason Because(ComputeRow row, TargetGroup group, string[] also)
    {
        if (!_reasons.TryGetValue((row.Key, group, also), out var reason))
        {
            string[] actions = [.. row.Actions, .. also];
            _reasons.Add((row.Key, group, also), reason = row.Passes ? Reason.OnAndOf(group.Arns[0], "iam:PassRole", actions) : Reason.Of(actions));
        }

        return reason;
    }

    private static string Key(string service, Trusted by) => by switch
    {
        Trusted.InProfile => service + " profile",
        Trusted.InNone => service + " no profile",
        Trusted.ByToken => service + " token",
        _ => service,
    };

    private TargetGroup Whole(TrustingRoles roles)
    {
        if (!_wholes.TryGetValue(roles, out var group))
        {
            _wholes.Add(roles, group = new TargetGroup(Outcome.Allowed, roles.Candidates.Arns));
        }

        return group;
    }

    /// <summary>Roles that a service may be handed in the same ways.</summary>
    private sealed record TrustingRoles(Outcome Outcome, Candidates Candidates);

    /// <summary>How roles trust a service.</summary>
    private enum Trusted
    {
        /// <summary>By its name.</summary>
        Any = 0,

        /// <summary>By its name, and they are in an instance profile.</summary>
        InProfile,

        /// <summary>By its name, and they are in none.</summary>
        InNone,

        /// <summary>By its tokens.</summary>
        ByToken,
    }
}
