using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>What each holder can do to users, roles, groups and policies, by the rows of <see cref="EscalationRows"/>.</summary>
internal sealed class EscalationMapping(Standing standing, Abilities abilities)
{
    private static readonly (EscalationRow Row, ActionSet Action)[] s_rows = [.. EscalationRows.All.Select(row => (row, AskedActions.Of(row.Action)))];

    private readonly TargetGroup _account = new(Outcome.Allowed, new ArnChoice(standing.Whole));
    private readonly Attachments _attached = new(standing);
    private readonly Dictionary<(string Action, TargetGroup Group), Reason> _reasons = [];

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
            case Gain.ServiceCredential:
                Add(holder, row, standing.Targets.Also(group, Outcome.Unknown));
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
            case Gain.AttachedPolicy when group.Arns.Any(_attached.IsAttached):
                Everything(holder, row, group, group.Arns.Any(arn => _attached.IsAttachedToOneOf(arn, OwnOf(holder)) || _attached.IsAttachedToOneOf(arn, controls)));
                break;
            case Gain.AttachedPolicy when group.Arns.Any(_attached.IsBoundary):
                // What it bounds has all that its own policies give then: who that is, it is or becomes in some steps.
                Everything(holder, row, group, surely: false);
                break;
            case Gain.OlderVersion when group.Arns.Any(arn => standing.Account.Policies[arn].HasOtherVersions && (_attached.IsAttached(arn) || _attached.IsBoundary(arn))):
                Everything(holder, row, group, surely: false);
                break;
            case Gain.Unbound when _attached.IsAnyBounded(group):
                Everything(holder, row, group, surely: false);
                break;
            case Gain.Undenied when holder.Policies.Any(policy => policy.Document.HasDeny) && OwnOf(holder).Any(group.Contains):
                Everything(holder, row, group, surely: false);
                break;
            case Gain.Renamed:
                Renamed(holder, row, group);
                break;
        }
    }

    /// <summary>Under another name it may be one of those that the holder's policies are about; nobody looked at which.</summary>
    private void Renamed(Holder holder, EscalationRow row, TargetGroup group)
    {
        var may = standing.Index.Of(holder);
        var gains = s_rows
            .Where(each => each.Row.About == row.About && each.Row.Gain is Gain.Credential or Gain.Membership or Gain.OwnPolicies && may.May(each.Action))
            .Where(each => !standing.On(holder, each.Row.Action, row.About).Any(now => now.Outcome.IsAllowed && (now.Arns.Is(group.Arns) || now.Arns.Count == now.Arns.Table.Count)))
            .Where(each => !standing.Somewhere(holder, each.Row.Action).IsDenied)
            .Select(each => each.Row.Gain)
            .ToHashSet();
        if (gains.Remove(Gain.OwnPolicies))
        {
            Everything(holder, row, group, surely: false);
        }

        if (gains.Count > 0)
        {
            abilities.Add(new Ability(row.About == "user" ? EdgeKinds.CanIssueCredential : EdgeKinds.CanGrant, row.Action, standing.Targets.Also(group, Outcome.Unknown)), holder, Because(row, group));
        }
    }

    private void Add(Holder holder, EscalationRow row, TargetGroup group) =>
        abilities.Add(new Ability(EscalationRows.EdgeOf(row.Gain), row.Action, group), holder, Because(row, group));

    /// <summary>All of the account. Where it is not sure that the holder acts as one of them, only possibly.</summary>
    private void Everything(Holder holder, EscalationRow row, TargetGroup group, bool surely)
    {
        var account = standing.Targets.Also(_account, surely && Standing.IsUnbounded(holder) ? group.Outcome : group.Outcome.And(Outcome.Unknown));
        abilities.Add(new Ability(EdgeKinds.CanGrant, row.Action, account), holder, Because(row, group));
    }

    /// <summary>Itself and its groups: what is written into their policies works for it.</summary>
    private IEnumerable<string> OwnOf(Holder holder) =>
        holder.Identity is IamUser user ? Holder.Groups(standing.Account, user).Select(group => group.Arn).Prepend(holder.Arn) : [holder.Arn];

    private Reason Because(EscalationRow row, TargetGroup group)
    {
        if (!_reasons.TryGetValue((row.Action, group), out var reason))
        {
            _reasons.Add((row.Action, group), reason = Reason.On(group.Arns[0], row.Action));
        }

        return reason;
    }
}
