namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>One statement of a policy document, as written.</summary>
internal sealed record PolicyStatement
{
    /// <summary>Its Sid; null where it has none.</summary>
    public string? Sid { get; init; }

    /// <summary>0 for the first of its document.</summary>
    public required int Index { get; init; }

    public required bool Denies { get; init; }

    /// <summary>Action patterns; with <see cref="ActionsExcluded"/> those it is not about.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    public bool ActionsExcluded { get; init; }

    /// <summary>Resource patterns; null in a trust policy, which is about the role it belongs to.</summary>
    public IReadOnlyList<ResourcePattern>? Resources { get; init; }

    public bool ResourcesExcluded { get; init; }

    /// <summary>Null in an identity policy, which is about whoever has it.</summary>
    public PolicyPrincipals? Principals { get; init; }

    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>What made it unreadable: then it may say anything; null where it was read.</summary>
    public string? Problem { get; init; }

    /// <summary>`Sid`, else `statement 3`.</summary>
    public string Name => string.IsNullOrEmpty(Sid) ? $"statement {Index + 1}" : Sid;
}

/// <summary>A resource pattern of a statement.</summary>
/// <param name="Text">As written.</param>
/// <param name="Pattern">With policy variables that are not known as `*`, and escapes as the characters they stand for where no wildcard is meant.</param>
/// <param name="HasUsername">Whether `${aws:username}` occurs.</param>
/// <param name="HasVariable">Whether another policy variable occurs: what it matches is not known.</param>
internal sealed record ResourcePattern(string Text, string Pattern, bool HasUsername = false, bool HasVariable = false);

/// <summary>Whom a trust policy names.</summary>
/// <param name="Excluded">NotPrincipal.</param>
/// <param name="Everyone">`*`.</param>
/// <param name="Aws">Account ids, root, user, role and session names.</param>
/// <param name="Services">Service principals, such as ec2.amazonaws.com.</param>
/// <param name="Federated">Identity providers.</param>
/// <param name="Other">Kinds that are not known, such as CanonicalUser.</param>
internal sealed record PolicyPrincipals(bool Excluded, bool Everyone, IReadOnlyList<string> Aws, IReadOnlyList<string> Services, IReadOnlyList<string> Federated, IReadOnlyList<string> Other);

/// <summary>One line of a Condition: operator, key and values.</summary>
internal sealed record PolicyCondition(string Operator, string Key, IReadOnlyList<string> Values);

/// <summary>A policy's statements in order.</summary>
internal sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statements)
{
    public static PolicyDocument Empty { get; } = new([]);

    /// <summary>Whether `${aws:username}` stands in it: then it says different things of different users.</summary>
    public bool UsesName { get; } = Statements.Any(statement => statement.Resources?.Any(resource => resource.HasUsername) is true);

    /// <summary>Whether it says nothing but: everything is allowed (the service control policy FullAWSAccess).</summary>
    public bool AllowsEverything =>
        Statements.Count > 0 && Statements.All(statement => statement is { Denies: false, Problem: null, ActionsExcluded: false, ResourcesExcluded: false, Conditions.Count: 0 }
            && statement.Actions.Contains("*") && statement.Resources is { } resources && resources.Any(resource => resource.Pattern == "*"));
}
