using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>One account as observations: what is there, then what it may do.</summary>
internal sealed class AccountMapping
{
    private static readonly Property s_version = NodeKinds.Policy.FindProperty("version")!;
    private static readonly ActionSet s_join = AskedActions.Of("iam:AddUserToGroup");
    private static readonly KeyValuePair<string, PropertyValue> s_iamRole = AccountFacts.Text(P.NhiKind, "iamRole");

    private readonly HashSet<string> _combinations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _attached;
    private readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal);
    private readonly Standing _standing;
    private readonly AccountModel _account;
    private readonly AwsIds _ids;
    private readonly Abilities _abilities;
    private readonly TrustMapping _trust;
    private readonly RightsMapping _rights;
    private readonly ResourceRegistry _resources;
    private readonly ActionRights _catalogue;
    private readonly ImportReport _report;

    public AccountMapping(Standing standing, IReadOnlyDictionary<string, Standing> others, ActionRights catalogue, ImportReport report)
    {
        _standing = standing;
        _account = standing.Account;
        (_catalogue, _report) = (catalogue, report);
        _ids = _account.Ids;
        _attached = _account.Holdings.SelectMany(holdings => holdings.Attached).ToHashSet(StringComparer.Ordinal);
        _abilities = new Abilities(standing);
        _trust = new TrustMapping(standing, others, _abilities);
        _resources = new ResourceRegistry(_account, report);
        _rights = new RightsMapping(_account, catalogue, _resources, report);
    }

    public IEnumerable<Observation> Map(CancellationToken cancellationToken)
    {
        List<Observation> told = [];
        Place(told);
        foreach (var policy in _account.Policies.Values)
        {
            Policy(policy, told);
            foreach (var observation in told)
            {
                yield return observation;
            }

            told.Clear();
        }

        foreach (var holder in _standing.Holders)
        {
            Held(holder, told);
            foreach (var observation in told)
            {
                yield return observation;
            }

            told.Clear();
        }

        foreach (var part in new[] { _trust.Map(), WhatHoldersCan(cancellationToken), _resources.State(AccountStreams.Rights), _rights.Carried(AccountStreams.Rights, Alone()) })
        {
            foreach (var observation in part)
            {
                yield return observation;
            }
        }
    }

    private void Held(Holder holder, List<Observation> to)
    {
        var (node, evidence) = (holder.Node, holder.Identity.Where.Evidence);
        switch (holder.Identity)
        {
            case IamUser user:
                User(user, holder, node, evidence, to);
                break;
            case IamRole role:
                Role(role, holder, node, evidence, to);
                break;
            case IamGroup group:
                Group(group, holder, node, evidence, to);
                break;
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
        var evidence = policy.Held.Where.Evidence;
        to.Add(AccountFacts.Node(AccountStreams.Policies, policy.Held.Node, NodeKinds.Policy, policy.Held.Name, evidence, policy.CreatedAt, policy.Version is { Length: < 100 } text ? [AccountFacts.Text(s_version, text)] : []));
        if (_attached.Contains(policy.Arn))
        {
            Given(AccountStreams.Policies, policy.Held, policy.Held.Node, evidence, to);
        }
    }

    /// <summary>What a policy gives who has it, as an entitlement.</summary>
    /// <returns>The entitlement.</returns>
    private string Given(string stream, HeldPolicy policy, string node, IReadOnlyList<EvidenceRef> evidence, List<Observation> to)
    {
        var entitlement = _ids.Rights(node);
        to.Add(AccountFacts.Node(stream, entitlement, NodeKinds.Entitlement, policy.Name, evidence));
        to.Add(AccountFacts.Edge(stream, EdgeKinds.Grants, node, entitlement, null, evidence));
        _rights.OfPolicy(stream, entitlement, policy, to);
        return entitlement;
    }

    private void Group(IamGroup group, Holder holder, string node, IReadOnlyList<EvidenceRef> evidence, List<Observation> to)
    {
        to.Add(AccountFacts.Node(AccountStreams.Groups, node, NodeKinds.Group, group.Name, evidence, group.CreatedAt));
        to.Add(AccountFacts.Edge(AccountStreams.Groups, EdgeKinds.InSystem, node, _ids.System, null, evidence));
        var carrier = _standing.CarrierOf(group);
        if (carrier != node)
        {
            to.Add(AccountFacts.Node(AccountStreams.Groups, carrier, NodeKinds.Role, $"policies of group {group.Name}", evidence));
        }

        What(AccountStreams.Groups, carrier, holder, evidence, to);
    }

    private void User(IamUser user, Holder holder, string node, IReadOnlyList<EvidenceRef> evidence, List<Observation> to)
    {
        to.Add(AccountFacts.Node(AccountStreams.Users, node, NodeKinds.Account, user.Name, evidence, user.CreatedAt, AccountFacts.Active));
        to.Add(AccountFacts.Edge(AccountStreams.Users, EdgeKinds.InSystem, node, _ids.System, null, evidence));
        foreach (var name in user.Groups.Count < 2 ? user.Groups : user.Groups.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            to.Add(AccountFacts.Edge(AccountStreams.Users, EdgeKinds.MemberOf, node, GroupNode(name), null, evidence));
        }

        foreach (var group in holder.IsConstrained || user.Groups.Count == 0 || !_standing.HasConstrained ? [] : Holder.Groups(_account, user).Where(_standing.HasConstrainedMembers))
        {
            to.Add(AccountFacts.Edge(AccountStreams.Users, EdgeKinds.HasRole, node, _standing.CarrierOf(group), null, evidence));
        }

        What(AccountStreams.Users, node, holder, evidence, to);
    }

    private string GroupNode(string name)
    {
        if (!_groups.TryGetValue(name, out var node))
        {
            _groups.Add(name, node = _ids.Group(name));
        }

        return node;
    }

    private void Role(IamRole role, Holder holder, string node, IReadOnlyList<EvidenceRef> evidence, List<Observation> to)
    {
        to.Add(AccountFacts.Node(AccountStreams.Roles, node, NodeKinds.ServiceIdentity, role.Name, evidence, role.CreatedAt, AccountFacts.Active, s_iamRole));
        if (role.LastUsedAt is { } used)
        {
            to.Add(AccountFacts.Node(AccountStreams.Roles, node, NodeKinds.ServiceIdentity, null, evidence, null, new KeyValuePair<string, PropertyValue>(P.LastUsedAt.Name, PropertyValue.Of(used))));
        }

        to.Add(AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.InSystem, node, _ids.System, null, evidence));
        foreach (var profile in role.InstanceProfiles)
        {
            var host = _ids.InstanceProfile(profile);
            to.Add(AccountFacts.Node(AccountStreams.Roles, host, NodeKinds.Resource, $"virtual machines of {profile}", evidence, null, AccountFacts.Text(P.Kind, "host")));
            to.Add(AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.InSystem, host, _ids.System, null, evidence));
            to.Add(AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.RunsAs, host, node, null, evidence));
        }

        What(AccountStreams.Roles, node, holder, evidence, to);
    }

    /// <summary>Policy by policy; together, where something takes away from them.</summary>
    private void What(string stream, string node, Holder holder, IReadOnlyList<EvidenceRef> evidence, List<Observation> to)
    {
        foreach (var policy in holder.Identity.Inline)
        {
            var (own, place) = (policy.Node, policy.Where.Evidence);
            to.Add(AccountFacts.Node(stream, own, NodeKinds.Policy, policy.Name, place));
            var entitlement = Given(stream, policy, own, place, to);
            if (!holder.IsConstrained)
            {
                to.Add(AccountFacts.Edge(stream, EdgeKinds.HasEntitlement, node, entitlement, null, evidence));
            }
        }

        if (holder.IsConstrained)
        {
            Together(stream, node, holder, evidence, to);
            return;
        }

        foreach (var policy in holder.Identity.Attached.Count == 0 ? [] : Holder.Attached(_account, holder.Identity))
        {
            var entitlement = _ids.Rights(policy.Node);
            to.Add(AccountFacts.Edge(stream, EdgeKinds.HasEntitlement, node, entitlement, null, evidence));
            if (policy.IsMissing && _missing.Add(policy.Node))
            {
                Missing(stream, policy, entitlement, to);
            }
        }
    }

    private void Together(string stream, string node, Holder holder, IReadOnlyList<EvidenceRef> evidence, List<Observation> to)
    {
        foreach (var policy in Holder.OwnPolicies(_account, holder.Identity))
        {
            to.Add(AccountFacts.Edge(stream, EdgeKinds.GovernedBy, holder.Node, policy.Node, "attached", evidence));
        }

        if (holder.Boundary is { } boundary)
        {
            to.Add(AccountFacts.Edge(stream, EdgeKinds.GovernedBy, holder.Node, boundary.Node, "boundary", evidence));
        }

        var entitlement = _ids.Combination(string.Join(' ', holder.Policies.Select(policy => policy.Node).Order(StringComparer.Ordinal)
            .Append("|" + holder.Boundary?.Node)
            .Concat(holder.Levels.Select(level => "/" + string.Join(',', level.Select(policy => policy.Where))))));

        // Nobody else has what is part of one.
        if (holder.Identity.Inline.Count > 0 || _combinations.Add(entitlement))
        {
            to.Add(AccountFacts.Node(AccountStreams.Rights, entitlement, NodeKinds.Entitlement, "what several policies leave", evidence));
            _rights.OfHolder(AccountStreams.Rights, entitlement, holder, to);
        }

        to.Add(AccountFacts.Edge(AccountStreams.Rights, EdgeKinds.HasEntitlement, node, entitlement, null, evidence));
    }

    /// <summary>The policies that are stated by themselves, with their entitlement.</summary>
    private IEnumerable<(string Entitlement, HeldPolicy Policy)> Alone() =>
        _account.Policies.Values.Where(policy => _attached.Contains(policy.Arn)).Select(policy => policy.Held)
            .Concat(_standing.Holders.SelectMany(holder => holder.Identity.Inline))
            .Concat(_attached.Where(arn => !_account.Policies.ContainsKey(arn)).Select(_account.Managed))
            .Select(policy => (_ids.Rights(policy.Node), policy));

    /// <summary>A policy that is attached and not in the files may give anything.</summary>
    private void Missing(string stream, HeldPolicy policy, string entitlement, List<Observation> to)
    {
        var name = Arn.Parse(policy.Name)?.Name;
        to.Add(AccountFacts.Node(stream, policy.Node, NodeKinds.Policy, name, []));
        to.Add(AccountFacts.Node(stream, entitlement, NodeKinds.Entitlement, name, []));
        _rights.OfPolicy(stream, entitlement, policy, to);
    }

    private IEnumerable<Observation> WhatHoldersCan(CancellationToken cancellationToken)
    {
        var escalations = new EscalationMapping(_standing, _abilities);
        var compute = new ComputeMapping(_standing, _abilities, _catalogue, _report);
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
