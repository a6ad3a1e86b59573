using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// How somebody puts a role that is in no instance profile into one, so that a virtual machine can act as it. A profile has one role at
/// most: it takes a new profile, one whose role is taken out first, or one that has none, and of those the listing is silent.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html</remarks>
internal sealed class ProfileMaking(Standing standing)
{
    /// <summary>What the account's profiles are called where they are candidates.</summary>
    public const string Kind = "instance-profile";

    private const string Make = "iam:CreateInstanceProfile";
    private const string Put = "iam:AddRoleToInstanceProfile";
    private const string TakeOut = "iam:RemoveRoleFromInstanceProfile";
    private readonly ActionSet _puts = AskedActions.Of(Put);
    private static readonly string[] s_new = [Make, Put];
    private static readonly string[] s_other = [TakeOut, Put];
    private static readonly string[] s_empty = [Put];

    /// <summary>Beside those of other rows, what is asked for here.</summary>
    public static IReadOnlyList<string> Actions { get; } = [Make, Put, TakeOut];

    /// <summary>The profiles that have a role; of one in a path it is not known which.</summary>
    public static ArnTable Of(AccountModel account)
    {
        var profiles = new ArnTable($"arn:{account.Ids.Partition}:iam::{account.Ids.Account}:");
        foreach (var holdings in account.Roles.Holdings)
        {
            foreach (var name in holdings.InstanceProfiles)
            {
                profiles.Add($"arn:{account.Ids.Partition}:iam::{account.Ids.Account}:{Kind}/{name}", out _);
            }
        }

        return profiles;
    }

    /// <summary>Whether the holder may put a role into a profile, that of iam:PassRole on the role apart; and the actions it takes.</summary>
    public (Outcome Outcome, string[] Actions) By(Holder holder)
    {
        if (!standing.Index.Of(holder).May(_puts))
        {
            return (Outcome.Denied, []);
        }

        var (made, swapped) = (standing.OnNew(holder, s_new, Kind), InOther(holder));
        var outcome = made.Or(swapped).Or(standing.OnNew(holder, s_empty, Kind).And(Outcome.Unknown));
        return (outcome, !made.IsDenied ? s_new : !swapped.IsDenied ? s_other : s_empty);
    }

    /// <summary>Whether the holder may take the role out of a profile that is there, and put another into it.</summary>
    public Outcome InOther(Holder holder)
    {
        var outcome = Outcome.Denied;
        foreach (var taken in standing.On(holder, TakeOut, Kind))
        {
            foreach (var put in standing.On(holder, Put, Kind).Where(put => standing.Targets.Meet(taken, put)))
            {
                outcome = outcome.Or(taken.Outcome.And(put.Outcome));
            }
        }

        return outcome;
    }
}
