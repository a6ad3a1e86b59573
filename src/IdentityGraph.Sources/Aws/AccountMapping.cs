using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>One account as observations: what is there, then what it may do.</summary>
internal sealed class AccountMapping
{
    private static readonly Property s_version = NodeKinds.Policy.FindProperty("version")!;

    private readonly HashSet<string> _combinations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _attached;
    private readonly Standing _standing;
    private readonly AccountModel _account;
    private readonly AwsIds _ids;
    private readonly Abilities _abilities;
    private readonly TrustMapping _trust;
    private readonly RightsMapping _rights;
    private readonly ResourceRegistry _resources;

    public AccountMapping(Standing standing, IReadOnlyDictionary<string, Standing> others, ActionRights catalogue, ImportReport report)
    {
        _standing = standing;
        _account = standing.Account;
        _ids = _account.Ids;
        _attached = standing.Holders.SelectMany(holder => holder.Identity.Attached).ToHashSet(StringComparer.Ordinal);
        _abilities = new Abilities(_ids, standing.NodeOf);
        _trust = new TrustMapping(standing, others, _abilities);
        _resources = new ResourceRegistry(_ids, report);
        _rights = new RightsMapping(_ids, catalogue, _resources, report);
    }

    public IEnumerable<Observation> Map(CancellationToken cancellationToken) =>
        new[] { Place(), Policies(), Groups(), Users(), Roles(), _trust.Map(), WhatHoldersCan(cancellationToken), _resources.State(AccountStreams.Rights), _rights.Carried(AccountStreams.Rights) }.SelectMany(part => part);

    private IEnumerable<Observation> Place()
    {
        yield return AccountFacts.Node(AccountStreams.Rights, _ids.System, NodeKinds.System, $"AWS account {_ids.Account}", "", null, AccountFacts.Text(P.Category, "cloud"));
        yield return AccountFacts.Node(AccountStreams.Rights, _ids.Tenant, NodeKinds.Tenant, $"AWS account {_ids.Account}", "");
        yield return AccountFacts.Edge(AccountStreams.Rights, EdgeKinds.InTenant, _ids.System, _ids.Tenant, null, []);
    }

    private IEnumerable<Observation> Policies()
    {
        foreach (var policy in _account.Policies.Values)
        {
            var version = policy.Version is { Length: < 100 } text ? new[] { AccountFacts.Text(s_version, text) } : [];
            yield return AccountFacts.Node(AccountStreams.Policies, policy.Held.Node, NodeKinds.Policy, policy.Held.Name, policy.Held.Where, policy.CreatedAt, version);
            foreach (var observation in _attached.Contains(policy.Arn) ? Given(AccountStreams.Policies, policy.Held) : [])
            {
                yield return observation;
            }
        }
    }

    /// <summary>What a policy gives who has it, as an entitlement.</summary>
    private IEnumerable<Observation> Given(string stream, HeldPolicy policy)
    {
        var entitlement = _ids.Rights(policy.Node);
        yield return AccountFacts.Node(stream, entitlement, NodeKinds.Entitlement, policy.Name, policy.Where);
        yield return AccountFacts.Edge(stream, EdgeKinds.Grants, policy.Node, entitlement, null, [policy.Where]);
        foreach (var observation in _rights.OfPolicy(stream, entitlement, policy))
        {
            yield return observation;
        }
    }

    private IEnumerable<Observation> Groups()
    {
        foreach (var group in _account.Groups.Values)
        {
            var node = _ids.Group(group.Name);
            yield return AccountFacts.Node(AccountStreams.Groups, node, NodeKinds.Group, group.Name, group.Where, group.CreatedAt);
            yield return AccountFacts.Edge(AccountStreams.Groups, EdgeKinds.InSystem, node, _ids.System, null, [group.Where]);
            var carrier = _standing.CarrierOf(group);
            if (carrier != node)
            {
                yield return AccountFacts.Node(AccountStreams.Groups, carrier, NodeKinds.Role, $"policies of group {group.Name}", group.Where);
            }

            foreach (var observation in What(AccountStreams.Groups, carrier, _standing.ByArn[group.Arn]))
            {
                yield return observation;
            }
        }
    }

    private IEnumerable<Observation> Users()
    {
        foreach (var user in _account.Users.Values)
        {
            var node = _ids.User(user.Name);
            var holder = _standing.ByArn[user.Arn];
            yield return AccountFacts.Node(AccountStreams.Users, node, NodeKinds.Account, user.Name, user.Where, user.CreatedAt, AccountFacts.Active);
            yield return AccountFacts.Edge(AccountStreams.Users, EdgeKinds.InSystem, node, _ids.System, null, [user.Where]);
            foreach (var name in user.Groups.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                yield return AccountFacts.Edge(AccountStreams.Users, EdgeKinds.MemberOf, node, _ids.Group(name), null, [user.Where]);
            }

            foreach (var group in Holder.Groups(_account, user).Where(group => !holder.IsConstrained && _standing.HasConstrainedMembers(group)))
            {
                yield return AccountFacts.Edge(AccountStreams.Users, EdgeKinds.HasRole, node, _standing.CarrierOf(group), null, [user.Where]);
            }

            foreach (var observation in What(AccountStreams.Users, node, holder))
            {
                yield return observation;
            }
        }
    }

    private IEnumerable<Observation> Roles()
    {
        foreach (var role in _account.Roles.Values)
        {
            var node = _ids.Role(role.Name);
            yield return AccountFacts.Node(AccountStreams.Roles, node, NodeKinds.ServiceIdentity, role.Name, role.Where, role.CreatedAt, AccountFacts.Active, AccountFacts.Text(P.NhiKind, "iamRole"));
            if (role.LastUsedAt is { } used)
            {
                yield return AccountFacts.Node(AccountStreams.Roles, node, NodeKinds.ServiceIdentity, null, role.Where, null, new KeyValuePair<string, PropertyValue>(P.LastUsedAt.Name, PropertyValue.Of(used)));
            }

            yield return AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.InSystem, node, _ids.System, null, [role.Where]);
            foreach (var profile in role.InstanceProfiles)
            {
                var host = _ids.InstanceProfile(profile);
                yield return AccountFacts.Node(AccountStreams.Roles, host, NodeKinds.Resource, $"virtual machines of {profile}", role.Where, null, AccountFacts.Text(P.Kind, "host"));
                yield return AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.InSystem, host, _ids.System, null, [role.Where]);
                yield return AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.RunsAs, host, node, null, [role.Where]);
            }

            foreach (var observation in What(AccountStreams.Roles, node, _standing.ByArn[role.Arn]))
            {
                yield return observation;
            }
        }
    }

    /// <summary>Policy by policy; together, where something takes away from them.</summary>
    private IEnumerable<Observation> What(string stream, string node, Holder holder)
    {
        var own = Holder.OwnPolicies(_account, holder.Identity);
        return holder.IsConstrained ? Together(stream, node, holder, own) : Has(stream, node, holder.Identity, own);
    }

    private IEnumerable<Observation> Has(string stream, string node, IamIdentity identity, IReadOnlyList<HeldPolicy> policies)
    {
        foreach (var observation in Inline(stream, identity))
        {
            yield return observation;
        }

        foreach (var policy in policies)
        {
            yield return AccountFacts.Edge(stream, EdgeKinds.HasEntitlement, node, _ids.Rights(policy.Node), null, [identity.Where]);
            if (IsMissing(policy))
            {
                foreach (var observation in Missing(stream, policy))
                {
                    yield return observation;
                }
            }
        }
    }

    private IEnumerable<Observation> Together(string stream, string node, Holder holder, IReadOnlyList<HeldPolicy> own)
    {
        foreach (var observation in Inline(stream, holder.Identity))
        {
            yield return observation;
        }

        foreach (var policy in own)
        {
            yield return AccountFacts.Edge(stream, EdgeKinds.GovernedBy, holder.Node, policy.Node, "attached", [holder.Identity.Where]);
        }

        if (holder.Boundary is { } boundary)
        {
            yield return AccountFacts.Edge(stream, EdgeKinds.GovernedBy, holder.Node, boundary.Node, "boundary", [holder.Identity.Where]);
        }

        var entitlement = _ids.Combination(string.Join(' ', holder.Policies.Select(policy => policy.Node).Order(StringComparer.Ordinal)
            .Append("|" + holder.Boundary?.Node)
            .Concat(holder.Levels.Select(level => "/" + string.Join(',', level.Select(policy => policy.Where))))));
        if (_combinations.Add(entitlement))
        {
            yield return AccountFacts.Node(AccountStreams.Rights, entitlement, NodeKinds.Entitlement, "what several policies leave", holder.Identity.Where);
            foreach (var observation in _rights.OfHolder(AccountStreams.Rights, entitlement, holder))
            {
                yield return observation;
            }
        }

        yield return AccountFacts.Edge(AccountStreams.Rights, EdgeKinds.HasEntitlement, node, entitlement, null, [holder.Identity.Where]);
    }

    private IEnumerable<Observation> Inline(string stream, IamIdentity identity)
    {
        foreach (var policy in identity.Inline)
        {
            yield return AccountFacts.Node(stream, policy.Node, NodeKinds.Policy, policy.Name, policy.Where);
            foreach (var observation in Given(stream, policy))
            {
                yield return observation;
            }
        }
    }

    private bool IsMissing(HeldPolicy policy) => policy.Where == policy.Name && Arn.Parse(policy.Name) is not null && _missing.Add(policy.Node);

    /// <summary>A policy that is attached and not in the files may give anything.</summary>
    private IEnumerable<Observation> Missing(string stream, HeldPolicy policy) =>
    [
        AccountFacts.Node(stream, policy.Node, NodeKinds.Policy, Arn.Parse(policy.Name)!.Value.Name, ""),
        AccountFacts.Node(stream, _ids.Rights(policy.Node), NodeKinds.Entitlement, Arn.Parse(policy.Name)!.Value.Name, ""),
        .. _rights.OfPolicy(stream, _ids.Rights(policy.Node), policy),
    ];

    private IEnumerable<Observation> WhatHoldersCan(CancellationToken cancellationToken)
    {
        var escalations = new EscalationMapping(_standing, _abilities);
        var compute = new ComputeMapping(_standing, _abilities);
        var provision = new ProvisionMapping(_standing, _abilities);
        var joinable = Joinable();
        foreach (var holder in _standing.Holders.Where(holder => !holder.IsGroup || joinable.Contains(holder.Arn)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var controls = _trust.ControlledBy(holder);
            foreach (var taken in escalations.Taken(holder))
            {
                controls.Add(taken);
            }

            escalations.Map(holder, controls);
            compute.Map(holder);
            provision.Map(holder);
        }

        foreach (var observation in _abilities.State(AccountStreams.Rights))
        {
            yield return observation;
        }
    }

    /// <summary>Groups that somebody may be put into: only then does it matter what membership alone lets one do; of one that gives the whole account it need not be said.</summary>
    private HashSet<string> Joinable() => _standing.Holders
        .SelectMany(holder => _standing.On(holder, "iam:AddUserToGroup", "group"))
        .Distinct()
        .SelectMany(group => group.Arns)
        .Where(arn => !Holder.OwnPolicies(_account, _account.Groups[arn]).Any(policy => policy.Document.AllowsEverything))
        .ToHashSet(StringComparer.Ordinal);
}
