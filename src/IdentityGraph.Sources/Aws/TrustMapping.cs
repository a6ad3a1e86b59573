using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>Who may assume the roles of an account: CAN_ASSUME, with what the trust and the caller's own policies ask for.</summary>
/// <param name="standing">The account of the roles.</param>
/// <param name="others">Every account of the import by its id: there the caller's side can be decided too.</param>
/// <param name="abilities">Takes what the roles leave to the account's own policies.</param>
internal sealed class TrustMapping(Standing standing, IReadOnlyDictionary<string, Standing> others, Abilities abilities)
{
    private const string Assume = "sts:AssumeRole";
    private static readonly ActionSet s_assume = AskedActions.Of(Assume);
    private readonly Dictionary<string, Controlled> _controlled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Outcome Outcome, List<string> Roles)> _leftToAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<PolicyDocument, TrustNames> _named = new(ReferenceEqualityComparer.Instance);

    /// <summary>The roles the holder surely assumes; filled by <see cref="Map"/>.</summary>
    public Controlled ControlledBy(Holder holder)
    {
        if (!_controlled.TryGetValue(holder.Arn, out var controlled))
        {
            _controlled.Add(holder.Arn, controlled = new Controlled());
        }

        return controlled;
    }

    /// <summary>How the role can be handed to the service.</summary>
    public static Outcome ByService(IamRole role, string service, IReadOnlyDictionary<string, string> known)
    {
        var allowed = Outcome.Denied;
        var undenied = Outcome.Allowed;
        var context = new Dictionary<string, string>(known) { ["aws:sourceaccount"] = Arn.Parse(role.Arn)!.Value.Account };
        foreach (var statement in role.Trust.Document.Statements)
        {
            if (statement.Problem is not null)
            {
                allowed = allowed.Or(Outcome.Unknown);
            }
            else if (statement.IsAboutAction(Assume) && statement.Principals is { } principals)
            {
                var named = principals.Services.Any(one => ServiceNames.IsSame(one, service));
                if (principals.Excluded ? !named : named || principals.Everyone)
                {
                    undenied = statement.Denies ? undenied.And(statement.AppliesNot(context)) : undenied;
                    allowed = statement.Denies ? allowed : allowed.Or(statement.Applies(context));
                }
            }
        }

        return allowed.And(undenied);
    }

    public IEnumerable<Observation> Map()
    {
        foreach (var role in standing.Account.Roles.Values)
        {
            var named = NamedBy(role);
            if (named.NamesNobody)
            {
                continue;
            }

            foreach (var observation in ByPrincipals(role, named).Concat(FederatedTrust.Map(role, standing.Account)))
            {
                yield return observation;
            }

            if (named.LeavesToAccount && !named.IsSpecial)
            {
                var key = TargetGroup.WaysOf(named.AccountOutcome);
                if (!_leftToAccount.TryGetValue(key, out var left))
                {
                    _leftToAccount.Add(key, left = (named.AccountOutcome, []));
                }

                left.Roles.Add(role.Arn);
            }
        }

        LeaveToAccount();
    }

    private TrustNames NamedBy(IamRole role)
    {
        if (!_named.TryGetValue(role.Trust.Document, out var named))
        {
            _named.Add(role.Trust.Document, named = new TrustNames(role.Trust.Document, Assume, standing.Account));
        }

        return named;
    }

    /// <summary>Principals that the trust names, and those of the account where it is not simple: each is decided by itself.</summary>
    private IEnumerable<Observation> ByPrincipals(IamRole role, TrustNames named)
    {
        var callers = named.Arns.Select(HolderOf).OfType<Holder>();
        if (named.IsSpecial || named.Everyone)
        {
            callers = callers.Concat(standing.Holders);
        }

        foreach (var foreign in named.ForeignAccounts.Where(others.ContainsKey))
        {
            callers = callers.Concat(others[foreign].Holders);
        }

        foreach (var caller in callers.Where(caller => !caller.IsGroup && !ReferenceEquals(caller.Identity, role)).Distinct())
        {
            var outcome = TrustDecision.Decide(standing.Index.Of(caller, Assume).Set, role.Trust.Document, new IamRequest(caller.Arn, Assume, role.Arn) { Context = standing.Account.Known });
            if (outcome.IsAllowed && standing.ByArn.ContainsKey(caller.Arn))
            {
                ControlledBy(caller).Add(role.Arn);
            }

            foreach (var edge in Edges(caller.Node, role, outcome, [.. named.Because(role.Trust), .. standing.Because(caller, Assume, role.Arn).Take(1)]))
            {
                yield return edge;
            }
        }

        foreach (var observation in Strangers(role, named))
        {
            yield return observation;
        }
    }

    /// <summary>Principals of accounts that were not read: what those allow them is unknown; an account as a whole lets whom it likes.</summary>
    private IEnumerable<Observation> Strangers(IamRole role, TrustNames named)
    {
        foreach (var arn in named.Arns.Where(arn => HolderOf(arn) is null))
        {
            if (AwsIds.Principal(arn) is not { } node || Arn.Parse(arn) is not { } parts)
            {
                continue;
            }

            yield return AccountFacts.Node(AccountStreams.Roles, node, parts.Type == "user" ? NodeKinds.Account : NodeKinds.ServiceIdentity, parts.RoleName ?? parts.Name, []);
            foreach (var edge in Edges(node, role, named.OutcomeOf(arn).And(Outcome.Unknown), named.Because(role.Trust)))
            {
                yield return edge;
            }
        }

        foreach (var account in named.ForeignAccounts.Where(account => !others.ContainsKey(account)))
        {
            var anyone = new AwsIds(standing.Account.Ids.Partition, account).Anyone;
            yield return AccountFacts.Node(AccountStreams.Roles, anyone, NodeKinds.ServiceIdentity, $"whom account {account} lets act", []);
            foreach (var edge in Edges(anyone, role, named.OutcomeOf(account), named.Because(role.Trust)))
            {
                yield return edge;
            }
        }

        if (named.Everyone || named.Unreadable)
        {
            yield return AccountFacts.Node(AccountStreams.Roles, AwsIds.Everyone, NodeKinds.ServiceIdentity, "anybody with an AWS account", [], null, AccountFacts.Active);
            foreach (var edge in Edges(AwsIds.Everyone, role, named.Unreadable ? named.EveryoneOutcome.Or(Outcome.Unknown) : named.EveryoneOutcome, named.Because(role.Trust)))
            {
                yield return edge;
            }
        }
    }

    private void LeaveToAccount()
    {
        foreach (var (key, (outcome, roles)) in _leftToAccount)
        {
            var candidates = new Candidates("trust " + key, roles);
            foreach (var holder in standing.Holders)
            {
                foreach (var group in !standing.Index.Of(holder).May(s_assume) ? [] : standing.Among(holder, Assume, candidates, standing.Account.Known))
                {
                    var joined = standing.Targets.Also(group, outcome);
                    abilities.Add(new Ability(EdgeKinds.CanAssume, Assume, joined), holder, standing.Because(holder, Assume, group.Arns[0]));
                    if (joined.Outcome.IsAllowed)
                    {
                        ControlledBy(holder).Add(joined);
                    }
                }
            }
        }
    }

    private Holder? HolderOf(string arn)
    {
        if (Arn.Parse(arn) is not { } parts || !others.TryGetValue(parts.Account, out var account))
        {
            return null;
        }

        return account.ByArn.GetValueOrDefault(arn)
            ?? (parts.Type == "assumed-role" ? account.Holders.FirstOrDefault(holder => holder.Identity is IamRole && holder.Identity.Name == parts.RoleName) : null);
    }

    private IEnumerable<Observation.SawEdge> Edges(string of, IamRole role, Outcome outcome, IEnumerable<string> because) =>
        outcome.Ways.Select((way, index) => AccountFacts.Edge(
            AccountStreams.Roles, EdgeKinds.CanAssume, of, standing.Account.Ids.Role(role.Name), index == 0 ? "trust" : $"trust#{index}", AccountFacts.Because(because), AccountFacts.Assumption(way)));
}
