using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>What each holder can do to users, roles, groups and policies, by the rows of <see cref="EscalationRows"/>.</summary>
internal sealed class EscalationMapping(Standing standing, Abilities abilities)
{
    private static readonly (EscalationRow Row, ActionSet Action)[] s_rows = [.. EscalationRows.All.Select(row => (row, AskedActions.Of(row.Action)))];

    private readonly TargetGroup _account = new(Outcome.Allowed, [standing.Account.Ids.System]);
    private readonly Dictionary<string, List<string>> _attachedTo = AttachedTo(standing.Account);

    /// <param name="holder">Who acts.</param>
    /// <param name="controls">The users and roles it surely acts as.</param>
    public void Map(Holder holder, Controlled controls)
    {
        var alike = standing.Index.Of(holder);
        foreach (var (row, action) in s_rows)
        {
            foreach (var group in alike.May(action) ? standing.On(holder, row.Action, row.About) : [])
            {
                Gained(holder, row, group, controls);
            }
        }
    }

    /// <summary>Users of which the holder can surely make a credential, and roles it can surely make its own.</summary>
    public IEnumerable<TargetGroup> Taken(Holder holder) =>
        from each in s_rows
        where each.Row.Gain == Gain.Credential && standing.Index.Of(holder).May(each.Action)
        from targets in standing.On(holder, each.Row.Action, each.Row.About)
        where targets.Outcome.IsAllowed
        select targets;

    private void Gained(Holder holder, EscalationRow row, TargetGroup group, Controlled controls)
    {
        switch (row.Gain)
        {
            case Gain.Credential:
                Add(holder, row, group);
                break;
            case Gain.Membership:
                // Only users can be put into a group: a role needs one that it can act as.
                // What takes away from its own policies takes away from the group's too.
                var joins = !holder.IsConstrained && (holder.Identity is IamUser or IamGroup || controls.HasUser(standing.Account));
                Add(holder, row, joins ? group : standing.Targets.Also(group, Outcome.Unknown));
                break;
            case Gain.OwnPolicies:
                Everything(holder, row, group, OwnOf(holder).Any(group.Contains) || controls.Meets(group, standing.Targets));
                break;
            case Gain.AttachedPolicy when group.Arns.Any(_attachedTo.ContainsKey):
                Everything(holder, row, group, group.Arns.Any(arn => _attachedTo.TryGetValue(arn, out var to) && to.Any(own => IsOwn(holder, own, controls))));
                break;
            case Gain.OlderVersion when group.Arns.Any(arn => standing.Account.Policies[arn].HasOtherVersions && _attachedTo.ContainsKey(arn)):
                Everything(holder, row, group, surely: false);
                break;
            case Gain.Unbound when holder.Boundary is not null && group.Arns.Any(arn => arn == holder.Arn):
                Everything(holder, row, group, surely: false);
                break;
        }
    }

    private void Add(Holder holder, EscalationRow row, TargetGroup group) =>
        abilities.Add(new Ability(EscalationRows.EdgeOf(row.Gain), row.Action, group), holder, standing.Because(holder, row.Action, group.Arns[0]));

    /// <summary>All of the account. Where it is not sure that the holder acts as one of them, only possibly.</summary>
    private void Everything(Holder holder, EscalationRow row, TargetGroup group, bool surely)
    {
        var account = standing.Targets.Also(_account, surely && Standing.IsUnbounded(holder) ? group.Outcome : group.Outcome.And(Outcome.Unknown));
        abilities.Add(new Ability(EdgeKinds.CanGrant, row.Action, account), holder, standing.Because(holder, row.Action, group.Arns[0]));
    }

    /// <summary>Itself and its groups: what is written into their policies works for it.</summary>
    private IEnumerable<string> OwnOf(Holder holder) =>
        holder.Identity is IamUser user ? Holder.Groups(standing.Account, user).Select(group => group.Arn).Prepend(holder.Arn) : [holder.Arn];

    private bool IsOwn(Holder holder, string arn, Controlled controls) => OwnOf(holder).Contains(arn) || controls.Contains(arn);

    private static Dictionary<string, List<string>> AttachedTo(AccountModel account)
    {
        Dictionary<string, List<string>> attached = new(StringComparer.Ordinal);
        foreach (var identity in account.Users.Values.Concat<IamIdentity>(account.Roles.Values).Concat(account.Groups.Values))
        {
            foreach (var arn in identity.Attached)
            {
                if (!attached.TryGetValue(arn, out var to))
                {
                    attached.Add(arn, to = []);
                }

                to.Add(identity.Arn);
            }
        }

        return attached;
    }
}
