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
    private readonly Dictionary<string, Dictionary<string, string>> _trusting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TargetGroup> _wholes = new(StringComparer.Ordinal);

    public ComputeMapping(Standing standing, Abilities abilities)
    {
        (_standing, _abilities) = (standing, abilities);
        foreach (var row in ComputeRows.All)
        {
            foreach (var profile in new[] { false, true })
            {
                _trusting.TryAdd(Key(row.Service, profile), standing.Account.Roles.Values
                    .Where(role => !TrustMapping.ByService(role, row.Service).IsDenied && (!profile || role.InstanceProfiles.Count > 0))
                    .ToDictionary(role => role.Arn, role => role.Arn, StringComparer.Ordinal));
            }
        }
    }

    public void Map(Holder holder)
    {
        foreach (var row in ComputeRows.All)
        {
            var outcome = row.Actions.Aggregate(Outcome.Allowed, (so, action) => so.IsDenied ? so : so.And(_standing.Somewhere(holder, action)));
            if (outcome.IsDenied)
            {
                continue;
            }

            var profiled = row.ByInstanceProfile && !(row.Passes && !_standing.Somewhere(holder, "iam:AddRoleToInstanceProfile").IsDenied);
            var roles = _trusting[Key(row.Service, profiled)];
            var groups = row.Passes
                ? _standing.Among(holder, "iam:PassRole", Key(row.Service, profiled), roles, new Dictionary<string, string> { ["iam:passedtoservice"] = row.Service })
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

    private TargetGroup Whole(string service, bool profile, Dictionary<string, string> roles)
    {
        if (!_wholes.TryGetValue(Key(service, profile), out var group))
        {
            _wholes.Add(Key(service, profile), group = new TargetGroup(Outcome.Allowed, [.. roles.Keys]));
        }

        return group;
    }
}
