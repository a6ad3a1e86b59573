using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Kept;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>Users, roles and groups as observations: what is planned of each, under its own name and place. Changes nothing, so that several threads may tell at once.</summary>
internal sealed class HolderFacts(Standing standing)
{
    private static readonly KeyValuePair<string, PropertyValue> s_iamRole = AccountFacts.Text(P.NhiKind, "iamRole");

    private readonly AwsIds _ids = standing.Account.Ids;

    /// <param name="number">Its place among the holders.</param>
    /// <param name="plan">What is told of it.</param>
    /// <param name="to">Takes it.</param>
    public void State(int number, HolderPlan plan, List<Observation> to)
    {
        var (name, row) = standing.Holders.RowAt(number);
        var (told, from) = (new Told(new SafeName(name), row, new Place(row.List, row.Index)), to.Count);
        switch (row.Holdings.Kind)
        {
            case IdentityKind.User:
                User(told, plan, to);
                break;
            case IdentityKind.Group:
                Group(told, plan, to);
                break;
            default:
                Role(told, plan, to);
                break;
        }

        // Only what is not told of all alike, or stands nowhere, may have no evidence of its own.
        for (var at = plan.IsForAll && row.List.Length > 0 ? to.Count : from; at < to.Count; at++)
        {
            to[at] = AccountFacts.Evident(to[at], standing.Account);
        }
    }

    /// <summary>What a policy gives who has it, as an entitlement.</summary>
    /// <param name="stream">Where it stands.</param>
    /// <param name="node">Of the policy.</param>
    /// <param name="name">Of the policy.</param>
    /// <param name="given">What its document gives.</param>
    /// <param name="where">File and place of the policy.</param>
    /// <param name="evidence">The same.</param>
    /// <param name="to">Takes it.</param>
    /// <returns>The entitlement.</returns>
    public string Given(string stream, string node, SafeName name, GivenByDocument given, string where, IReadOnlyList<EvidenceRef> evidence, List<Observation> to)
    {
        var entitlement = _ids.Rights(node);
        Given(stream, node, entitlement, name, AccountFacts.Named(name), given, where, evidence, to);
        return entitlement;
    }

    private void Given(string stream, string node, string entitlement, SafeName name, KeyValuePair<string, PropertyValue>[] named, GivenByDocument given, string where, IReadOnlyList<EvidenceRef> evidence, List<Observation> to)
    {
        to.Add(AccountFacts.Node(stream, entitlement, NodeKinds.Entitlement, named, evidence));
        to.Add(AccountFacts.Edge(stream, EdgeKinds.Grants, node, entitlement, null, evidence));
        given.State(stream, entitlement, where, name.Text, standing.Account.ReadAt, to);
    }

    private void User(in Told user, HolderPlan plan, List<Observation> to)
    {
        var (node, evidence) = (_ids.User(user.Name), user.Evidence);
        to.Add(AccountFacts.Node(AccountStreams.Users, node, NodeKinds.Account, user.Name, evidence, user.CreatedAt, AccountFacts.Active));
        to.Add(AccountFacts.Edge(AccountStreams.Users, EdgeKinds.InSystem, node, _ids.System, null, evidence));
        foreach (var group in plan.Groups)
        {
            to.Add(AccountFacts.Edge(AccountStreams.Users, EdgeKinds.MemberOf, node, group, null, evidence));
        }

        foreach (var carrier in plan.Carriers)
        {
            to.Add(AccountFacts.Edge(AccountStreams.Users, EdgeKinds.HasRole, node, carrier, null, evidence));
        }

        What(AccountStreams.Users, "user", node, user, plan, to);
    }

    private void Role(in Told role, HolderPlan plan, List<Observation> to)
    {
        var (node, evidence) = (_ids.Role(role.Name), role.Evidence);
        to.Add(AccountFacts.Node(AccountStreams.Roles, node, NodeKinds.ServiceIdentity, role.Name, evidence, role.CreatedAt, AccountFacts.Active, s_iamRole));
        if (role.LastUsedAt is { } used)
        {
            to.Add(AccountFacts.Node(AccountStreams.Roles, node, NodeKinds.ServiceIdentity, null, evidence, null, new KeyValuePair<string, PropertyValue>(P.LastUsedAt.Name, PropertyValue.Of(used))));
        }

        to.Add(AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.InSystem, node, _ids.System, null, evidence));
        foreach (var profile in role.Has.InstanceProfiles)
        {
            var host = _ids.InstanceProfile(profile);
            to.Add(AccountFacts.Node(AccountStreams.Roles, host, NodeKinds.Resource, $"virtual machines of {profile}", evidence, null, AccountFacts.Text(P.Kind, "host")));
            to.Add(AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.InSystem, host, _ids.System, null, evidence));
            to.Add(AccountFacts.Edge(AccountStreams.Roles, EdgeKinds.RunsAs, host, node, null, evidence));
        }

        What(AccountStreams.Roles, "role", node, role, plan, to);
    }

    private void Group(in Told group, HolderPlan plan, List<Observation> to)
    {
        var (node, evidence) = (_ids.Group(group.Name.Text), group.Evidence);
        to.Add(AccountFacts.Node(AccountStreams.Groups, node, NodeKinds.Group, group.Name, evidence, group.CreatedAt));
        to.Add(AccountFacts.Edge(AccountStreams.Groups, EdgeKinds.InSystem, node, _ids.System, null, evidence));
        var carrier = standing.CarrierOf(group.Name.Text);
        if (carrier != node)
        {
            to.Add(AccountFacts.Node(AccountStreams.Groups, carrier, NodeKinds.Role, $"policies of group {group.Name.Text}", evidence));
        }

        What(AccountStreams.Groups, "group", carrier, group, plan, to);
    }

    /// <summary>Policy by policy; together, where something takes away from them.</summary>
    private void What(string stream, string kind, string node, in Told of, HolderPlan plan, List<Observation> to)
    {
        for (var at = 0; at < plan.Inline.Length; at++)
        {
            var (name, given, named) = plan.Inline[at];
            var (own, entitlement) = _ids.Inline(kind, of.Name.Text, name.Text);
            var where = of.Has.Inline[at].IsUnread ? of.Where : $"{of.Where}/{name.Text}";
            var place = of.EvidenceAt(where);
            to.Add(AccountFacts.Node(stream, own, NodeKinds.Policy, named, place));
            Given(stream, own, entitlement, name, named, given, where, place, to);
            if (!plan.IsConstrained)
            {
                to.Add(AccountFacts.Edge(stream, EdgeKinds.HasEntitlement, node, entitlement, null, of.Evidence));
            }
        }

        foreach (var (entitlement, missing) in plan.Attached)
        {
            to.Add(AccountFacts.Edge(stream, EdgeKinds.HasEntitlement, node, entitlement, null, of.Evidence));
            if (missing is not null)
            {
                to.AddRange(missing);
            }
        }

        if (plan.Together is { } together)
        {
            to.AddRange(together);
        }
    }

    /// <summary>A holder that is told of.</summary>
    private readonly struct Told
    {
        private readonly bool _isSomewhere;

        public Told(SafeName name, in IdentityRow row, Place place)
        {
            (Name, Has, CreatedAt, LastUsedAt) = (name, row.Holdings, IdentityRow.Moment(row.CreatedAt), IdentityRow.Moment(row.LastUsedAt));
            (Where, _isSomewhere) = (place.ToString(), place.List.Length > 0);
            Evidence = EvidenceAt(Where);
        }

        public SafeName Name { get; }

        public Holdings Has { get; }

        public DateTimeOffset? CreatedAt { get; }

        public DateTimeOffset? LastUsedAt { get; }

        /// <summary>File and place.</summary>
        public string Where { get; }

        public IReadOnlyList<EvidenceRef> Evidence { get; }

        /// <summary>A place in its entry as evidence; none where it is in no file.</summary>
        public IReadOnlyList<EvidenceRef> EvidenceAt(string where) => _isSomewhere ? [new EvidenceRef(where)] : [];
    }
}
