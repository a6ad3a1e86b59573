using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Who can make users of its own in the account: `iam:CreateUser` together with what lets it sign in as one, on a name that is not taken.
/// What the new user may do is what its maker may give it.
/// </summary>
internal sealed class ProvisionMapping(Standing standing, Abilities abilities)
{
    private const string Make = "iam:CreateUser";
    private static readonly string[] s_uses = ["iam:CreateAccessKey", "iam:CreateLoginProfile"];
    private static readonly string[] s_gives = ["iam:AttachUserPolicy", "iam:PutUserPolicy"];
    private readonly TargetGroup _account = new(Outcome.Allowed, new ArnChoice(standing.Whole));
    private readonly Dictionary<string, Reason> _reasons = s_uses.ToDictionary(use => use, use => Reason.Of([Make, use]), StringComparer.Ordinal);

    public void Map(Holder holder)
    {
        foreach (var use in s_uses)
        {
            var outcome = standing.OnNew(holder, Make, use);
            if (outcome.IsDenied)
            {
                continue;
            }

            var given = s_gives.Aggregate(Outcome.Denied, (so, give) => so.Or(standing.OnNew(holder, Make, use, give)));
            abilities.Add(
                new Ability(EdgeKinds.CanProvision, $"{Make} + {use}", standing.Targets.Also(_account, outcome)) { Limit = LimitOf(holder, given) },
                holder,
                _reasons[use]);
        }
    }

    private static AbilityLimit LimitOf(Holder holder, Outcome given) =>
        given.IsDenied ? AbilityLimit.Nothing : given.IsAllowed && Standing.IsUnbounded(holder) ? AbilityLimit.None : AbilityLimit.Unknown;
}
