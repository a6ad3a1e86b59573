using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.Aws;

/// <summary>One element of UserDetailList, GroupDetailList, RoleDetailList or Policies as what it says.</summary>
internal sealed class EntryReading(AwsIds ids, string where, DocumentPool documents)
{
    public IamUser User(JsonElement json, string arn) => new()
    {
        Arn = arn,
        Name = NameOf(json, "UserName", arn),
        Where = where,
        CreatedAt = AwsDates.Read(Member(json, "CreateDate")),
        Inline = InlineOf(json, "UserPolicyList", "user/" + NameOf(json, "UserName", arn)),
        Attached = AttachedOf(json),
        Boundary = BoundaryOf(json),
        LacksInline = Member(json, "UserPolicyList").ValueKind == JsonValueKind.Undefined,
        Groups = [.. Elements(json, "GroupList").Select(TextOf).OfType<string>().Select(Hidden.Unless)],
    };

    /// <summary>The entry of a user, group or role that stands twice and says different things of what it gives.</summary>
    public T Contradicted<T>(T identity)
        where T : IamIdentity =>
        identity with { Inline = [.. identity.Inline, Unread(Iam.Arn.Parse(identity.Arn)!.Value.Type + "/" + identity.Name, "it stands there twice and says different things")] };

    /// <summary>The same of a policy.</summary>
    public static ManagedPolicy Contradicted(ManagedPolicy policy) =>
        policy with { Held = policy.Held with { Document = PolicyReading.Unreadable("it stands there twice and says different things") } };

    /// <summary>A group that a user is in and the files do not describe: what it gives is not known.</summary>
    public IamGroup MissingGroup(string name) => new()
    {
        Arn = ids.GroupArn(name),
        Name = name,
        Where = where,
        Inline = [Unread("group/" + name, "the group is not in the files")],
        IsMissing = true,
    };

    public IamGroup Group(JsonElement json, string arn) => new()
    {
        Arn = arn,
        Name = NameOf(json, "GroupName", arn),
        Where = where,
        CreatedAt = AwsDates.Read(Member(json, "CreateDate")),
        Inline = InlineOf(json, "GroupPolicyList", "group/" + NameOf(json, "GroupName", arn)),
        Attached = AttachedOf(json),
    };

    public IamRole Role(JsonElement json, string arn)
    {
        var name = NameOf(json, "RoleName", arn);
        var trust = Member(json, "AssumeRolePolicyDocument");
        return new()
        {
            Arn = arn,
            Name = name,
            Where = where,
            CreatedAt = AwsDates.Read(Member(json, "CreateDate")),
            Inline = InlineOf(json, "RolePolicyList", "role/" + name),
            Attached = AttachedOf(json),
            Boundary = BoundaryOf(json),
            Trust = new HeldPolicy("trust", ids.InlinePolicy("role/" + name, "trust"), where + "/AssumeRolePolicyDocument", EntryOddities.Twice(json) is { } twice ? PolicyReading.Unreadable(twice) : documents.Read(trust)),
            InstanceProfiles = [.. Elements(json, "InstanceProfileList").Select(profile => Text(profile, "InstanceProfileName")).OfType<string>().Select(Hidden.Unless)],
            HasEmptyLastUse = Member(json, "RoleLastUsed") is { ValueKind: JsonValueKind.Object } use && Member(use, "LastUsedDate").ValueKind == JsonValueKind.Undefined,
            LastUsedAt = AwsDates.Read(Member(Member(json, "RoleLastUsed"), "LastUsedDate")),
        };
    }

    /// <summary>Only the default version is read; without one that can be found, the policy may say anything.</summary>
    public ManagedPolicy Policy(JsonElement json, string arn)
    {
        var version = Text(json, "DefaultVersionId");
        var versions = Elements(json, "PolicyVersionList").ToList();
        var odd = EntryOddities.Of(json) ?? (versions.Count(one => Flag(one, "IsDefaultVersion") == true) > 1 ? "two versions are the default" : null);
        var inForce = versions.Find(one => Flag(one, "IsDefaultVersion") == true);
        if (inForce.ValueKind == JsonValueKind.Undefined)
        {
            inForce = versions.Find(one => version is not null && Text(one, "VersionId") == version);
        }

        var name = NameOf(json, "PolicyName", arn);
        return new()
        {
            Arn = arn,
            Held = new HeldPolicy(name, ids.Policy(arn), where, (odd ?? EntryOddities.Twice(inForce)) is { } why ? PolicyReading.Unreadable(why) : documents.Read(Member(inForce, "Document"))),
            Version = version,
            Versions = versions.Count,
            AttachmentCount = Member(json, "AttachmentCount") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt64(out var number) ? number : null,
            CreatedAt = AwsDates.Read(Member(json, "CreateDate")),
        };
    }

    /// <summary>What names of it look like, where they look like a secret and were left out.</summary>
    public static IEnumerable<string> Secrets(JsonElement json) =>
        new[] { "UserName", "GroupName", "RoleName", "PolicyName" }.Select(member => Text(json, member))
            .Concat(new[] { "UserPolicyList", "GroupPolicyList", "RolePolicyList" }.SelectMany(list => Elements(json, list)).Select(policy => Text(policy, "PolicyName")))
            .Concat(Elements(json, "InstanceProfileList").Select(profile => Text(profile, "InstanceProfileName")))
            .Concat(Elements(json, "GroupList").Select(TextOf))
            .Select(text => text is null ? null : SecretLooking.Find(text))
            .OfType<string>();

    /// <summary>What is wrong with statements of a policy, each with its place.</summary>
    public static IEnumerable<string> Problems(HeldPolicy policy) =>
        policy.Document.Statements.Where(statement => statement.Problem is not null).Select(statement => $"`{policy.Name}`, {statement.Name}: {statement.Problem}");

    private HeldPolicy[] InlineOf(JsonElement json, string member, string holder) =>
    [
        .. Elements(json, member).Select((policy, index) =>
        {
            var name = Text(policy, "PolicyName") is { } given && SecretLooking.Find(given) is null ? given : $"#{index}";
            var document = EntryOddities.Twice(policy) is { } twice ? PolicyReading.Unreadable(twice) : documents.Read(Member(policy, "PolicyDocument"));
            return new HeldPolicy(name, ids.InlinePolicy(holder, name), $"{where}/{name}", document);
        }),
        .. EntryOddities.Of(json) is { } why ? [Unread(holder, why)] : Array.Empty<HeldPolicy>(),
    ];

    /// <summary>Stands for what an entry gives and could not be read: it may say anything.</summary>
    private HeldPolicy Unread(string holder, string why) => new("(unread)", ids.InlinePolicy(holder, "(unread)"), where, PolicyReading.Unreadable(why));

    private static string[] AttachedOf(JsonElement json) =>
        [.. Elements(json, "AttachedManagedPolicies").Select(policy => Text(policy, "PolicyArn")).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? BoundaryOf(JsonElement json) => Text(Member(json, "PermissionsBoundary"), "PermissionsBoundaryArn");

    private static string NameOf(JsonElement json, string member, string arn) => Text(json, member) is { Length: > 0 } name && SecretLooking.Find(name) is null ? name : Arn.Parse(arn)!.Value.Name;

    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
