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

    public static IEnumerable<Observation> Map(IamRole role, AccountModel account)
    {
        foreach (var statement in role.Trust.Document.Statements.Where(statement => statement is { Denies: false, Problem: null, Principals.Excluded: false }))
        {
            if (!statement.IsAboutAction("sts:AssumeRoleWithWebIdentity") && !statement.IsAboutAction("sts:AssumeRoleWithSAML"))
            {
                continue;
            }

            foreach (var provider in statement.Principals!.Federated.Select(NameOf))
            {
                foreach (var observation in Map(role, account, statement, provider))
                {
                    yield return observation;
                }
            }
        }
    }

    private static IEnumerable<Observation> Map(IamRole role, AccountModel account, PolicyStatement statement, string provider)
    {
        var subjects = statement.Conditions.Where(condition => IsKey(condition, provider, "sub")).ToArray();
        var rest = statement.Conditions.Where(condition => !IsKey(condition, provider, "sub") && !IsKey(condition, provider, "aud"));
        var read = subjects.All(condition => condition.Operator.ToLowerInvariant() is "stringequals" or "stringlike" or "foranyvalue:stringlike" or "foranyvalue:stringequals") && subjects.Length <= 1;
        var denied = role.Trust.Document.Statements.Any(other => other.Denies);
        var outcome = rest.Aggregate(read && !denied ? Outcome.Allowed : Outcome.Unknown, (so, condition) => so.And(ConditionReading.Holds(condition, account.Known)));
        foreach (var subject in subjects is [var only] && read ? only.Values.Distinct(StringComparer.Ordinal) : ["*"])
        {
            var node = NodeOf(statement, account, provider, subject);
            yield return AccountFacts.Node(AccountStreams.Roles, node, NodeKinds.ServiceIdentity, $"{subject} of {provider}", [], null, AccountFacts.Text(P.NhiKind, "workload"));
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
        var around = GitHubSubjects.Narrowest(subject, out var said);
        if (around != node)
        {
            yield return AccountFacts.Node(AccountStreams.Roles, around, NodeKinds.ServiceIdentity, $"jobs of {said}", [], null, AccountFacts.Text(P.NhiKind, "workload"));
            yield return AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.CanAssume, around, node, null, [new EvidenceRef(Standing.Reference(role.Trust, statement))], AccountFacts.Assumption(Way.Unknown));
        }
    }

    /// <summary>Subjects of OpenID Connect are the same whoever trusts them; a SAML provider is one of the account.</summary>
    private static string NodeOf(PolicyStatement statement, AccountModel account, string provider, string subject) =>
        statement.Principals!.Federated.Any(federated => federated.Contains(":saml-provider/", StringComparison.Ordinal) && NameOf(federated) == provider) || WorkloadIds.Subject(provider, subject).Length > MostId
            ? account.Ids.Subject(provider, subject)
            : WorkloadIds.Subject(Hidden.Unless(provider), Hidden.Unless(subject));

    /// <summary>`token.actions.githubusercontent.com` of its ARN or host.</summary>
    private static string NameOf(string federated) => Arn.Parse(federated) is { } arn ? arn.Resource[(arn.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..] : federated;

    private static bool IsKey(PolicyCondition condition, string provider, string claim) =>
        condition.Key.Equals($"{provider}:{claim}", StringComparison.OrdinalIgnoreCase) || condition.Key.Equals("SAML:" + claim, StringComparison.OrdinalIgnoreCase);
}
