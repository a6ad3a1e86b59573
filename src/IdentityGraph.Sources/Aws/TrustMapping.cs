using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>Who may assume the roles of an account: CAN_ASSUME, with what the trust and the caller's own policies ask for.</summary>
/// <param name="standing">The account of the roles.</param>
/// <param name="others">Every account of the import by its id: there the caller's side can be decided too.</param>
/// <param name="abilities">Takes what the roles leave to the account's own policies.</param>
/// <param name="report">Names principals that nobody described.</param>
internal sealed class TrustMapping(Standing standing, IReadOnlyDictionary<string, Standing> others, Abilities abilities, ImportReport report)
{
    private const string Assume = "sts:AssumeRole";
    private static readonly ActionSet s_assume = AskedActions.Of(Assume);
    private readonly Dictionary<int, List<string>> _assumed = [];
    private readonly Dictionary<string, (Outcome Outcome, List<int> Roles)> _leftToAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<PolicyDocument, TrustNames> _named = new(ReferenceEqualityComparer.Instance);
    private readonly TrustGroups _groups = new(standing, others, Assume);
    private readonly List<(Outcome Outcome, Candidates Roles)> _left = [];

    /// <summary>Decisions on one principal and one role so far.</summary>
    public long Decided => _groups.Decided;

    /// <summary>The roles the holder surely assumes; known once <see cref="Map"/> was read to its end.</summary>
    public Controlled ControlledBy(Holder holder, IEnumerable<TargetGroup> taken) =>
        new(_assumed.GetValueOrDefault(holder.Number) ?? [], [.. Left(holder).Concat(_groups.Of(holder)).Where(group => group.Outcome.IsAllowed), .. taken]);

    /// <summary>How the role can be handed to the service.</summary>
    /// <param name="trust">Of the role.</param>
    /// <param name="account">Of the role too.</param>
    /// <param name="service">Service principal.</param>
    /// <param name="known">What is certain of every request.</param>
    public static Outcome ByService(PolicyDocument trust, string account, string service, IReadOnlyDictionary<string, string> known)
    {
        var allowed = Outcome.Denied;
        var undenied = Outcome.Allowed;
        var context = new Dictionary<string, string>(known) { ["aws:sourceaccount"] = account };
        foreach (var statement in trust.Statements)
        {
            if (statement.Problem is not null)
            {
                (allowed, undenied) = (allowed.Or(Outcome.Unknown), undenied.And(Outcome.Unknown));
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
        for (var at = 0; at < standing.Account.Roles.Count; at++)
        {
            var named = NamedBy(standing.Account.Roles.HoldingsAt(at).Trust);
            if (named.NamesNobody)
            {
                continue;
            }

            var role = standing.Account.Roles.At(at);
            _groups.Take(at, role.Trust.Document, named);
            foreach (var observation in ByPrincipals(role, named).Concat(Strangers(role, named)).Concat(FederatedTrust.Map(role, standing.Account)))
            {
                yield return observation;
            }

            if (named.LeavesToAccount && !named.IsSpecial && !named.AsksPrincipal && !named.AsksResource)
            {
                var key = TargetGroup.WaysOf(named.AccountOutcome);
                if (!_leftToAccount.TryGetValue(key, out var left))
                {
                    _leftToAccount.Add(key, left = (named.AccountOutcome, []));
                }

                left.Roles.Add(at);
            }
        }

        LeaveToAccount();
        foreach (var (holder, group) in _groups.Held())
        {
            abilities.Add(new Ability(EdgeKinds.CanAssume, Assume, group) { TrustedFor = Assume }, holder, _groups.Because(group));
        }
    }

    private TrustNames NamedBy(PolicyDocument trust)
    {
        if (!_named.TryGetValue(trust, out var named))
        {
            named = new TrustNames(trust, Assume, standing.Account);
            if (trust.IsShared)
            {
                _named.Add(trust, named);
            }
        }

        return named;
    }

    /// <summary>Principals that the trust names: each is decided by itself.</summary>
    private IEnumerable<Observation> ByPrincipals(IamRole role, TrustNames named)
    {
        foreach (var caller in _groups.DecidedAlone(named).Where(caller => !caller.IsGroup && caller.Arn != role.Arn))
        {
            var outcome = _groups.Decide(caller, role.Trust.Document, role.Arn);
            outcome = outcome.Ways.Any(way => way.Gates.Contains(Changeable.Factor)) && caller.MayEnrol ? outcome.EvenWithout(Changeable.Factor) : outcome;
            if (outcome.IsAllowed && ReferenceEquals(caller.Standing, standing))
            {
                if (!_assumed.TryGetValue(caller.Number, out var assumed))
                {
                    _assumed.Add(caller.Number, assumed = []);
                }

                assumed.Add(role.Arn);
            }

            foreach (var edge in outcome.IsDenied ? [] : Edges(caller.Node, role, outcome, [.. Standing.BecauseOf(role.Trust, Assume), .. standing.Because(caller, Assume, role.Arn).Take(1)]))
            {
                yield return edge;
            }
        }
    }

    /// <summary>Principals of accounts that were not read: what those allow them is unknown; an account as a whole lets whom it likes.</summary>
    private IEnumerable<Observation> Strangers(IamRole role, TrustNames named)
    {
        foreach (var arn in named.Arns.Where(arn => _groups.HolderOf(arn) is null))
        {
            if (AwsIds.Principal(arn) is not { } node || Arn.Parse(arn) is not { } parts)
            {
                report.Warn($"undescribed:{arn}", $"the trust of `{AccountFiles.Shown(role.Arn)}` names `{AccountFiles.Shown(arn)}`, which is nobody that the files describe: a principal that was deleted, or one of an account that was not read. Whoever it is may assume the role");
                foreach (var edge in Edges(AwsIds.Undescribed(arn), role, named.OutcomeOf(arn).And(Outcome.Unknown), Standing.BecauseOf(role.Trust, Assume)))
                {
                    yield return edge;
                }

                continue;
            }

            yield return AccountFacts.Node(AccountStreams.Roles, node, parts.Type == "user" ? NodeKinds.Account : NodeKinds.ServiceIdentity, parts.RoleName ?? parts.Name, []);
            foreach (var edge in Edges(node, role, named.OutcomeOf(arn).And(Outcome.Unknown), Standing.BecauseOf(role.Trust, Assume)))
            {
                yield return edge;
            }
        }

        foreach (var account in named.ForeignAccounts.Where(account => !others.ContainsKey(account)))
        {
            var anyone = new AwsIds(standing.Account.Ids.Partition, account).Anyone;
            yield return AccountFacts.Node(AccountStreams.Roles, anyone, NodeKinds.ServiceIdentity, $"whom account {account} lets act", []);
            foreach (var edge in Edges(anyone, role, named.OutcomeOf(account), Standing.BecauseOf(role.Trust, Assume)))
            {
                yield return edge;
            }
        }

        if (named.Everyone || named.Unreadable)
        {
            yield return AccountFacts.Node(AccountStreams.Roles, AwsIds.Everyone, NodeKinds.ServiceIdentity, "anybody with an AWS account", [], null, AccountFacts.Active);
            foreach (var edge in Edges(AwsIds.Everyone, role, named.Unreadable ? named.EveryoneOutcome.Or(Outcome.Unknown) : named.EveryoneOutcome, Standing.BecauseOf(role.Trust, Assume)))
            {
                yield return edge;
            }
        }
    }

    private void LeaveToAccount()
    {
        _left.AddRange(_leftToAccount.Select(left => (left.Value.Outcome, new Candidates("trust " + left.Key, new ArnChoice(standing.Account.Roles, [.. left.Value.Roles])))));
        if (_left.Count == 0)
        {
            return;
        }

        Dictionary<TargetGroup, Reason> reasons = [];
        foreach (var holder in standing.Holders.WhoMay(s_assume))
        {
            foreach (var group in Left(holder))
            {
                if (!reasons.TryGetValue(group, out var reason))
                {
                    reasons.Add(group, reason = Reason.On(group.Arns[0], Assume));
                }

                abilities.Add(new Ability(EdgeKinds.CanAssume, Assume, group), holder, reason);
            }
        }
    }

    /// <summary>Roles whose trust leaves it to the account's own policies, where the holder's allow it.</summary>
    private IEnumerable<TargetGroup> Left(Holder holder) =>
        from left in _left
        where standing.Index.Of(holder).May(s_assume)
        from @group in standing.Among(holder, Assume, left.Roles)
        select standing.Targets.Also(@group, left.Outcome);

    private IEnumerable<Observation.SawEdge> Edges(string of, IamRole role, Outcome outcome, IEnumerable<string> because) =>
        outcome.Ways.SelectMany((way, index) => AccountFacts.Lasting(
            AccountFacts.Edge(
                AccountStreams.Roles, EdgeKinds.CanAssume, of, standing.Account.Ids.Role(role.Name), index == 0 ? "trust" : $"trust#{index}", AccountFacts.Because(because), AccountFacts.Assumption(way)),
            way,
            standing.Account.ReadAt));
}
