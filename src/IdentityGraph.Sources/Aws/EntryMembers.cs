using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>Members that entries of the lists have.</summary>
internal enum EntryMember : byte
{
    Arn = 0,
    UserName,
    GroupName,
    RoleName,
    PolicyName,
    CreateDate,
    UserPolicyList,
    GroupPolicyList,
    RolePolicyList,
    AttachedManagedPolicies,
    GroupList,
    AssumeRolePolicyDocument,
    InstanceProfileList,
    PermissionsBoundary,
    RoleLastUsed,
    PolicyVersionList,
    DefaultVersionId,
    AttachmentCount,
    PolicyDocument,
    PolicyArn,
    InstanceProfileName,
    VersionId,
    IsDefaultVersion,
    Document,
    UserId,
    RoleId,

    // Nothing is read of these; they are told from members that nobody knows.
    Path,
    GroupId,
    PolicyId,
    Tags,
    Description,
    MaxSessionDuration,
    IsAttachable,
    PermissionsBoundaryUsageCount,
    UpdateDate,
    InstanceProfileId,
    Roles,
}

/// <summary>The members of an object of the listing, found in one pass; of one that stands twice, the last. Read into again for each.</summary>
internal sealed class EntryMembers
{
    private static readonly (byte[] Name, EntryMember Member)[][] s_byLength = ByLength();
    private static readonly byte[][] s_names = [.. Enum.GetValues<EntryMember>().Select(member => Encoding.UTF8.GetBytes(member.ToString()))];

    /// <summary>Where the names stand, of those that were seen.</summary>
    private readonly int[] _places = new int[s_names.Length];

    /// <summary>What stood at each place of the object before: mostly the same does again.</summary>
    private readonly EntryMember[] _before = new EntryMember[s_names.Length];
    private JsonValue _json;
    private ulong _seen;

    /// <summary>What keeps the object from being believed: a member stands twice, differs from a known one in case only, or its name is no text. Null: nothing.</summary>
    public string? Odd { get; private set; }

    /// <summary>The member's value; undefined where it is absent.</summary>
    public JsonValue this[EntryMember member] => (_seen & (1UL << (int)member)) != 0 ? _json.MemberAt(_places[(int)member]).Value : default;

    public void Read(JsonValue json)
    {
        (_json, _seen, Odd) = (json, 0, null);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var (doubtful, at) = (false, -1);
        foreach (var member in json.EnumerateObject())
        {
            at++;
            var name = member.NameBytes;
            if (Find(name, at) is not { } known)
            {
                doubtful = true;
                if (!member.IsNameEscaped || member.Name is not { } plain || Find(Encoding.UTF8.GetBytes(plain)) is not { } escaped)
                {
                    continue;
                }

                known = escaped;
            }

            doubtful |= (_seen & (1UL << (int)known)) != 0;
            _seen |= 1UL << (int)known;
            _places[(int)known] = member.Token;
        }

        Odd = doubtful ? EntryOddities.Twice(json) ?? EntryOddities.OtherCase(json) : null;
    }

    private EntryMember? Find(ReadOnlySpan<byte> name, int at)
    {
        if (at >= _before.Length)
        {
            return Find(name);
        }

        if (name.SequenceEqual(s_names[(int)_before[at]]))
        {
            return _before[at];
        }

        var found = Find(name);
        _before[at] = found ?? _before[at];
        return found;
    }

    private static EntryMember? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (known, member) in name.Length < s_byLength.Length ? s_byLength[name.Length] : [])
        {
            if (name.SequenceEqual(known))
            {
                return member;
            }
        }

        return null;
    }

    private static (byte[] Name, EntryMember Member)[][] ByLength()
    {
        var all = Enum.GetValues<EntryMember>().Select(member => (Name: Encoding.UTF8.GetBytes(member.ToString()), Member: member)).ToArray();
        return [.. Enumerable.Range(0, all.Max(each => each.Name.Length) + 1).Select(length => all.Where(each => each.Name.Length == length).ToArray())];
    }
}
