using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Trusts in identity providers: whoever shows a token with a subject the trust names assumes the role. The subject is a service identity
/// of its own whose state nobody read; a trust without a subject is one for every subject of the provider.
/// </summary>
internal static class FederatedTrust
{
    /// <summary>Longest id of a node.</summary>
    private const int MostId = 512;

    private const string WithWebIdentity = "sts:AssumeRoleWithWebIdentity";
    private const string WithSaml = "sts:AssumeRoleWithSAML";

    public static IEnumerable<Observation> Map(IamRole role, AccountModel account)
    {
        foreach (var statement in role.Trust.Document.Statements.Where(statement => statement is { Denies: false, Problem: null, Principals: not null }))
        {
            var principals = statement.Principals!;
            if (principals.Everyone != principals.Excluded && (statement.IsAboutAction(WithWebIdentity) || statement.IsAboutAction(WithSaml)))
            {
                foreach (var observation in Anybody(role, account, statement))
                {
                    yield return observation;
                }
            }

            foreach (var federated in principals.Excluded ? [] : principals.Federated.Where(federated => statement.IsAboutAction(ActionOf(federated))))
            {
                foreach (var observation in Map(role, account, statement, federated))
                {
                    yield return observation;
                }
            }
        }
    }

    /// <summary>How whoever a provider vouches for may assume the role, by a statement that names the provider; its subjects apart.</summary>
    /// <param name="trust">Of the role.</param>
    /// <param name="statement">Which names it.</param>
    /// <param name="federated">ARN or host of the provider.</param>
    /// <param name="known">What is certain of every request.</param>
    /// <param name="isOwn">Whether the condition is met by whoever makes the tokens.</param>
    public static Outcome By(PolicyDocument trust, PolicyStatement statement, string federated, IReadOnlyDictionary<string, string> known, Func<PolicyCondition, bool> isOwn) => trust.Statements
        .Where(other => other is { Denies: true, Problem: null, Principals: { } denied } && other.IsAboutAction(ActionOf(federated)) && (denied.Everyone || denied.Federated.Contains(federated)) != denied.Excluded)
        .Select(other => other.AppliesNot(known))
        .Concat(trust.HasProblems ? [Outcome.Unknown] : [])
        .Concat(statement.Conditions.Where(condition => !isOwn(condition)).Select(condition => ConditionReading.Holds(condition, known)))
        .Aggregate(Outcome.Allowed, (so, one) => so.And(one));

    public static bool IsSaml(string federated) => federated.Contains(":saml-provider/", StringComparison.Ordinal);

    public static string ActionOf(string federated) => IsSaml(federated) ? WithSaml : WithWebIdentity;

    /// <summary>Whoever has a token of any provider; which providers the account knows is not in the listing.</summary>
    private static IEnumerable<Observation> Anybody(IamRole role, AccountModel account, PolicyStatement statement, string by = "by token")
    {
        yield return AccountFacts.Node(AccountStreams.Roles, AwsIds.Everyone, NodeKinds.ServiceIdentity, "anybody with an AWS account", [], null, AccountFacts.Active);
        yield return AccountFacts.Edge(
            AccountStreams.Roles, EdgeKinds.CanAssume, AwsIds.Everyone, account.Ids.Role(role.Name), $"{Hidden.Unless(statement.Name)} {by}", [new EvidenceRef(Standing.Reference(role.Trust, statement))], AccountFacts.Assumption(Way.Unknown));
    }

    private static IEnumerable<Observation> Map(IamRole role, AccountModel account, PolicyStatement statement, string federated)
    {
        var provider = NameOf(federated);
        var subjects = statement.Conditions.Where(condition => IsKey(condition, provider, "sub")).ToArray();
        var read = subjects.All(condition => condition.Operator.ToLowerInvariant() is "stringequals" or "stringlike" or "foranyvalue:stringlike" or "foranyvalue:stringequals") && subjects.Length <= 1;
        var outcome = By(role.Trust.Document, statement, federated, account.Known, condition => IsKey(condition, provider, "sub") || IsKey(condition, provider, "aud")).And(read ? Outcome.Allowed : Outcome.Unknown);
        foreach (var observation in !outcome.IsDenied && TokenTrust.LetsGuestsIn(statement, federated) ? Anybody(role, account, statement, "as a guest") : [])
        {
            yield return observation;
        }

        foreach (var subject in outcome.IsDenied ? [] : subjects is [var only] && read ? only.Values.Distinct(StringComparer.Ordinal) : ["*"])
        {
            var node = NodeOf(account, federated, provider, subject);
            yield return AccountFacts.Node(AccountStreams.Roles, node, NodeKinds.ServiceIdentity, $"{Hidden.Unless(subject)} of {Hidden.Unless(provider)}", [], null, AccountFacts.Text(P.NhiKind, "workload"));
            foreach (var observation in provider.Equals(GitHubSubjects.Issuer, StringComparison.OrdinalIgnoreCase) ? Jobs(node, subject, role, statement) : [])
            {
                yield return observation;
            }

            foreach (var (way, index) in outcome.Ways.Select((way, index) => (way, index)))
            {
                var edge = AccountFacts.Edge(
                    AccountStreams.Roles,
                    EdgeKinds.CanAssume,
                    node,
                    account.Ids.Role(role.Name),
                    $"{Hidden.Unless(statement.Name)}{(index == 0 ? "" : "#" + index)}",
                    [new EvidenceRef(Standing.Reference(role.Trust, statement))],
                    AccountFacts.Assumption(way));
                foreach (var lasting in AccountFacts.Lasting(edge, way, account.ReadAt))
                {
                    yield return lasting;
                }
            }
        }
    }

    /// <summary>Some job of the repositories that the subject may be of: which subject its token has, its own files do not say.</summary>
    private static IEnumerable<Observation> Jobs(string node, string subject, IamRole role, PolicyStatement statement)
    {
        // In small letters nobody would know a secret again.
        var around = GitHubSubjects.Narrowest(SecretLooking.Find(subject) is null ? subject : "*", out var said);
        if (around != node)
        {
            yield return AccountFacts.Node(AccountStreams.Roles, around, NodeKinds.ServiceIdentity, $"jobs of {said}", [], null, AccountFacts.Text(P.NhiKind, "workload"));
            yield return AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.CanAssume, around, node, null, [new EvidenceRef(Standing.Reference(role.Trust, statement))], AccountFacts.Assumption(Way.Unknown));
        }
    }

    /// <summary>Subjects of OpenID Connect are the same whoever trusts them; a SAML provider is one of the account.</summary>
    private static string NodeOf(AccountModel account, string federated, string provider, string subject) =>
        IsSaml(federated) || WorkloadIds.Subject(provider, subject).Length > MostId
            ? account.Ids.Subject(provider, subject)
            : WorkloadIds.Subject(Hidden.Unless(provider), Hidden.Unless(subject));

    /// <summary>`token.actions.githubusercontent.com` of its ARN or host.</summary>
    public static string NameOf(string federated) => Arn.Parse(federated) is { } arn ? arn.Resource[(arn.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..] : federated;

    private static bool IsKey(PolicyCondition condition, string provider, string claim) =>
        condition.Key.Equals($"{provider}:{claim}", StringComparison.OrdinalIgnoreCase) || condition.Key.Equals("SAML:" + claim, StringComparison.OrdinalIgnoreCase);
}
