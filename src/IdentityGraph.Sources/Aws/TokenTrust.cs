using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Trusts in tokens of services of AWS itself: permission sets of IAM Identity Center, and identity pools of Cognito. Who gets such tokens
/// is not in the listing.
/// </summary>
internal static class TokenTrust
{
    public const string IdentityCenter = "sso.amazonaws.com";

    public const string IdentityPools = "cognito-identity.amazonaws.com";

    private const string Guest = "unauthenticated";

    public static IReadOnlyList<string> Services { get; } = [IdentityCenter, IdentityPools];

    /// <summary>The service whose tokens the principal under `Federated` stands for; null: neither of them.</summary>
    /// <param name="federated">ARN or host of the provider; Identity Center's is called `AWSSSO_…`.</param>
    /// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html</remarks>
    public static string? ServiceOf(string federated) =>
        federated.Contains(":saml-provider/AWSSSO_", StringComparison.OrdinalIgnoreCase) ? IdentityCenter
        : federated.StartsWith("cognito-identity", StringComparison.OrdinalIgnoreCase) && federated.Contains(".amazonaws.com", StringComparison.OrdinalIgnoreCase) ? IdentityPools
        : null;

    /// <summary>Whether the role is one that Identity Center made for a permission set.</summary>
    public static bool IsPermissionSet(string arn) => arn.Contains(":role/aws-reserved/sso.amazonaws.com/", StringComparison.Ordinal) || arn.AsSpan(arn.LastIndexOf('/') + 1).StartsWith("AWSReservedSSO_", StringComparison.Ordinal);

    /// <summary>The services of which the trust lets tokens in.</summary>
    public static IEnumerable<string> In(PolicyDocument trust) => trust.Statements
        .Where(statement => statement is { Denies: false, Problem: null })
        .SelectMany(statement => statement.Principals?.Federated ?? [])
        .Select(ServiceOf)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);

    /// <summary>How a token of the service lets somebody assume the role, whatever the token says.</summary>
    /// <param name="trust">Of the role.</param>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="known">What is certain of every request.</param>
    public static Outcome By(PolicyDocument trust, string service, IReadOnlyDictionary<string, string> known)
    {
        var outcome = Outcome.Denied;
        foreach (var statement in trust.Statements.Where(statement => !statement.Denies))
        {
            if (statement is not { Problem: null, Principals.Excluded: false })
            {
                outcome = statement.Problem is null ? outcome : outcome.Or(Outcome.Unknown);
                continue;
            }

            foreach (var federated in statement.Principals.Federated.Where(federated => ServiceOf(federated) == service && statement.IsAboutAction(FederatedTrust.ActionOf(federated))))
            {
                outcome = outcome.Or(FederatedTrust.By(trust, statement, federated, known, condition => IsOfToken(condition, federated)));
            }
        }

        return outcome;
    }

    /// <summary>Whether the statement lets in tokens that identity pools give to whoever has not signed in.</summary>
    /// <param name="statement">An Allow that names the provider.</param>
    /// <param name="federated">The provider.</param>
    public static bool LetsGuestsIn(PolicyStatement statement, string federated) =>
        ServiceOf(federated) == IdentityPools && statement.Conditions
            .Where(condition => condition.Key.Equals(federated + ":amr", StringComparison.OrdinalIgnoreCase))
            .All(condition => !IsEquality(condition.Operator) || condition.Values.Any(value => Glob.IsMatch(value, Guest, ignoreCase: true)));

    private static bool IsEquality(string written) =>
        written.ToLowerInvariant() is "stringequals" or "stringlike" or "stringequalsignorecase" or "foranyvalue:stringequals" or "foranyvalue:stringlike" or "foranyvalue:stringequalsignorecase";

    private static bool IsOfToken(PolicyCondition condition, string federated) =>
        condition.Key.StartsWith(federated + ":", StringComparison.OrdinalIgnoreCase) || condition.Key.StartsWith("saml:", StringComparison.OrdinalIgnoreCase);
}
