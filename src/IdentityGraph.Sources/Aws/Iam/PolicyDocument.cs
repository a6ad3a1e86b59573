namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>A policy's statements in order.</summary>
internal sealed class PolicyDocument
{
    /// <summary>So few are compared one by one.</summary>
    private const int Few = 16;

    private const string OwnTag = "${aws:PrincipalTag/";

    private readonly bool _usesName;
    private ResourceIndex? _byResource;

    public PolicyDocument(IReadOnlyList<PolicyStatement> statements)
    {
        Statements = statements;
        foreach (var statement in statements)
        {
            HasProblems |= statement.Problem is not null;
            HasDeny |= statement.Denies;
            _usesName |= UsesNameOf(statement);
            NamesUniqueId |= UniqueIds.AreIn(statement);
            foreach (var condition in statement.Conditions)
            {
                AsksFactor |= RequestKeys.IsOfFactor(condition.Key);
                AsksPrincipal |= RequestKeys.IsOfPrincipal(condition.Key);
                AsksResource |= RequestKeys.IsOfResource(condition.Key);
            }
        }
    }

    public static PolicyDocument Empty { get; } = new([]);

    public IReadOnlyList<PolicyStatement> Statements { get; }

    /// <summary>Whether a statement could not be read.</summary>
    public bool HasProblems { get; }

    public bool HasDeny { get; }

    /// <summary>Whether it says different things of different principals: `${aws:username}` or a tag of theirs stands in it, or it <see cref="AsksPrincipal"/>.</summary>
    public bool UsesName => _usesName || AsksPrincipal;

    /// <summary>Whether a condition of it is about the principal: then it cannot be looked at without one.</summary>
    public bool AsksPrincipal { get; }

    /// <summary>Whether a condition of it is about tags of what a request is about.</summary>
    public bool AsksResource { get; }

    /// <summary>Whether a trust names a principal by its unique id.</summary>
    public bool NamesUniqueId { get; }

    /// <summary>Whether a condition of it is about an MFA device.</summary>
    public bool AsksFactor { get; }

    /// <summary>Whether it was met more than once.</summary>
    public bool IsShared { get; set; }

    /// <summary>What a text in it that looks like a secret looks like; null: none does.</summary>
    public string? Hides { get; init; }

    /// <summary>Whether it says nothing but: everything is allowed (the service control policy FullAWSAccess).</summary>
    public bool AllowsEverything =>
        Statements.Count > 0 && Statements.All(statement => statement is { Denies: false, Problem: null, ActionsExcluded: false, ResourcesExcluded: false, Conditions.Count: 0 }
            && statement.Actions.Contains("*") && statement.Resources is { } resources && resources.Any(resource => resource.Pattern == "*"));

    /// <summary>The statements that may be about the resource of a request, in their order.</summary>
    public IReadOnlyList<PolicyStatement> On(IamRequest request) =>
        Statements.Count <= Few ? Statements : (_byResource ??= new ResourceIndex(Statements)).For(request.Resource, request.Scope != ResourceScope.One);

    private static bool UsesNameOf(PolicyStatement statement)
    {
        foreach (var resource in statement.Resources ?? [])
        {
            if (resource.HasUsername || (resource.HasVariable && resource.Text.Contains(OwnTag, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }
}
