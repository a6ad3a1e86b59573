using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Who can make principals of its own in the account, on a name that is not taken: `iam:CreateUser` together with what lets it sign in as
/// one, `iam:CreateRole` together with what gives the role something, since whoever makes a role writes its trust; and who can join a
/// group that it makes. What the new one may do is what its maker may give it.
/// </summary>
internal sealed class ProvisionMapping(Standing standing, Abilities abilities)
{
    /// <summary>Beside those of other rows, what is asked for here.</summary>
    public static IReadOnlyList<string> Actions { get; } = [MakeUser, MakeRole, MakeGroup];

    private const string MakeUser = "iam:CreateUser";
    private const string MakeRole = "iam:CreateRole";
    private const string MakeGroup = "iam:CreateGroup";
    private const string Join = "iam:AddUserToGroup";
    private static readonly string[] s_uses = ["iam:CreateAccessKey", "iam:CreateLoginProfile"];
    private static readonly string[] s_userGives = ["iam:AttachUserPolicy", "iam:PutUserPolicy"];
    private static readonly string[] s_roleGives = ["iam:AttachRolePolicy", "iam:PutRolePolicy"];
    private static readonly string[] s_groupGives = ["iam:AttachGroupPolicy", "iam:PutGroupPolicy"];
    private readonly TargetGroup _account = new(Outcome.Allowed, new ArnChoice(standing.Whole));
    private readonly FreeNames _freeNames = new(standing);
    private readonly Dictionary<string, Reason> _reasons = new(StringComparer.Ordinal);

    public void Map(Holder holder)
    {
        foreach (var use in s_uses)
        {
            var outcome = standing.OnNew(holder, [MakeUser, use], "user");
            if (!outcome.IsDenied)
            {
                var given = s_userGives.Aggregate(Outcome.Denied, (so, give) => so.Or(standing.OnNew(holder, [MakeUser, use, give], "user")));
                var limit = given.IsDenied ? AbilityLimit.Nothing : given.IsAllowed && Standing.IsUnbounded(holder) ? AbilityLimit.None : AbilityLimit.Unknown;
                Add(holder, EdgeKinds.CanProvision, [MakeUser, use], outcome, limit);
                if (limit != AbilityLimit.None && _freeNames.For(standing.Names(holder, MakeUser, "user")) is { } roles)
                {
                    abilities.Add(new Ability(EdgeKinds.CanIssueCredential, string.Join(" + ", MakeUser, use), roles), holder, Because([MakeUser, use]));
                }
            }
        }

        foreach (var give in s_roleGives)
        {
            // Its trust may name anybody, so that nothing but the organization above the account bounds what it is used for.
            Add(holder, EdgeKinds.CanProvision, [MakeRole, give], standing.OnNew(holder, [MakeRole, give], "role"), holder.Levels.Count == 0 ? AbilityLimit.None : AbilityLimit.Unknown);
        }

        foreach (var give in s_groupGives)
        {
            // Only users can be put into a group, and what takes away from their own policies takes away from the group's too.
            var joins = holder.Identity is IamUser && !holder.IsConstrained;
            Add(holder, EdgeKinds.CanGrant, [MakeGroup, Join, give], standing.OnNew(holder, [MakeGroup, Join, give], "group").And(joins ? Outcome.Allowed : Outcome.Unknown), AbilityLimit.None);
        }
    }

    private void Add(Holder holder, EdgeKind kind, string[] actions, Outcome outcome, AbilityLimit limit)
    {
        if (outcome.IsDenied)
        {
            return;
        }

        abilities.Add(new Ability(kind, string.Join(" + ", actions), standing.Targets.Also(_account, outcome)) { Limit = limit }, holder, Because(actions));
    }

    private Reason Because(string[] actions)
    {
        var key = string.Join(" + ", actions);
        if (!_reasons.TryGetValue(key, out var reason))
        {
            _reasons.Add(key, reason = Reason.Of(actions));
        }

        return reason;
    }
}
