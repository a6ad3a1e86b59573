using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>One element of UserDetailList, GroupDetailList, RoleDetailList or Policies as what it says. Reads one after the other.</summary>
internal sealed class EntryReading(DocumentPool documents)
{
    private readonly EntryMembers _entry = new();
    private readonly EntryMembers _part = new();
    private AwsIds _ids = new("aws", "");
    private HoldingsPool _holdings = new();
    private bool _isKnown;

    /// <summary>What a name of the entry looked like, where it looked like a secret and was left out; null: none did.</summary>
    public string? Hides { get; private set; }

    /// <summary>Finds the members of an entry; what is asked for next is about it.</summary>
    public void Begin(JsonValue json, Place where)
    {
        (Where, Hides, _isKnown, Holdings) = (where, null, true, null);
        _entry.Read(json);
    }

    /// <summary>Where it stands.</summary>
    public Place Where { get; private set; }

    /// <summary>What it has, once that was read; null: it was not.</summary>
    public Holdings? Holdings { get; private set; }

    /// <summary>Its ARN; null where it has none that can be read.</summary>
    public string? Arn => _entry[EntryMember.Arn].GetString();

    /// <summary>The account it is of, and where it is kept what its identities have.</summary>
    public void In(AwsIds ids, HoldingsPool holdings) => (_ids, _holdings) = (ids, holdings);

    public IamUser User(string arn) => new()
    {
        Ids = _ids,
        Arn = arn,
        Name = NameOf(EntryMember.UserName, arn),
        Where = Where,
        CreatedAt = AwsDates.Read(_entry[EntryMember.CreateDate]),
        Tags = documents.Tags(_entry[EntryMember.Tags]),
        UniqueId = UniqueIds.Stated(_entry[EntryMember.UserId]),
        LacksInline = _entry[EntryMember.UserPolicyList].ValueKind == JsonValueKind.Undefined,
        Holdings = OfUser(),
    };

    /// <summary>What stands in the ARN behind its head, where that is all there is to the user's name: type, slash and name, which cannot look like a secret. Empty: it is not as simple.</summary>
    public ReadOnlySpan<byte> PlainUser(ReadOnlySpan<byte> head) => Plain(head, "user/"u8, EntryMember.UserName);

    /// <inheritdoc cref="PlainUser"/>
    public ReadOnlySpan<byte> PlainRole(ReadOnlySpan<byte> head) => Plain(head, "role/"u8, EntryMember.RoleName);

    /// <summary>Reads a user that is <see cref="PlainUser"/> as it is kept, and its tags.</summary>
    public Func<(IdentityRow Row, string? Tags, ulong UniqueId)> ReadUser => field ??= UserRow;

    /// <summary>The same of a role.</summary>
    public Func<(IdentityRow Row, string? Tags, ulong UniqueId)> ReadRole => field ??= RoleRow;

    private (IdentityRow Row, string? Tags, ulong UniqueId) UserRow() =>
        (Row(OfUser(), null, _entry[EntryMember.UserPolicyList].ValueKind == JsonValueKind.Undefined), documents.Tags(_entry[EntryMember.Tags]), UniqueIds.Stated(_entry[EntryMember.UserId]));

    private (IdentityRow Row, string? Tags, ulong UniqueId) RoleRow()
    {
        var used = _entry[EntryMember.RoleLastUsed];
        return (Row(OfRole(IdentityKind.Role), AwsDates.Read(used["LastUsedDate"u8]), HasEmptyLastUse(used)), documents.Tags(_entry[EntryMember.Tags]), UniqueIds.Stated(_entry[EntryMember.RoleId]));
    }

    /// <summary>The ARN as it is written; empty where it has escapes or is none.</summary>
    public ReadOnlySpan<byte> ArnBytes => _entry[EntryMember.Arn] is { ValueKind: JsonValueKind.String, IsEscaped: false } arn ? arn.Bytes : [];

    public IamGroup Group(string arn) => new()
    {
        Ids = _ids,
        Arn = arn,
        Name = NameOf(EntryMember.GroupName, arn),
        Where = Where,
        CreatedAt = AwsDates.Read(_entry[EntryMember.CreateDate]),
        Holdings = Kept(new(IdentityKind.Group, Inline(EntryMember.GroupPolicyList), Attached(), null, [], [], PolicyDocument.Empty)),
    };

    public IamRole Role(string arn)
    {
        var used = _entry[EntryMember.RoleLastUsed];
        return new()
        {
            Ids = _ids,
            Arn = arn,
            Name = NameOf(EntryMember.RoleName, arn),
            Where = Where,
            CreatedAt = AwsDates.Read(_entry[EntryMember.CreateDate]),
            Tags = documents.Tags(_entry[EntryMember.Tags]),
            UniqueId = UniqueIds.Stated(_entry[EntryMember.RoleId]),
            HasEmptyLastUse = HasEmptyLastUse(used),
            LastUsedAt = AwsDates.Read(used["LastUsedDate"u8]),
            Holdings = OfRole(IamRole.IsServiceLinked(arn) ? IdentityKind.ServiceLinkedRole : IdentityKind.Role),
        };
    }

    /// <summary>Only the default version is read; without one that can be found, the policy may say anything.</summary>
    public ManagedPolicy Policy(string arn)
    {
        var odd = EntryOddities.Of(_entry, documents);
        var version = _entry[EntryMember.DefaultVersionId].GetString();
        var (inForce, named, versions) = (default(JsonValue), default(JsonValue), 0);
        foreach (var one in _entry[EntryMember.PolicyVersionList].EnumerateArray())
        {
            versions++;
            if (one["IsDefaultVersion"u8].ValueKind == JsonValueKind.True)
            {
                odd ??= inForce.ValueKind != JsonValueKind.Undefined ? "two versions are the default" : null;
                inForce = inForce.ValueKind == JsonValueKind.Undefined ? one : inForce;
            }
            else if (named.ValueKind == JsonValueKind.Undefined && version is not null && one["VersionId"u8].GetString() == version)
            {
                named = one;
            }
        }

        _part.Read(inForce.ValueKind == JsonValueKind.Undefined ? named : inForce);
        var name = NameOf(EntryMember.PolicyName, arn);
        return new()
        {
            Arn = arn,
            Held = new HeldPolicy(name, Where, (odd ?? _part.Odd) is { } why ? PolicyReading.Unreadable(why) : documents.Read(_part[EntryMember.Document]), _ids.Policy(arn)),
            Version = version,
            Versions = versions,
            AttachmentCount = _entry[EntryMember.AttachmentCount] is { ValueKind: JsonValueKind.Number } count && count.TryGetInt64(out var number) ? number : null,
            CreatedAt = AwsDates.Read(_entry[EntryMember.CreateDate]),
        };
    }

    /// <summary>Stands for what an entry of a user, group or role that stands twice and says different things gives.</summary>
    public static InlinePolicy Contradiction() => InlinePolicy.Unread("it stands there twice and says different things");

    /// <summary>The same of a policy.</summary>
    public static ManagedPolicy Contradicted(ManagedPolicy policy) =>
        policy with { Held = new HeldPolicy(policy.Held.Name, policy.Held.Where, PolicyReading.Unreadable("it stands there twice and says different things"), policy.Held.Node) };

    /// <summary>A group that a user is in and the files do not describe: what it gives is not known.</summary>
    public static IamGroup MissingGroup(AwsIds ids, string name, Place where) => new()
    {
        Arn = ids.GroupArn(name),
        Ids = ids,
        Name = name,
        Where = where,
        Holdings = new() { Kind = IdentityKind.Group, Inline = [InlinePolicy.Unread("the group is not in the files")] },
        IsMissing = true,
    };

    /// <summary>What is wrong with statements of a policy, each with its place.</summary>
    public static IEnumerable<string> Problems(HeldPolicy policy) => !policy.Document.HasProblems
        ? []
        : policy.Document.Statements.Where(statement => statement.Problem is not null).Select(statement => $"`{policy.Name}`, {statement.Name}: {statement.Problem}");

    private Holdings OfUser() => Kept(new(IdentityKind.User, Inline(EntryMember.UserPolicyList), Attached(), Boundary(), Groups(), [], PolicyDocument.Empty));

    private Holdings OfRole(IdentityKind kind) => Kept(new(
        kind,
        Inline(EntryMember.RolePolicyList),
        Attached(),
        Boundary(),
        [],
        Profiles(),
        _entry.Odd is { } odd ? PolicyReading.Unreadable(odd) : documents.Read(_entry[EntryMember.AssumeRolePolicyDocument], ref _isKnown)));

    private static bool HasEmptyLastUse(JsonValue used) => used.ValueKind == JsonValueKind.Object && used["LastUsedDate"u8].ValueKind == JsonValueKind.Undefined;

    private IdentityRow Row(Holdings holdings, DateTimeOffset? lastUsed, bool isOdd) =>
        new(holdings, null, Where.List, Where.Index, IdentityRow.Ticks(AwsDates.Read(_entry[EntryMember.CreateDate])), IdentityRow.Ticks(lastUsed), isOdd, 0);

    private ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> head, ReadOnlySpan<byte> type, EntryMember member)
    {
        var rest = ArnBytes[head.Length..];
        var name = _entry[member];
        return rest.StartsWith(type) && name is { ValueKind: JsonValueKind.String, IsEscaped: false } && name.Bytes.Length > 0 && rest[type.Length..].SequenceEqual(name.Bytes)
            && !name.Bytes.Contains((byte)'/') && SecretLooking.IsHarmless(rest) ? rest : [];
    }

    private Holdings Kept(in HoldingParts parts) => Holdings = _holdings.Same(parts, _isKnown);

    private InlinePolicy[] Inline(EntryMember member)
    {
        var (list, odd) = (_entry[member], EntryOddities.Of(_entry, documents));
        var read = IsFilled(list) ? documents.Inline(list, ref _isKnown) : null;
        Hides ??= read?.Hides;
        if (odd is null)
        {
            return read?.Policies ?? [];
        }

        _isKnown = false;
        return [.. read?.Policies ?? [], InlinePolicy.Unread(odd)];
    }

    private string[] Attached() => _entry[EntryMember.AttachedManagedPolicies] is var list && IsFilled(list) ? documents.Attached(list, ref _isKnown).Names : [];

    private string[] Groups() => _entry[EntryMember.GroupList] is var list && IsFilled(list) ? Unhidden(documents.Names(list, ref _isKnown)) : [];

    private string[] Profiles() => _entry[EntryMember.InstanceProfileList] is var list && IsFilled(list) ? Unhidden(documents.Profiles(list, ref _isKnown)) : [];

    private string? Boundary() => documents.Same(_entry[EntryMember.PermissionsBoundary]["PermissionsBoundaryArn"u8]);

    private string[] Unhidden(NamedList list)
    {
        Hides ??= list.Hides;
        return list.Names;
    }

    private static bool IsFilled(JsonValue list) => list.IsFilledList;

    private string NameOf(EntryMember member, string arn) => _entry[member].GetString() is { Length: > 0 } name && (IsEnd(name, arn) || !IsSecret(name)) ? name : Iam.Arn.Parse(arn)!.Value.Name;

    /// <summary>Whether the ARN ends with it: that was looked at before. A bare key of AWS, of forty characters, is told by all of the text only.</summary>
    private static bool IsEnd(string name, string arn) => name.Length != 40 && arn.Length > name.Length && arn[^(name.Length + 1)] == '/' && arn.EndsWith(name, StringComparison.Ordinal);

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
