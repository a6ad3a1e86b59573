using System.Collections;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// What the files say of users and roles and somebody of the account may change before a request comes: their tags, the name of whoever may
/// rename itself, and whether one who asks has an MFA device, which it may enrol. It is found out where nothing of it is taken as certain.
/// </summary>
/// <param name="account">The account.</param>
internal sealed class Changeable(AccountModel account)
{
    /// <summary>What is asked for here.</summary>
    public static IReadOnlyList<string> Actions => [Enrol, Rename, .. s_userTags, .. s_roleTags];

    /// <summary>The gate that a device of its own opens.</summary>
    public const string Factor = "mfaFactor";

    private const string Enrol = "iam:EnableMFADevice";
    private const string Rename = "iam:UpdateUser";
    private static readonly string[] s_userTags = ["iam:TagUser", "iam:UntagUser"];
    private static readonly string[] s_roleTags = ["iam:TagRole", "iam:UntagRole"];

    private readonly Standing _plain = new(account, isPlain: true);
    private readonly Dictionary<ArnTable, BitArray> _tagged = new(ReferenceEqualityComparer.Instance);
    private bool? _somebodyEnrols;

    /// <summary>Tags of a user or role, as <see cref="Tags"/> reads them; null: they are not in the file, or somebody of the account may give it others.</summary>
    public string? TagsAt(ArnTable table, int at) => table.TagsAt(at) is { } tags && !TaggedIn(table)[at] ? tags : null;

    /// <summary>
    /// Whether a user may enrol an MFA device of its own and need not have one for that. Roles and groups have none: who acts as a role, or
    /// joins a group, may be any user that may.
    /// </summary>
    public bool MayEnrol(Holder holder) =>
        holder.Identity is IamUser ? Enrols(_plain.Holders[holder.Number]) : _somebodyEnrols ??= _plain.Holders.WhoMay(AskedActions.Of(Enrol)).Any(each => each.Identity is IamUser && Enrols(each));

    /// <summary>Whether a user may take another name that is free: that is asked of the name that it has and of the one that it takes.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html</remarks>
    public bool MayRename(Holder holder) =>
        holder.Identity is IamUser && _plain.Holders[holder.Number] is var user && !_plain.OnArn(user, Rename, user.Arn).IsDenied && !_plain.OnNew(user, [Rename], "user").IsDenied;

    private bool Enrols(Holder user) => _plain.OnArn(user, Enrol, user.Arn).Ways.Any(static way => !way.Gates.Contains(Factor));

    /// <summary>Those of a table that anybody may give other tags.</summary>
    private BitArray TaggedIn(ArnTable table)
    {
        if (_tagged.TryGetValue(table, out var tagged))
        {
            return tagged;
        }

        _tagged.Add(table, tagged = new BitArray(table.Count));
        var (kind, actions) = ReferenceEquals(table, account.Users) ? ("user", s_userTags) : (Standing.AnyRole, s_roleTags);
        HashSet<TargetGroup> seen = [];
        foreach (var holder in _plain.Holders.WhoMay(actions.Aggregate(default(ActionSet), (all, action) => all | AskedActions.Of(action))))
        {
            foreach (var group in actions.SelectMany(action => _plain.On(holder, action, kind)).Where(seen.Add))
            {
                for (var index = 0; index < group.Arns.Count; index++)
                {
                    tagged[group.Arns.At(index)] = true;
                }
            }
        }

        return tagged;
    }
}
