using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>The run of one account: its observations, what the dry run says of each object, and the ends of its streams.</summary>
internal sealed class AccountRun(Standing standing, IReadOnlyDictionary<string, Standing> others, AccountFiles files, ImportRequest request, ImportReport report)
{
    private readonly AccountModel _account = standing.Account;

    public IEnumerable<Observation> Observations(CancellationToken cancellationToken)
    {
        Doubts();
        if (request.Trace)
        {
            Trace();
        }

        foreach (var (kind, sentence) in Oddities.Of(_account))
        {
            report.Warn($"{kind}:{_account.Ids.Account}", sentence);
        }

        foreach (var observation in new AccountMapping(standing, others, ActionRights.Catalogued, report).Map(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return observation;
        }

        standing.Forget();
        var open = new List<string>();
        foreach (var (list, stream) in AccountStreams.All)
        {
            var vouched = request.Complete.Contains(stream) || request.Complete.Contains("all");
            var why = files.WhyOpen(_account, list);
            var complete = why is null || (vouched && files.Partial is null && files.Unread.All(unread => unread.List != list));
            if (!complete)
            {
                open.Add(stream);
            }

            yield return new Observation.EndOf { Stream = stream, Complete = complete, Reason = complete ? null : why };
        }

        yield return new Observation.EndOf { Stream = AccountStreams.Rights, Complete = open.Count == 0, Reason = open.Count == 0 ? null : $"{string.Join(", ", open)} may not be whole" };
        if (open.Count > 0)
        {
            report.Warn($"nothing is concluded from what is absent in {string.Join(", ", open)} of account {_account.Ids.Account}; name those you know to be whole with --complete");
        }
    }

    /// <summary>A warning for every policy that could not be read, and for every one that is not in the files.</summary>
    private void Doubts()
    {
        Doubts(_account.Users);
        Doubts(_account.Groups);
        Doubts(_account.Roles);
        foreach (var policy in _account.Policies.Values)
        {
            Problems(policy.Held);
        }
    }

    private void Doubts<T>(IdentityTable<T> identities)
        where T : IamIdentity
    {
        HashSet<Holdings> sound = [];
        for (var at = 0; at < identities.Count; at++)
        {
            var holdings = identities.HoldingsAt(at);
            if ((holdings.IsShared && sound.Contains(holdings)) || (holdings.Kind == IdentityKind.Group && identities.IsOddAt(at)))
            {
                continue;
            }

            var attached = holdings.Boundary is { } boundary ? holdings.Attached.Append(boundary) : holdings.Attached;
            if (attached.All(_account.Policies.ContainsKey) && !holdings.Trust.HasProblems && !holdings.Inline.Any(policy => policy.Document.HasProblems))
            {
                if (holdings.IsShared)
                {
                    sound.Add(holdings);
                }

                continue;
            }

            Doubts(identities.At(at), attached.Where(arn => !_account.Policies.ContainsKey(arn)));
        }
    }

    private void Doubts(IamIdentity identity, IEnumerable<string> missing)
    {
        foreach (var policy in identity.Inline)
        {
            Problems(policy);
        }

        foreach (var arn in missing)
        {
            report.Warn($"`{AccountFiles.Shown(identity.Arn)}` has the policy `{AccountFiles.Shown(arn)}`, which the files do not hold: what it says is not known. Export without --filter");
        }

        if (identity is IamRole role)
        {
            Problems(role.Trust);
        }
    }

    /// <summary>A line for every object, policy and trust read.</summary>
    private void Trace()
    {
        foreach (var user in _account.Users.Values)
        {
            Line("UserDetail", user, "Account");
            foreach (var name in user.Groups)
            {
                Edge("GroupList", user.Arn, name, user.Where.ToString(), "MEMBER_OF");
            }
        }

        foreach (var group in _account.Groups.Values.Where(group => !group.IsMissing))
        {
            Line("GroupDetail", group, "Group");
        }

        foreach (var role in _account.Roles.Values)
        {
            Line("RoleDetail", role, "ServiceIdentity");
            foreach (var profile in role.InstanceProfiles)
            {
                Node("InstanceProfile", profile, role.Where, "Resource (host)");
            }

            foreach (var statement in role.Trust.Document.Statements)
            {
                Edge("TrustStatement", string.Join(", ", Named(statement).Select(AccountFiles.Shown)), role.Arn, $"{role.Trust.Where}, {Hidden.Unless(statement.Name)}", Becomes(statement));
            }
        }

        foreach (var policy in _account.Policies.Values)
        {
            Node("Policy", policy.Arn, policy.Held.Where, "Policy and Entitlement");
        }
    }

    private void Line(string kind, IamIdentity identity, string becomes)
    {
        Node(kind, identity.Arn, identity.Where, becomes);
        foreach (var policy in identity.Inline)
        {
            Node("InlinePolicy", policy.Name, policy.Where, "Policy and Entitlement");
        }

        foreach (var arn in identity.Attached)
        {
            Edge("AttachedManagedPolicies", identity.Arn, arn, identity.Where.ToString(), "HAS_ENTITLEMENT");
        }
    }

    private void Problems(HeldPolicy policy)
    {
        foreach (var problem in EntryReading.Problems(policy).Take(5))
        {
            report.Warn($"{policy.Where}: {AccountFiles.Shown(problem)}; it may say anything");
        }
    }

    private static IEnumerable<string> Named(PolicyStatement statement) => statement.Principals is { } principals
        ? [.. principals.Everyone ? ["*"] : Array.Empty<string>(), .. principals.Aws, .. principals.Services, .. principals.Federated, .. principals.Other]
        : ["?"];

    private static string Becomes(PolicyStatement statement) =>
        statement.Problem is not null ? "CAN_ASSUME, unknown"
        : statement.Denies ? "a Deny, in the decision on the others"
        : statement.Principals is { Everyone: false, Aws.Count: 0, Federated.Count: 0, Services.Count: > 0 } ? "the trust of a service: needed to pass the role to it"
        : "CAN_ASSUME";

    private void Node(string kind, string start, Place where, string becomes) => Say(new TraceLine { What = "node", Start = Hidden.Unless(start), Kind = kind, Where = where.ToString(), Became = "imported", As = becomes });

    private void Edge(string kind, string start, string end, string where, string becomes) => Say(new TraceLine { What = "edge", Start = Hidden.Unless(start), End = Hidden.Unless(end), Kind = kind, Where = where, Became = "imported", As = becomes });

    private void Say(TraceLine line) => report.OnTrace?.Invoke(line);
}
