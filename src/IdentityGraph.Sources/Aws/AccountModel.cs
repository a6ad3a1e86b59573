using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>A policy as somebody has it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Node">Its node id.</param>
/// <param name="Where">File and place, for evidence.</param>
/// <param name="Document">Its statements.</param>
internal sealed record HeldPolicy(string Name, string Node, string Where, PolicyDocument Document);

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
    public bool IsOwn => Iam.Arn.Parse(Arn) is { Account: not "aws" };
}

/// <summary>A user, group or role with what is attached to it.</summary>
internal abstract record IamIdentity
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    /// <summary>File and place, for evidence.</summary>
    public required string Where { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyList<HeldPolicy> Inline { get; init; } = [];

    /// <summary>ARNs of managed policies.</summary>
    public IReadOnlyList<string> Attached { get; init; } = [];

    /// <summary>ARN of the managed policy that bounds it; null: none.</summary>
    public string? Boundary { get; init; }
}

internal sealed record IamUser : IamIdentity
{
    /// <summary>Names of its groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Whether its list of inline policies is absent, not empty.</summary>
    public bool LacksInline { get; init; }
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
    public bool IsServiceLinked => Iam.Arn.Parse(Arn)?.Resource.StartsWith("role/aws-service-role/", StringComparison.Ordinal) is true;
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

    public IReadOnlyList<ControlLevel> Levels { get; set; } = [];

    /// <summary>Elements read, by the name of their list.</summary>
    public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>The pages they were on.</summary>
    public HashSet<(string File, int Page)> Pages { get; } = [];

    public Dictionary<string, IamGroup> GroupsByName { get; } = new(StringComparer.OrdinalIgnoreCase);
}
