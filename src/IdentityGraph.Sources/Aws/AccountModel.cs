using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>A policy of its own, attached by its ARN.</summary>
internal sealed record ManagedPolicy
{
    public required string Arn { get; init; }

    public required HeldPolicy Held { get; init; }

    /// <summary>The version in force, such as v3.</summary>
    public string? Version { get; init; }

    /// <summary>How many versions the files hold; those not in force can be put in force.</summary>
    public int Versions { get; init; }

    public bool HasOtherVersions => Versions > 1;

    /// <summary>How often the service says it is attached; null: not said.</summary>
    public long? AttachmentCount { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether the account itself made it, and can change it.</summary>
    public bool IsOwn => !Iam.Arn.AccountOf(Arn).SequenceEqual("aws");

    /// <summary>Whether another entry of the same ARN gives the same.</summary>
    public bool GivesTheSameAs(ManagedPolicy other) => ReferenceEquals(Held.Document, other.Held.Document) && Versions == other.Versions && Version == other.Version;
}

/// <summary>A user, group or role with what is attached to it.</summary>
internal abstract record IamIdentity
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    /// <summary>File and place, for evidence.</summary>
    public required Place Where { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyList<HeldPolicy> Inline { get; init; } = [];

    /// <summary>ARNs of managed policies.</summary>
    public IReadOnlyList<string> Attached { get; init; } = [];

    /// <summary>ARN of the managed policy that bounds it; null: none.</summary>
    public string? Boundary { get; init; }

    /// <summary>Whether another entry of the same ARN gives the same: then it is one that stands twice.</summary>
    public virtual bool GivesTheSameAs(IamIdentity other) =>
        Name == other.Name && Boundary == other.Boundary && Attached.SequenceEqual(other.Attached) && Inline.Count == other.Inline.Count
        && Inline.Zip(other.Inline).All(pair => pair.First.Name == pair.Second.Name && ReferenceEquals(pair.First.Document, pair.Second.Document));
}

internal sealed record IamUser : IamIdentity
{
    /// <summary>Names of its groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Whether its list of inline policies is absent, not empty.</summary>
    public bool LacksInline { get; init; }

    public override bool GivesTheSameAs(IamIdentity other) => base.GivesTheSameAs(other) && other is IamUser user && Groups.SequenceEqual(user.Groups);
}

internal sealed record IamGroup : IamIdentity
{
    /// <summary>Whether users are in it and the files do not describe it.</summary>
    public bool IsMissing { get; init; }
}

internal sealed record IamRole : IamIdentity
{
    public required HeldPolicy Trust { get; init; }

    /// <summary>Names of the instance profiles through which virtual machines act as it.</summary>
    public IReadOnlyList<string> InstanceProfiles { get; init; } = [];

    /// <summary>Null: not said.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether the listing says when it was last used, and gives no time.</summary>
    public bool HasEmptyLastUse { get; init; }

    /// <summary>Made by a service for itself; service control policies do not bind it.</summary>
    public bool IsServiceLinked => Arn.Contains(":role/aws-service-role/", StringComparison.Ordinal) && Iam.Arn.Parse(Arn)?.Resource.StartsWith("role/aws-service-role/", StringComparison.Ordinal) is true;

    public override bool GivesTheSameAs(IamIdentity other) =>
        base.GivesTheSameAs(other) && other is IamRole role && ReferenceEquals(Trust.Document, role.Trust.Document) && InstanceProfiles.SequenceEqual(role.InstanceProfiles);
}

/// <summary>A level of the organization above an account, with the service control policies attached to it.</summary>
/// <param name="Account">The account it is about; null: every account.</param>
/// <param name="Target">Id of the root, unit or account.</param>
/// <param name="Policies">One of them must allow.</param>
internal sealed record ControlLevel(string? Account, string Target, IReadOnlyList<HeldPolicy> Policies);

/// <summary>What the files say of one account.</summary>
internal sealed class AccountModel(AwsIds ids)
{
    public AwsIds Ids { get; } = ids;

    /// <summary>By ARN; what comes twice is one.</summary>
    public Dictionary<string, IamUser> Users { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, IamGroup> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, IamRole> Roles { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ManagedPolicy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>The first file it was read in.</summary>
    public string Where => Pages.Count == 0 ? "" : Pages.First().File;

    /// <summary>The same as evidence.</summary>
    public IReadOnlyList<EvidenceRef> Evidence => field ??= [new EvidenceRef(Where)];

    public IReadOnlyList<ControlLevel> Levels { get; set; } = [];

    /// <summary>What is certain of every request, see <see cref="ConditionReading.NotBefore"/>.</summary>
    public IReadOnlyDictionary<string, string> Known { get; set; } = new Dictionary<string, string>();

    /// <summary>Elements read, by the name of their list.</summary>
    public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>The pages they were on.</summary>
    public HashSet<(string File, int Page)> Pages { get; } = [];

    public Dictionary<string, IamGroup> GroupsByName { get; } = new(StringComparer.OrdinalIgnoreCase);
}
