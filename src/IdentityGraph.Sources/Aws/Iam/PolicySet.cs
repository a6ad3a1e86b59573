using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>The policies on the side of the principal: what they allow is their union, cut by its boundary and the organization's.</summary>
internal sealed class PolicySet
{
    private PolicyDocument[]? _documents;

    public IReadOnlyList<PolicyDocument> Identity { get; init; } = [];

    public PolicyDocument? Boundary { get; init; }

    /// <summary>By level, each of which must allow.</summary>
    public IReadOnlyList<IReadOnlyList<PolicyDocument>> ServiceControl { get; init; } = [];

    /// <summary>An explicit Deny anywhere wins; then identity, boundary and every level must allow.</summary>
    public Outcome Decide(IamRequest request)
    {
        var undenied = NotDenied(request);
        return undenied.IsDenied ? undenied : undenied.And(Allows(Identity, request)).And(Boundary is null ? Outcome.Allowed : Allows([Boundary], request)).And(Organization(request));
    }

    public Outcome IdentityAllows(IamRequest request) => Allows(Identity, request);

    public Outcome BoundaryAllows(IamRequest request) => Boundary is null ? Outcome.Allowed : Allows([Boundary], request);

    /// <summary>Service control policies say nothing about the master's own service-linked roles; callers leave those out.</summary>
    public Outcome Organization(IamRequest request) =>
        ServiceControl.Aggregate(Outcome.Allowed, (outcome, level) => outcome.IsDenied ? outcome : outcome.And(Allows(level, request)));

    /// <summary>How the request escapes every explicit Deny; a statement that could not be read may be one.</summary>
    public Outcome NotDenied(IamRequest request)
    {
        var outcome = Outcome.Allowed;
        var username = UsernameOf(request);
        foreach (var document in Documents())
        {
            foreach (var statement in document.HasDeny || document.HasProblems ? On(document, request) : [])
            {
                if (statement.Problem is not null)
                {
                    outcome = outcome.And(Outcome.Unknown);
                }
                else if (statement.Denies && statement.IsAboutAction(request.Action))
                {
                    outcome = outcome.And(Escapes(statement, request, username));
                    if (outcome.IsDenied)
                    {
                        return outcome;
                    }
                }
            }
        }

        return outcome;
    }

    /// <summary>The documents of every side, identity first.</summary>
    public IReadOnlyList<PolicyDocument> Documents() =>
        _documents ??= [.. Identity, .. Boundary is null ? [] : new[] { Boundary }, .. ServiceControl.SelectMany(level => level)];

    /// <summary>Whether anything takes away from what others allow: a Deny, or what may be one, a boundary, an organization.</summary>
    public bool TakesAway => Boundary is not null || ServiceControl.Count > 0 || Identity.Any(document => document.HasDeny || document.HasProblems);

    /// <summary>Whether a condition is about tags of what a request is about.</summary>
    public bool AsksResource => _asksResource ??= Documents().Any(document => document.AsksResource);

    private bool? _asksResource;

    /// <summary>Statements compared with a request so far.</summary>
    public long Compared { get; private set; }

    private Outcome Allows(IReadOnlyList<PolicyDocument> documents, IamRequest request)
    {
        var username = UsernameOf(request);
        var outcome = Outcome.Denied;
        foreach (var document in documents)
        {
            foreach (var statement in On(document, request))
            {
                if (Allows(statement, request, username) is { IsDenied: false } way)
                {
                    outcome = outcome.Or(way);
                    if (outcome.IsAllowed)
                    {
                        return outcome;
                    }
                }
            }
        }

        return outcome;
    }

    /// <summary>What one statement allows; one that could not be read may allow anything.</summary>
    public static Outcome Allows(PolicyStatement statement, IamRequest request, string? username)
    {
        if (statement.Problem is not null)
        {
            return Outcome.Unknown;
        }

        if (statement.Denies || !statement.IsAboutAction(request.Action))
        {
            return Outcome.Denied;
        }

        return statement.IsAboutResource(request, username) switch
        {
            Truth.False => Outcome.Denied,
            Truth.True => statement.Applies(request),
            _ => statement.Applies(request).And(Outcome.Unknown),
        };
    }

    /// <summary>Stands for the name of whoever is in a group; no name of a user holds it.</summary>
    public const string SomeMember = "*";

    /// <summary>The friendly name of an IAM user; roles and sessions have none.</summary>
    public static string? UsernameOf(IamRequest request) => Arn.Parse(request.Principal) switch
    {
        { Service: "iam", Type: "user" } user => user.Name,
        { Service: "iam", Type: "group" } => SomeMember,
        _ => null,
    };

    private IReadOnlyList<PolicyStatement> On(PolicyDocument document, IamRequest request)
    {
        var statements = document.On(request);
        Compared += statements.Count;
        return statements;
    }

    private static Outcome Escapes(PolicyStatement statement, IamRequest request, string? username) =>
        statement.IsAboutResource(request, username) switch
        {
            Truth.False => Outcome.Allowed,
            Truth.True => statement.AppliesNot(request),
            _ => statement.AppliesNot(request).Or(Outcome.Unknown),
        };
}
