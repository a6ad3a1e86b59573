using IdentityGraph.Collect;
using IdentityGraph.Graph;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>One account as observations: what is there, then what it may do.</summary>
internal sealed class AccountMapping
{
    private static readonly Property s_version = NodeKinds.Policy.FindProperty("version")!;
    private static readonly ActionSet s_join = AskedActions.Of("iam:AddUserToGroup");

    private readonly HashSet<string> _attached;
    private readonly Standing _standing;
    private readonly AccountModel _account;
    private readonly AwsIds _ids;
    private readonly Abilities _abilities;
    private readonly TrustMapping _trust;
    private readonly RightsMapping _rights;
    private readonly HolderFacts _facts;
    private readonly ResourceRegistry _resources;
    private readonly ActionRights _catalogue;
    private readonly ActionScope _scope;
    private readonly ImportReport _report;

    public AccountMapping(Standing standing, IReadOnlyDictionary<string, Standing> others, ActionRights catalogue, ImportReport report)
    {
        _standing = standing;
        _account = standing.Account;
        (_catalogue, _report) = (catalogue, report);
        _ids = _account.Ids;
        _attached = _account.DistinctHoldings.SelectMany(holdings => holdings.Attached).ToHashSet(StringComparer.Ordinal);
        _abilities = new Abilities(standing);
        _trust = new TrustMapping(standing, others, _abilities, report);
        _resources = new ResourceRegistry(_account, report);
        _scope = new ActionScope(catalogue);
        _rights = new RightsMapping(_account, _scope, _resources, report);
        _facts = new HolderFacts(standing);
    }

    /// <summary>Each with its evidence: where nothing else is, the account.</summary>
    public IEnumerable<Observation> Map(CancellationToken cancellationToken)
    {
        List<Observation> told = [];
        Place(told);
        foreach (var observation in told)
        {
            yield return AccountFacts.Evident(observation, _account);
        }

        told.Clear();
        foreach (var policy in _account.Policies.Values)
        {
            Policy(policy, told);
            foreach (var observation in told)
            {
                yield return AccountFacts.Evident(observation, _account);
            }

            told.Clear();
        }

        foreach (var some in new HolderSlices(_standing, new HolderPlans(_standing, _rights), _facts).Told())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var observation in some)
            {
                yield return observation;
            }
        }

        foreach (var part in new[] { _trust.Map(), WhatHoldersCan(cancellationToken), _resources.State(AccountStreams.Rights), _rights.Carried(AccountStreams.Rights, Alone()) })
        {
            foreach (var observation in part)
            {
                yield return AccountFacts.Evident(observation, _account);
            }
        }
    }

    private void Place(List<Observation> to)
    {
        to.Add(AccountFacts.Node(AccountStreams.Rights, _ids.System, NodeKinds.System, $"AWS account {_ids.Account}", _account.Evidence, null, AccountFacts.Text(P.Category, "cloud")));
        to.Add(AccountFacts.Node(AccountStreams.Rights, _ids.Tenant, NodeKinds.Tenant, $"AWS account {_ids.Account}", _account.Evidence));
        to.Add(AccountFacts.Edge(AccountStreams.Rights, EdgeKinds.InTenant, _ids.System, _ids.Tenant, null, _account.Evidence));
    }

    private void Policy(ManagedPolicy policy, List<Observation> to)
    {
        var (name, evidence) = (new SafeName(policy.Held.Name), policy.Held.Where.Evidence);
        to.Add(AccountFacts.Node(AccountStreams.Policies, policy.Held.Node, NodeKinds.Policy, name, evidence, policy.CreatedAt, policy.Version is { Length: < 100 } text ? [AccountFacts.Text(s_version, text)] : []));
        if (_attached.Contains(policy.Arn))
        {
            _facts.Given(AccountStreams.Policies, policy.Held.Node, name, _rights.Of(policy.Held.Document), policy.Held.Where.ToString(), evidence, to);
        }
    }

    /// <summary>The policies that are stated by themselves, with their entitlement.</summary>
    private IEnumerable<(string Entitlement, HeldPolicy Policy)> Alone() =>
        _account.Policies.Values.Where(policy => _attached.Contains(policy.Arn)).Select(policy => policy.Held)
            .Concat(_standing.Holders.SelectMany(holder => holder.Identity.Inline))
            .Concat(_attached.Where(arn => !_account.Policies.ContainsKey(arn)).Select(_account.Managed))
            .Select(policy => (_ids.Rights(policy.Node), policy));

    private IEnumerable<Observation> WhatHoldersCan(CancellationToken cancellationToken)
    {
        var escalations = new EscalationMapping(_standing, _abilities);
        var services = new OtherServices(_standing, _catalogue, _scope);
        var compute = new ComputeMapping(_standing, _abilities, services, _report);
        var center = new CenterMapping(_standing, _abilities, services);
        var providers = new ProviderMapping(_standing, _abilities);
        var provision = new ProvisionMapping(_standing, _abilities);
        var joinable = Joinable();
        foreach (var holder in _standing.Holders.WhoMay(AskedActions.Every).Where(holder => !holder.IsGroup || joinable.Contains(holder.Arn)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var controls = _trust.ControlledBy(holder, escalations.Taken(holder));
            escalations.Map(holder, controls);
            compute.Map(holder);
            providers.Map(holder);
            provision.Map(holder);
        }

        foreach (var holder in center.Holders.Where(holder => !holder.IsGroup || joinable.Contains(holder.Arn)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            center.Map(holder);
        }

        foreach (var observation in _abilities.State(AccountStreams.Rights))
        {
            yield return observation;
        }
    }

    /// <summary>Groups that somebody may be put into: only then does it matter what membership alone lets one do; of one that gives the whole account it need not be said.</summary>
    private HashSet<string> Joinable() => _standing.Holders.WhoMay(s_join)
        .SelectMany(holder => _standing.On(holder, "iam:AddUserToGroup", "group"))
        .Distinct()
        .SelectMany(group => group.Arns)
        .Where(arn => !Holder.OwnPolicies(_account, _account.Groups.Find(arn, out _)!).Any(policy => policy.Document.AllowsEverything))
        .ToHashSet(StringComparer.Ordinal);
}
