using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// Who answers for a node, and what is wrong where nobody does (OWASP NHI1:2025 Improper Offboarding). Answering for something is
/// not control of it, and use of it is no evidence of either. Not for several threads at once: what it finds it remembers.
/// </summary>
public sealed class Owners
{
    private static readonly string[] s_integrationRoles = ["scopeApproval", "usageMonitoring", "revocation"];

    private readonly Dictionary<Node, OwnershipResult> _results = [];
    private readonly Liveness _liveness;
    private readonly OwnerHops _hops;
    private readonly AnsweringPeople _people;
    private readonly OrphanReasons _reasons;
    private readonly OwnersAtRisk _risks;
    private readonly SuggestedOwners _suggestions;
    private readonly Purposes _purposes;
    private readonly Uses _uses;
    private readonly UntoldOwners _untold;

    /// <param name="view">The moment.</param>
    /// <param name="liveness">Judged at the same view.</param>
    /// <param name="policy">Confidence, warning and dormancy.</param>
    /// <param name="stop">Cancels whatever is asked later.</param>
    public Owners(GraphView view, Liveness liveness, AnalysisPolicy policy, CancellationToken stop = default)
    {
        View = view;
        _liveness = liveness;
        Employments = new Employments(view);
        Links = new PersonLinks(policy.CorrelationConfidence);
        var externals = new ExternalParties(Employments);
        _hops = new OwnerHops(Links, externals, liveness);
        var read = new OwnersRead(view);
        _people = new AnsweringPeople(_hops, read, Employments, externals, stop);
        _untold = new UntoldOwners(view, Employments, _hops, read, _people.Counts);
        _reasons = new OrphanReasons(externals, Links, stop);
        _risks = new OwnersAtRisk(_hops, Employments, Links, policy.OwnerWarning, stop);
        _suggestions = new SuggestedOwners(_hops, _people, Employments, Links);
        _purposes = new Purposes(liveness);
        _uses = new Uses(policy.Dormant);
        Topmost = new TopmostOrphans(this, stop);
    }

    /// <summary>Kinds an orphan is looked for in: what a program signs in as, what it signs in with, and what was allowed to.</summary>
    public static IReadOnlyList<NodeKind> Kinds { get; } =
        [NodeKinds.ServiceIdentity, NodeKinds.Agent, NodeKinds.Credential, NodeKinds.OAuthGrant, NodeKinds.Application, NodeKinds.Connector];

    /// <summary>
    /// Everything an owner is asked for, by kind, then id. What only stands for a right of a directory is not: nobody signs in as it. A
    /// source's word alone hides nothing that has credentials or grants.
    /// </summary>
    public static IEnumerable<Node> Asked(GraphView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Kinds.SelectMany(view.Of).Where(node => !OnlyStandsForARight(node));
    }

    /// <summary>Whether the node is among those.</summary>
    internal static bool IsAsked(Node node) => Kinds.Contains(node.Kind) && !OnlyStandsForARight(node);

    /// <summary>Whether it is no identity: a reader made it to carry a right of a directory or what protects a host's memory, and nothing signs in as it or with it.</summary>
    internal static bool OnlyStandsForARight(Node node) =>
        (node.Kind == NodeKinds.Application || node.Kind == NodeKinds.Credential) && node[Properties.StandsFor].IsReported
        && node.In(EdgeKinds.AuthenticatesAs).Count == 0 && node.Out(EdgeKinds.AuthenticatesAs).Count == 0
        && node.In(EdgeKinds.GrantedTo).Count == 0 && node.In(EdgeKinds.InstanceOf).Count == 0;

    public GraphView View { get; }

    public Employments Employments { get; }

    public PersonLinks Links { get; }

    /// <summary>Which orphans stand above which.</summary>
    public TopmostOrphans Topmost { get; }

    /// <summary>The humans who answer for it; for every kind, groups and processes too.</summary>
    public Answering Answering(Node node) => _people.Of(node);

    /// <summary>Everything about who answers for the node; the same object when asked again.</summary>
    public OwnershipResult Of(Node node) => _results.TryGetValue(node, out var known) ? known : _results[node] = Judge(node);

    /// <summary>Of a node whose ownership is Unknown: why it cannot be told who answers, owner by owner.</summary>
    public IReadOnlyList<string> WhyUntold(Node node) => _untold.Of(node);

    private OwnershipResult Judge(Node node)
    {
        var answering = _people.Of(node);
        var can = _liveness.CanAuthenticate(node);
        var missing = MissingRoles(node);
        var named = answering.IsSomebody && _people.IsNamedFor(node);
        var risks = answering.IsSomebody ? _risks.Of(node, answering.AtLeast) : [];
        var state = answering.IsNobody && can is not Truth.False ? OwnershipState.Orphaned
            : !answering.IsSomebody ? OwnershipState.Unknown
            : risks.Count > 0 ? OwnershipState.AtRisk
            : missing.Count > 0 || !named ? OwnershipState.UnderOwned
            : OwnershipState.Owned;
        return new OwnershipResult
        {
            Node = node,
            State = state,
            Reason = state switch
            {
                OwnershipState.Orphaned => _reasons.For(node),
                OwnershipState.Unknown when can is not Truth.False => OrphanReason.O7,
                _ => null,
            },
            Answering = answering,
            IsNamed = named,
            MissingRoles = missing,
            AtRisk = risks,
            Purpose = _purposes.Of(node),
            Use = _uses.Of(node),
            Live = _liveness.Of(node),
            CanAuthenticate = can,
            SuggestedOwner = state is OwnershipState.Orphaned or OwnershipState.Unknown or OwnershipState.AtRisk ? _suggestions.For(node) : null,
            Draw = Chain,
        };
    }

    /// <summary>Roles an integration must have filled by somebody in employment, and has not.</summary>
    private List<string> MissingRoles(Node node)
    {
        var isIntegration = node.Kind == NodeKinds.Connector || node.Kind == NodeKinds.OAuthGrant
            || (node.Kind == NodeKinds.Application && node[Properties.ThirdParty].Flag is Truth.True);
        if (!isIntegration)
        {
            return [];
        }

        var filled = OwnerHops.Own(node)
            .Where(hop => hop.Truth is Truth.True && _people.Of(hop.To).IsSomebody)
            .Select(hop => hop.Fact[Properties.OwnerRole].Text)
            .ToHashSet();
        return [.. s_integrationRoles.Where(role => !filled.Contains(role))];
    }

    /// <summary>The owner chain: every edge on the way to a person or to where it ends, nearest first; a group's members count once it is reached.</summary>
    private List<Edge> Chain(Node node)
    {
        const int Enough = 64;
        var chain = new List<Edge>();
        var seen = new HashSet<Node> { node };
        var work = new Queue<Node>([node]);
        while (work.TryDequeue(out var at) && chain.Count < Enough)
        {
            foreach (var hop in _hops.From(at).Take(Enough - chain.Count))
            {
                chain.Add(hop.Fact);
                if (seen.Add(hop.To))
                {
                    work.Enqueue(hop.To);
                }
            }

            if (at.Kind == NodeKinds.Person)
            {
                chain.AddRange(Employments.Of(at).Select(engagement => engagement.Edge));
            }
        }

        return chain.Count > 0 ? chain : [.. OrphanReasons.Former(node)];
    }
}
