namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>One statement of a policy document, as written.</summary>
internal sealed record PolicyStatement
{
    /// <summary>Its Sid; null where it has none.</summary>
    public string? Sid { get; init; }

    /// <summary>0 for the first of its document.</summary>
    public required int Index { get; init; }

    public required bool Denies { get; init; }

    public required ActionPatterns About { get; init; }

    /// <summary>Action patterns; with <see cref="ActionsExcluded"/> those it is not about.</summary>
    public IReadOnlyList<string> Actions => About.Patterns;

    public bool ActionsExcluded => About.Excluded;

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
internal readonly record struct ResourcePattern(string Text, string Pattern, bool HasUsername = false, bool HasVariable = false)
{
    /// <summary>Whether anything in it stands for something else than its characters and wildcards say.</summary>
    public bool IsNotAsWritten => Text != Pattern;
}

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
