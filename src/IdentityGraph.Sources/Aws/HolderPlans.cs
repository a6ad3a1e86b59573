using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>Finds out what is told of each holder, one after the other: which resources are named, and which policies were told before.</summary>
internal sealed class HolderPlans(Standing standing, RightsMapping rights)
{
    /// <summary>Plans remembered at a time, so that memory does not grow with what holders have.</summary>
    private const int MostKept = 4_096;

    private readonly AccountModel _account = standing.Account;
    private readonly AwsIds _ids = standing.Account.Ids;
    private readonly HashSet<string> _combinations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<Holdings, HolderPlan> _known = [];

    /// <summary>To be asked for in the order of the holders.</summary>
    public HolderPlan Of(int number)
    {
        var holdings = standing.Holders.HoldingsAt(number);
        if (!holdings.IsShared)
        {
            return Find(holdings, number);
        }

        if (!_known.TryGetValue(holdings, out var plan))
        {
            plan = Find(holdings, number);
            if (plan.IsForAll)
            {
                if (_known.Count == MostKept)
                {
                    _known.Clear();
                }

                _known.Add(holdings, plan);
            }
        }

        return plan;
    }

    private HolderPlan Find(Holdings holdings, int number)
    {
        var entitled = Entitled.Of(_account, holdings);
        InlinePlan[] inline = holdings.Inline.Length == 0 ? [] : [.. holdings.Inline.Select(policy => Inline(new SafeName(policy.Name), rights.Of(policy.Document)))];
        string[] groups = holdings.Groups.Length == 0 ? [] : [.. (holdings.Groups.Length < 2 ? holdings.Groups : holdings.Groups.Distinct(StringComparer.OrdinalIgnoreCase)).Select(GroupNode)];
        return entitled.IsConstrained
            ? new(inline, [], groups, [], true, Together(standing.Holders[number]))
            : new(inline, Attached(holdings), groups, Carriers(holdings), false, entitled.AsksFactor ? Enrolled(standing.Holders[number]) : null) { IsOfOne = entitled.AsksFactor };
    }

    private static InlinePlan Inline(SafeName name, GivenByDocument given) => new(name, given, AccountFacts.Named(name));

    private string[] Carriers(Holdings holdings) => holdings.Groups.Length == 0 || !standing.HasConstrained
        ? []
        : [.. Holder.Groups(_account, holdings.Groups).Select(group => group.Name).Where(standing.HasConstrainedMembers).Select(standing.CarrierOf)];

    private string GroupNode(string name)
    {
        if (!_groups.TryGetValue(name, out var node))
        {
            _groups.Add(name, node = _ids.Group(name));
        }

        return node;
    }

    private AttachedPlan[] Attached(Holdings holdings)
    {
        if (holdings.Attached.Length == 0)
        {
            return [];
        }

        var (plans, stream) = (new AttachedPlan[holdings.Attached.Length], AccountStreams.Of(holdings.Kind));
        for (var at = 0; at < plans.Length; at++)
        {
            var policy = _account.Managed(holdings.Attached[at]);
            var entitlement = _ids.Rights(policy.Node);
            plans[at] = new(entitlement, policy.IsMissing && _missing.Add(policy.Node) ? Missing(stream, policy, entitlement) : null);
        }

        return plans;
    }

    /// <summary>A policy that is attached and not in the files may give anything.</summary>
    private List<Observation> Missing(string stream, HeldPolicy policy, string entitlement)
    {
        var name = Arn.Parse(policy.Name)?.Name;
        List<Observation> told = [AccountFacts.Node(stream, policy.Node, NodeKinds.Policy, name, []), AccountFacts.Node(stream, entitlement, NodeKinds.Entitlement, name, [])];
        rights.Of(policy.Document).State(stream, entitlement, policy.Where.ToString(), policy.Name, _account.ReadAt, told);
        return told;
    }

    private List<Observation> Together(Holder holder)
    {
        var (stream, evidence) = (AccountStreams.Of(holder.Identity.Holdings.Kind), holder.Identity.Where.Evidence);
        List<Observation> told = [];
        foreach (var policy in Holder.OwnPolicies(_account, holder.Identity))
        {
            told.Add(AccountFacts.Edge(stream, EdgeKinds.GovernedBy, holder.Node, policy.Node, "attached", evidence));
            if (policy.IsMissing && _missing.Add(policy.Node))
            {
                told.AddRange(Missing(stream, policy, _ids.Rights(policy.Node)));
            }
        }

        if (holder.Boundary is { } boundary)
        {
            told.Add(AccountFacts.Edge(stream, EdgeKinds.GovernedBy, holder.Node, boundary.Node, "boundary", evidence));
        }

        Effective(holder, told);
        return told;
    }

    /// <summary>What asks for an MFA device is said apart of whoever comes by one: others that have the policies have none.</summary>
    private List<Observation>? Enrolled(Holder holder)
    {
        if (!holder.MayEnrol)
        {
            return null;
        }

        List<Observation> told = [];
        Effective(holder, told);
        return told;
    }

    /// <summary>What the policies leave together; one entitlement for all that have the same, unless who they are decides.</summary>
    private void Effective(Holder holder, List<Observation> told)
    {
        var evidence = holder.Identity.Where.Evidence;
        var entitlement = _ids.Combination(string.Join(' ', holder.Policies.Select(policy => policy.Node).Order(StringComparer.Ordinal)
            .Append("|" + holder.Boundary?.Node)
            .Concat(holder.Levels.Select(level => "/" + string.Join(',', level.Select(policy => policy.Where))))
            .Concat(holder.UsesName ? ["of " + holder.Node] : Array.Empty<string>())
            .Concat(holder.AsksFactor && holder.MayEnrol ? ["enrols"] : Array.Empty<string>())));

        // Nobody else has what is part of one.
        if (holder.Identity.Inline.Count > 0 || _combinations.Add(entitlement))
        {
            told.Add(AccountFacts.Node(AccountStreams.Rights, entitlement, NodeKinds.Entitlement, "what several policies leave", evidence));
            rights.OfHolder(AccountStreams.Rights, entitlement, holder, told);
        }

        var node = holder.Identity is IamGroup group ? standing.CarrierOf(group) : holder.Node;
        told.Add(AccountFacts.Edge(AccountStreams.Rights, EdgeKinds.HasEntitlement, node, entitlement, null, evidence));
    }
}
