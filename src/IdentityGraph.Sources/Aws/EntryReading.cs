using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.Aws;

/// <summary>One element of UserDetailList, GroupDetailList, RoleDetailList or Policies as what it says. Reads one after the other.</summary>
internal sealed class EntryReading(DocumentPool documents)
{
    private readonly EntryMembers _entry = new();
    private readonly EntryMembers _part = new();
    private AwsIds _ids = new("aws", "");
    private Place _where;

    /// <summary>What a name of the entry looked like, where it looked like a secret and was left out; null: none did.</summary>
    public string? Hides { get; private set; }

    /// <summary>Finds the members of an entry; what is asked for next is about it.</summary>
    /// <returns>Its ARN; null where it has none that can be read.</returns>
    public string? Begin(JsonElement json, Place where)
    {
        (_where, Hides) = (where, null);
        _entry.Read(json);
        return Plain(_entry[EntryMember.Arn]);
    }

    /// <summary>The account it is of.</summary>
    public void In(AwsIds ids) => _ids = ids;

    public IamUser User(string arn)
    {
        var name = NameOf(EntryMember.UserName, arn);
        return new()
        {
            Arn = arn,
            Name = name,
            Where = _where,
            CreatedAt = AwsDates.Read(_entry[EntryMember.CreateDate]),
            Inline = InlineOf(EntryMember.UserPolicyList, "user", name),
            Attached = AttachedOf(),
            Boundary = BoundaryOf(),
            LacksInline = _entry[EntryMember.UserPolicyList].ValueKind == JsonValueKind.Undefined,
            Groups = Named(_entry[EntryMember.GroupList], null),
        };
    }

    public IamGroup Group(string arn)
    {
        var name = NameOf(EntryMember.GroupName, arn);
        return new()
        {
            Arn = arn,
            Name = name,
            Where = _where,
            CreatedAt = AwsDates.Read(_entry[EntryMember.CreateDate]),
            Inline = InlineOf(EntryMember.GroupPolicyList, "group", name),
            Attached = AttachedOf(),
        };
    }

    public IamRole Role(string arn)
    {
        var name = NameOf(EntryMember.RoleName, arn);
        var used = _entry[EntryMember.RoleLastUsed];
        return new()
        {
            Arn = arn,
            Name = name,
            Where = _where,
            CreatedAt = AwsDates.Read(_entry[EntryMember.CreateDate]),
            Inline = InlineOf(EntryMember.RolePolicyList, "role", name),
            Attached = AttachedOf(),
            Boundary = BoundaryOf(),
            Trust = new HeldPolicy("trust", _where with { Part = "AssumeRolePolicyDocument" }, _entry.Odd is { } odd ? PolicyReading.Unreadable(odd) : documents.Read(_entry[EntryMember.AssumeRolePolicyDocument])) { Holder = (_ids, "role", name) },
            InstanceProfiles = Named(_entry[EntryMember.InstanceProfileList], "InstanceProfileName"),
            HasEmptyLastUse = used.ValueKind == JsonValueKind.Object && Member(used, "LastUsedDate").ValueKind == JsonValueKind.Undefined,
            LastUsedAt = AwsDates.Read(Member(used, "LastUsedDate")),
        };
    }

    /// <summary>Only the default version is read; without one that can be found, the policy may say anything.</summary>
    public ManagedPolicy Policy(string arn)
    {
        var odd = EntryOddities.Of(_entry);
        var version = Plain(_entry[EntryMember.DefaultVersionId]);
        var (inForce, named, versions) = (default(JsonElement), default(JsonElement), 0);
        foreach (var one in _entry[EntryMember.PolicyVersionList] is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default)
        {
            versions++;
            if (Flag(one, "IsDefaultVersion") == true)
            {
                odd ??= inForce.ValueKind != JsonValueKind.Undefined ? "two versions are the default" : null;
                inForce = inForce.ValueKind == JsonValueKind.Undefined ? one : inForce;
            }
            else if (named.ValueKind == JsonValueKind.Undefined && version is not null && Text(one, "VersionId") == version)
            {
                named = one;
            }
        }

        _part.Read(inForce.ValueKind == JsonValueKind.Undefined ? named : inForce);
        var name = NameOf(EntryMember.PolicyName, arn);
        return new()
        {
            Arn = arn,
            Held = new HeldPolicy(name, _where, (odd ?? _part.Odd) is { } why ? PolicyReading.Unreadable(why) : documents.Read(_part[EntryMember.Document]), _ids.Policy(arn)),
            Version = version,
            Versions = versions,
            AttachmentCount = _entry[EntryMember.AttachmentCount] is { ValueKind: JsonValueKind.Number } count && count.TryGetInt64(out var number) ? number : null,
            CreatedAt = AwsDates.Read(_entry[EntryMember.CreateDate]),
        };
    }

    /// <summary>The entry of a user, group or role that stands twice and says different things of what it gives.</summary>
    public static T Contradicted<T>(T identity, AwsIds ids)
        where T : IamIdentity =>
        identity with { Inline = [.. identity.Inline, Unread(ids, Arn.Parse(identity.Arn)!.Value.Type, identity.Name, identity.Where, "it stands there twice and says different things")] };

    /// <summary>The same of a policy.</summary>
    public static ManagedPolicy Contradicted(ManagedPolicy policy) =>
        policy with { Held = new HeldPolicy(policy.Held.Name, policy.Held.Where, PolicyReading.Unreadable("it stands there twice and says different things"), policy.Held.Node) };

    /// <summary>A group that a user is in and the files do not describe: what it gives is not known.</summary>
    public static IamGroup MissingGroup(AwsIds ids, string name, Place where) => new()
    {
        Arn = ids.GroupArn(name),
        Name = name,
        Where = where,
        Inline = [Unread(ids, "group", name, where, "the group is not in the files")],
        IsMissing = true,
    };

    /// <summary>What is wrong with statements of a policy, each with its place.</summary>
    public static IEnumerable<string> Problems(HeldPolicy policy) => !policy.Document.HasProblems
        ? []
        : policy.Document.Statements.Where(statement => statement.Problem is not null).Select(statement => $"`{policy.Name}`, {statement.Name}: {statement.Problem}");

    private HeldPolicy[] InlineOf(EntryMember member, string kind, string holder)
    {
        var (list, odd) = (_entry[member], EntryOddities.Of(_entry));
        var count = list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
        if (count == 0 && odd is null)
        {
            return [];
        }

        var policies = new HeldPolicy[count + (odd is null ? 0 : 1)];
        var at = 0;
        foreach (var policy in count == 0 ? default : list.EnumerateArray())
        {
            _part.Read(policy);
            var given = documents.Same(_part[EntryMember.PolicyName]);
            var name = given is not null && !IsSecret(given) ? given : $"#{at}";
            var document = _part.Odd is { } why ? PolicyReading.Unreadable(why) : documents.Read(_part[EntryMember.PolicyDocument]);
            policies[at++] = new HeldPolicy(name, _where with { Part = name }, document) { Holder = (_ids, kind, holder) };
        }

        if (odd is not null)
        {
            policies[at] = Unread(_ids, kind, holder, _where, odd);
        }

        return policies;
    }

    /// <summary>Stands for what an entry gives and could not be read: it may say anything.</summary>
    private static HeldPolicy Unread(AwsIds ids, string kind, string holder, Place where, string why) => new("(unread)", where, PolicyReading.Unreadable(why)) { Holder = (ids, kind, holder) };

    private string[] AttachedOf()
    {
        var list = _entry[EntryMember.AttachedManagedPolicies];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return [];
        }

        List<string> arns = new(list.GetArrayLength());
        foreach (var policy in list.EnumerateArray())
        {
            if (documents.Same(Member(policy, "PolicyArn")) is { } arn && !arns.Contains(arn))
            {
                arns.Add(arn);
            }
        }

        return [.. arns];
    }

    private string? BoundaryOf() => documents.Same(Member(_entry[EntryMember.PermissionsBoundary], "PermissionsBoundaryArn"));

    /// <summary>Texts of a list, or a member of each of its objects; those that look like a secret hidden.</summary>
    private string[] Named(JsonElement list, string? member)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return [];
        }

        var (names, count) = (new string[list.GetArrayLength()], 0);
        foreach (var element in list.EnumerateArray())
        {
            if (documents.Same(member is null ? element : Member(element, member)) is { } name)
            {
                names[count++] = IsSecret(name) ? Hidden.Text : name;
            }
        }

        return count == names.Length ? names : names[..count];
    }

    private string NameOf(EntryMember member, string arn) => Plain(_entry[member]) is { Length: > 0 } name && !IsSecret(name) ? name : Arn.Parse(arn)!.Value.Name;

    private bool IsSecret(string name)
    {
        if (SecretLooking.Find(name) is not { } sort)
        {
            return false;
        }

        Hides ??= sort;
        return true;
    }
}
