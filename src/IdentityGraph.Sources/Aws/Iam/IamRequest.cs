namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>Who wants to do what to what.</summary>
/// <param name="Principal">ARN of an IAM user, role or assumed-role session, or an account's root.</param>
/// <param name="Action">`service:Name`, without wildcards.</param>
/// <param name="Resource">ARN without wildcards; `*` for an action that is about no resource.</param>
public sealed record IamRequest(string Principal, string Action, string Resource)
{
    /// <summary>Condition keys whose value is certain, in lower case (`iam:passedtoservice`); a key that is not here is not known.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();

    /// <summary>The same, and what follows from who it is; to be asked for where a statement has conditions.</summary>
    internal IReadOnlyDictionary<string, string> Stated => RequestKeys.Of(this);

    /// <summary>Whether the value of any condition key is certain.</summary>
    internal bool HasKeys => Context.Count > (Context.ContainsKey(ConditionReading.NotBefore) ? 1 : 0);

    /// <summary>Whether <see cref="Resource"/> is a pattern, and then what is asked of the resources it means.</summary>
    internal ResourceScope Scope { get; init; }
}

/// <summary>What a request asks of its resource.</summary>
internal enum ResourceScope : byte
{
    /// <summary>It is one resource.</summary>
    One = 0,

    /// <summary>It is a pattern: whether the request is allowed on every resource of it.</summary>
    Every,

    /// <summary>It is a pattern: whether the request is allowed on some resource of it.</summary>
    Some,
}

/// <summary>The policies that decide a request, as JSON texts (URL-encoded or not).</summary>
public sealed record IamPolicies
{
    /// <summary>Identity policies: the principal's own and its groups', inline and attached.</summary>
    public IReadOnlyList<string> Identity { get; init; } = [];

    /// <summary>The permission boundary; null: none.</summary>
    public string? Boundary { get; init; }

    /// <summary>
    /// Service control policies by level, from the organization's root to the account: every level must allow. Empty: none apply.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> ServiceControl { get; init; } = [];

    /// <summary>The trust policy of the role that is the resource, which must allow; null: only the identity side is asked.</summary>
    public string? Trust { get; init; }
}

/// <summary>What the published evaluation logic says of a request.</summary>
public enum IamVerdict
{
    /// <summary>It is denied, explicitly or because nothing allows it.</summary>
    Denied = 0,

    /// <summary>It is allowed under conditions that the request does not decide.</summary>
    Depends = 1,

    Allowed = 2,
}

/// <summary>The decision on a request.</summary>
/// <param name="Verdict">Allowed only where no condition is left.</param>
/// <param name="Gates">Gate words of the first way in which it is allowed; empty where nothing is asked for, or only what nobody can judge.</param>
/// <param name="Unread">Whether in every way something that nobody can judge must hold.</param>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html</remarks>
public sealed record IamDecision(IamVerdict Verdict, IReadOnlyList<string> Gates, bool Unread)
{
    public static IamDecision Decide(IamPolicies policies, IamRequest request)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(request);
        var set = new PolicySet
        {
            Identity = [.. policies.Identity.Select(PolicyReading.Parse)],
            Boundary = policies.Boundary is { } boundary ? PolicyReading.Parse(boundary) : null,
            ServiceControl = [.. policies.ServiceControl.Select(level => (IReadOnlyList<PolicyDocument>)[.. level.Select(PolicyReading.Parse)])],
        };
        var outcome = policies.Trust is { } trust ? TrustDecision.Decide(set, PolicyReading.Parse(trust), request) : set.Decide(request);
        return new(
            outcome.IsDenied ? IamVerdict.Denied : outcome.IsAllowed ? IamVerdict.Allowed : IamVerdict.Depends,
            outcome.Ways is [var first, ..] ? first.Gates : [],
            outcome.Ways.Count > 0 && outcome.Ways.All(way => way.Unread));
    }
}
