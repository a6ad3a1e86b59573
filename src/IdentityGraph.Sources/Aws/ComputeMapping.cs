using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Which roles a holder can have code run as, by the rows of <see cref="ComputeRows"/>: only roles that trust the service of the row count.
/// </summary>
internal sealed class ComputeMapping
{
    private readonly Standing _standing;
    private readonly Abilities _abilities;
    private static readonly (ComputeRow Row, ActionSet Actions)[] s_rows =
        [.. ComputeRows.All.Select(row => (row, row.Actions.Aggregate(row.Passes ? AskedActions.Of("iam:PassRole") : default, (all, action) => all | AskedActions.Of(action))))];

    private readonly Dictionary<string, Candidates> _trusting = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, TargetGroup Group), Reason> _reasons = [];
    private readonly Dictionary<string, TargetGroup> _wholes = new(StringComparer.Ordinal);

    public ComputeMapping(Standing standing, Abilities abilities)
    {
        (_standing, _abilities) = (standing, abilities);
        var services = ComputeRows.All.Select(row => row.Service).Distinct(StringComparer.Ordinal).ToArray();
        Dictionary<PolicyDocument, HashSet<string>> trusts = new(ReferenceEqualityComparer.Instance);
        var roles = services.SelectMany(service => new[] { Key(service, false), Key(service, true) }).ToDictionary(key => key, _ => new List<int>(), StringComparer.Ordinal);
        foreach (var (role, holdings) in standing.Account.Roles.Holdings.Index())
        {
            if (!trusts.TryGetValue(holdings.Trust, out var trusted))
            {
                trusts.Add(holdings.Trust, trusted = [.. services.Where(service => !TrustMapping.ByService(holdings.Trust, standing.Account.Ids.Account, service, standing.Account.Known).IsDenied)]);
            }

            foreach (var service in trusted)
            {
                roles[Key(service, false)].Add(role);
                if (holdings.InstanceProfiles.Length > 0)
                {
                    roles[Key(service, true)].Add(role);
                }
            }
        }

        foreach (var (key, positions) in roles)
        {
            _trusting.Add(key, new Candidates(key, new ArnChoice(standing.Account.Roles, [.. positions])));
        }
    }

    public void Map(Holder holder)
    {
        var alike = _standing.Index.Of(holder);
        foreach (var (row, actions) in s_rows)
        {
            if (!alike.May(actions))
            {
                continue;
            }

            var outcome = row.Actions.Aggregate(Outcome.Allowed, (so, action) => so.IsDenied ? so : so.And(_standing.Somewhere(holder, action)));
            if (outcome.IsDenied)
            {
                continue;
            }

            var profiled = row.ByInstanceProfile && !(row.Passes && !_standing.Somewhere(holder, "iam:AddRoleToInstanceProfile").IsDenied);
            var roles = _trusting[Key(row.Service, profiled)];
            var groups = row.Passes
                ? _standing.Among(holder, "iam:PassRole", roles, row.Service)
                : [Whole(row.Service, profiled, roles)];
            foreach (var group in groups.Where(group => group.Arns.Count > 0))
            {
                _abilities.Add(
                    new Ability(EdgeKinds.CanIssueCredential, row.Key, _standing.Targets.Also(group, row.Certain ? outcome : Outcome.Unknown.And(outcome))), holder, Because(row, group));
            }
        }
    }

    private Reason Because(ComputeRow row, TargetGroup group)
    {
        if (!_reasons.TryGetValue((row.Key, group), out var reason))
        {
            _reasons.Add((row.Key, group), reason = row.Passes ? Reason.OnAndOf(group.Arns[0], "iam:PassRole", row.Actions) : Reason.Of(row.Actions));
        }

        return reason;
    }

    private static string Key(string service, bool profile) => profile ? service + " profile" : service;

    private TargetGroup Whole(string service, bool profile, Candidates roles)
    {
        if (!_wholes.TryGetValue(Key(service, profile), out var group))
        {
            _wholes.Add(Key(service, profile), group = new TargetGroup(Outcome.Allowed, roles.Arns));
        }

        return group;
    }
}
