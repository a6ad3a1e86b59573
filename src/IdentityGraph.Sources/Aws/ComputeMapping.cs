using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

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
    private readonly Dictionary<string, TargetGroup> _wholes = new(StringComparer.Ordinal);

    public ComputeMapping(Standing standing, Abilities abilities)
    {
        (_standing, _abilities) = (standing, abilities);
        var services = ComputeRows.All.Select(row => row.Service).Distinct(StringComparer.Ordinal).ToArray();
        Dictionary<PolicyDocument, HashSet<string>> trusts = new(ReferenceEqualityComparer.Instance);
        var roles = services.SelectMany(service => new[] { Key(service, false), Key(service, true) }).ToDictionary(key => key, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var role in standing.Account.Roles.Values)
        {
            if (!trusts.TryGetValue(role.Trust.Document, out var trusted))
            {
                trusts.Add(role.Trust.Document, trusted = [.. services.Where(service => !TrustMapping.ByService(role, service, standing.Account.Known).IsDenied)]);
            }

            foreach (var service in trusted)
            {
                roles[Key(service, false)].Add(role.Arn);
                if (role.InstanceProfiles.Count > 0)
                {
                    roles[Key(service, true)].Add(role.Arn);
                }
            }
        }

        foreach (var (key, arns) in roles)
        {
            _trusting.Add(key, new Candidates(key, arns));
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
                ? _standing.Among(holder, "iam:PassRole", roles, new Dictionary<string, string>(_standing.Account.Known) { ["iam:passedtoservice"] = row.Service })
                : [Whole(row.Service, profiled, roles)];
            foreach (var group in groups.Where(group => group.Arns.Count > 0))
            {
                var key = string.Join(" + ", row.Passes ? ["iam:PassRole", .. row.Actions] : row.Actions);
                _abilities.Add(
                    new Ability(EdgeKinds.CanIssueCredential, key, _standing.Targets.Also(group, row.Certain ? outcome : Outcome.Unknown.And(outcome))),
                    holder,
                    [.. row.Passes ? _standing.Because(holder, "iam:PassRole", group.Arns[0]).Take(1) : [], .. row.Actions.SelectMany(action => _standing.Because(holder, action).Take(1))]);
            }
        }
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
