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

    // Nothing is read of these; they are told from members that nobody knows.
    Path,
    UserId,
    GroupId,
    RoleId,
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

    private readonly JsonValue[] _values = new JsonValue[Enum.GetValues<EntryMember>().Length];
    private ulong _seen;

    /// <summary>What keeps the object from being believed: a member stands twice, differs from a known one in case only, or its name is no text. Null: nothing.</summary>
    public string? Odd { get; private set; }

    /// <summary>The member's value; undefined where it is absent.</summary>
    public JsonValue this[EntryMember member] => (_seen & (1UL << (int)member)) != 0 ? _values[(int)member] : default;

    public void Read(JsonValue json)
    {
        (_seen, Odd) = (0, null);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var doubtful = false;
        foreach (var member in json.EnumerateObject())
        {
            var name = member.NameBytes;
            if (Find(name) is not { } known)
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
            _values[(int)known] = member.Value;
        }

        Odd = doubtful ? EntryOddities.Twice(json) ?? EntryOddities.OtherCase(json) : null;
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
