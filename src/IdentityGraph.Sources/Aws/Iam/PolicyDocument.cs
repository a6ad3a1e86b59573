using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>A policy's statements in order.</summary>
internal sealed class PolicyDocument
{
    /// <summary>So few are compared one by one.</summary>
    private const int Few = 16;

    private const string OwnTag = "${aws:PrincipalTag/";

    private readonly Asked _asked;
    private readonly uint _start;

    /// <summary>The statements, or the shape of those that are packed.</summary>
    private object _said;
    private ResourceIndex? _byResource;

    public PolicyDocument(IReadOnlyList<PolicyStatement> statements)
    {
        _said = statements;
        foreach (var statement in statements)
        {
            _asked |= (statement.Problem is not null ? Asked.Problem : 0) | (statement.Denies ? Asked.Deny : 0) | (UsesNameOf(statement) ? Asked.Name : 0) | (UniqueIds.AreIn(statement) ? Asked.UniqueId : 0);
            foreach (var condition in statement.Conditions)
            {
                _asked |= (RequestKeys.IsOfFactor(condition.Key) ? Asked.Factor : 0) | (RequestKeys.IsOfPrincipal(condition.Key) ? Asked.Principal : 0) | (RequestKeys.IsOfResource(condition.Key) ? Asked.Resource : 0);
            }
        }
    }

    private PolicyDocument(PolicyDocument other, PolicyShape shape, uint start) => (_asked, _said, _start) = (other._asked, shape, start);

    [Flags]
    private enum Asked : byte
    {
        Problem = 1,
        Deny = 2,
        Name = 4,
        Principal = 8,
        Resource = 16,
        Factor = 32,
        UniqueId = 64,
    }

    public static PolicyDocument Empty { get; } = new([]);

    /// <summary>Of one that is packed made anew wherever they are asked for, unless several have it.</summary>
    public IReadOnlyList<PolicyStatement> Statements => _said as IReadOnlyList<PolicyStatement> ?? Unpacked((PolicyShape)_said);

    /// <summary>Whether it is packed: then no statement is about an action that is asked for.</summary>
    public bool IsPacked => _said is PolicyShape;

    /// <summary>Whether a statement could not be read.</summary>
    public bool HasProblems => (_asked & Asked.Problem) != 0;

    public bool HasDeny => (_asked & Asked.Deny) != 0;

    /// <summary>Whether it says different things of different principals: `${aws:username}` or a tag of theirs stands in it, or it <see cref="AsksPrincipal"/>.</summary>
    public bool UsesName => (_asked & (Asked.Name | Asked.Principal)) != 0;

    /// <summary>Whether a condition of it is about the principal: then it cannot be looked at without one.</summary>
    public bool AsksPrincipal => (_asked & Asked.Principal) != 0;

    /// <summary>Whether a condition of it is about tags of what a request is about.</summary>
    public bool AsksResource => (_asked & Asked.Resource) != 0;

    /// <summary>Whether a trust names a principal by its unique id.</summary>
    public bool NamesUniqueId => (_asked & Asked.UniqueId) != 0;

    /// <summary>Whether a condition of it is about an MFA device.</summary>
    public bool AsksFactor => (_asked & Asked.Factor) != 0;

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

    /// <summary>The same, packed.</summary>
    /// <param name="shape">What it says beside names and resources.</param>
    /// <param name="start">Where those are kept.</param>
    public PolicyDocument Packed(PolicyShape shape, uint start) => new(this, shape, start);

    private PolicyStatement[] Unpacked(PolicyShape shape)
    {
        var statements = shape.Store.Unpacked(shape, _start);
        if (IsShared)
        {
            _said = statements;
        }

        return statements;
    }

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
