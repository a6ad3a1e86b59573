using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>A user, group or role with what is attached to it; made anew of what is kept of it wherever it is asked for.</summary>
internal abstract class IamIdentity
{
    /// <summary>The account it is of.</summary>
    public required AwsIds Ids { get; init; }

    /// <summary>Made where it is asked for, of an identity that is made of what is kept of it.</summary>
    public string Arn { get => field ??= Kept!.Value.Table[Kept.Value.At]; init; }

    public required string Name { get; init; }

    /// <summary>File and place, for evidence.</summary>
    public required Place Where { get; init; }

    public required Holdings Holdings { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>As <see cref="Aws.Tags"/> reads them, where it is read; null: not known, or it is made of what is kept, which has them.</summary>
    public string? Tags { get; init; }

    /// <summary>What <see cref="UniqueIds.Stated"/> says of its unique id, where it is read; 0: not stated, or it is made of what is kept, which has it.</summary>
    public ulong UniqueId { get; init; }

    /// <summary>`user`, `group` or `role`.</summary>
    public string Kind => Holdings.Kind switch { IdentityKind.User => "user", IdentityKind.Group => "group", _ => "role" };

    public IReadOnlyList<HeldPolicy> Inline => field ??= InlineOf();

    /// <summary>ARNs of managed policies.</summary>
    public IReadOnlyList<string> Attached => Holdings.Attached;

    /// <summary>ARN of the managed policy that bounds it; null: none.</summary>
    public string? Boundary => Holdings.Boundary;

    /// <summary>Where its ARN is kept; null: it is at hand.</summary>
    private (ArnTable Table, int At)? Kept { get; init; }

    public static IamIdentity Of(AwsIds ids, ArnTable table, int at, string name, in IdentityRow row)
    {
        var (where, created) = (new Place(row.List, row.Index), IdentityRow.Moment(row.CreatedAt));
        return row.Holdings.Kind switch
        {
            IdentityKind.User => new IamUser { Ids = ids, Kept = (table, at), Name = name, Where = where, Holdings = row.Holdings, CreatedAt = created, LacksInline = row.IsOdd },
            IdentityKind.Group => new IamGroup { Ids = ids, Kept = (table, at), Name = name, Where = where, Holdings = row.Holdings, CreatedAt = created, IsMissing = row.IsOdd },
            _ => new IamRole { Ids = ids, Kept = (table, at), Name = name, Where = where, Holdings = row.Holdings, CreatedAt = created, HasEmptyLastUse = row.IsOdd, LastUsedAt = IdentityRow.Moment(row.LastUsedAt) },
        };
    }

    public virtual IdentityRow ToRow() => new(Holdings, Name, Where.List, Where.Index, IdentityRow.Ticks(CreatedAt), 0, false, 0);

    /// <summary>Whether another entry of the same ARN gives the same: then it is one that stands twice.</summary>
    public bool GivesTheSameAs(IamIdentity other) => Name == other.Name && Holdings.IsSameAs(other.Holdings);

    private HeldPolicy[] InlineOf()
    {
        var inline = Holdings.Inline;
        if (inline.Length == 0)
        {
            return [];
        }

        var policies = new HeldPolicy[inline.Length];
        for (var at = 0; at < policies.Length; at++)
        {
            var (name, document) = inline[at];
            policies[at] = new HeldPolicy(name, inline[at].IsUnread ? Where : Where with { Part = name }, document) { Holder = this };
        }

        return policies;
    }
}

internal sealed class IamUser : IamIdentity
{
    /// <summary>Names of its groups.</summary>
    public IReadOnlyList<string> Groups => Holdings.Groups;

    /// <summary>Whether its list of inline policies is absent, not empty.</summary>
    public bool LacksInline { get; init; }

    public override IdentityRow ToRow() => base.ToRow() with { IsOdd = LacksInline };
}

internal sealed class IamGroup : IamIdentity
{
    /// <summary>Whether users are in it and the files do not describe it.</summary>
    public bool IsMissing { get; init; }

    public override IdentityRow ToRow() => base.ToRow() with { IsOdd = IsMissing };
}

internal sealed class IamRole : IamIdentity
{
    public HeldPolicy Trust => field ??= new("trust", Where with { Part = "AssumeRolePolicyDocument" }, Holdings.Trust) { Holder = this };

    /// <summary>Names of the instance profiles through which virtual machines act as it.</summary>
    public IReadOnlyList<string> InstanceProfiles => Holdings.InstanceProfiles;

    /// <summary>Null: not said.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether the listing says when it was last used, and gives no time.</summary>
    public bool HasEmptyLastUse { get; init; }

    public override IdentityRow ToRow() => base.ToRow() with { IsOdd = HasEmptyLastUse, LastUsedAt = IdentityRow.Ticks(LastUsedAt) };

    /// <summary>Made by Identity Center for a permission set, which alone changes it.</summary>
    public static bool IsReserved(string arn) => arn.Contains(":role/aws-reserved/", StringComparison.Ordinal);

    /// <summary>Made by a service for itself; service control policies do not bind it.</summary>
    public static bool IsServiceLinked(string arn) =>
        arn.Contains(":role/aws-service-role/", StringComparison.Ordinal) && Iam.Arn.Parse(arn)?.Resource.StartsWith("role/aws-service-role/", StringComparison.Ordinal) is true;
}
