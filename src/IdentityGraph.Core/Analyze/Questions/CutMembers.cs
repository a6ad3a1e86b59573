using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>What may be a member of a cut, what it does to a search, and how it is named.</summary>
internal sealed class CutMembers
{
    private readonly ControlGraph _control;
    private readonly CutQuestion _question;
    private readonly bool[] _within;
    private readonly CancellationToken _cancel;
    private readonly HashSet<int> _never;
    private readonly Dictionary<CutAction, string> _names = [];

    public CutMembers(ControlGraph control, CutQuestion question, bool[] within, CancellationToken cancel)
    {
        (_control, _question, _within, _cancel) = (control, question, within, cancel);
        _never =
        [
            .. question.Targets.Select(target => target.Node.Index),
            .. question.Seeds.Select(seed => seed.Node)
                .Where(node => node.Kind == NodeKinds.Resource || node.Kind == NodeKinds.System || node.Kind == NodeKinds.Organization || node.Kind == NodeKinds.Person)
                .Select(node => node.Index),
        ];
    }

    /// <summary>The search with the members dead. What the facts say stays; what lives by a dead node dies with it.</summary>
    public ReachOptions Options(IReadOnlyList<CutAction> members) => new()
    {
        Within = _within,
        DeadNodes = members.Where(member => member.Node >= 0 && member.Gate is null).Select(member => member.Node).ToHashSet(),
        DeadEdges = members.Where(member => member.Edge >= 0).Select(member => member.Edge).ToHashSet(),
        Gated = members.Where(member => member.Gate is not null).Select(member => member.Node).ToHashSet(),
    };

    /// <summary>Of what a proof rests on, the members that break it: those on its steps, and those that what is on them lives by.</summary>
    public IReadOnlyList<CutAction> Breaking(Proof proof, IReadOnlyList<CutAction> dead, CutQuestion question)
    {
        List<CutAction> members = [];
        if (question.By is CutBy.Node or CutBy.Action)
        {
            var steps = proof.Steps.Select(step => step.Node).Where(node => !Walker.IsWalked(node.Kind)).DistinctBy(node => node.Index).ToList();
            members.AddRange(steps.Select(CutAction.On).OfType<CutAction>());
            var only = FactsOf(proof);
            foreach (var node in LivedBy(proof).Where(node => steps.TrueForAll(step => step.Index != node.Index)))
            {
                if (CutAction.On(node) is { } member && IsAllowed(member, question) && Breaks(member, dead, proof, only))
                {
                    members.Add(member);
                }
            }
        }

        if (question.By is CutBy.Edge or CutBy.Action)
        {
            members.AddRange(proof.Steps.SelectMany(step => step.Edges).Select(CutAction.On).OfType<CutAction>().Where(member => question.By == CutBy.Edge || !IsOfNode(member)));
        }

        if (question.By == CutBy.Action)
        {
            members.AddRange(proof.Steps
                .Where(step => step.Rule == ControlRules.Authenticate && step.From.Any(from => from[Properties.CredentialKind].Text == "password") && _control.WouldGate(step.Node))
                .Select(step => new CutAction("add gate", step.Node.Index, -1, "mfaFactor")));
        }

        return [.. members.Where(member => IsAllowed(member, question)).Distinct().OrderBy(member => member.Cost).ThenBy(NameOf, StringComparer.Ordinal)];
    }

    public string NamesOf(IEnumerable<CutAction> members) => string.Join('\u0001', members.Select(NameOf).Order(StringComparer.Ordinal));

    /// <summary>Id of the node, or kind, ends and key of the edge; of a gate the word too.</summary>
    public string NameOf(CutAction member)
    {
        if (!_names.TryGetValue(member, out var name))
        {
            var edge = member.Edge < 0 ? default(Edge?) : _control.View.EdgeAt(member.Edge);
            name = edge is { } fact ? string.Join('\n', fact.Kind.Name, fact.Of.Id, fact.To.Id, fact.Key) : _control.View[member.Node].Id + member.Gate;
            _names[member] = name;
        }

        return name;
    }

    /// <summary>Facts whose end is that of a node: by action the node stands for them.</summary>
    private static bool IsOfNode(CutAction member) => member.Action is "revoke" or "rotate";

    private bool IsAllowed(CutAction member, CutQuestion question)
    {
        if (member.Edge >= 0)
        {
            var edge = _control.View.EdgeAt(member.Edge);
            return question.Among is not { } ends || ends.Contains(edge.Of.Index) || ends.Contains(edge.To.Index);
        }

        var node = _control.View[member.Node];
        if (question.By == CutBy.Action && IsOfNode(member) && node.Kind == NodeKinds.Credential && _control.Liveness.Of(node) == Truth.False)
        {
            // What is dead cannot be revoked once more: only what it still gives can be taken away.
            return false;
        }

        var isListed = question.By == CutBy.Action || BlastRadius.IsListed(node.Kind);
        return isListed && (member.Gate is not null || !_never.Contains(member.Node)) && question.Among?.Contains(member.Node) != false;
    }

    private bool Breaks(CutAction member, IReadOnlyList<CutAction> dead, Proof proof, HashSet<Fact> only)
    {
        var reach = _control.Reach(_question.Seeds, Options([.. dead, member]) with { Only = only }, _cancel);
        return !reach.Attains(proof.Goal, proof.Right, Cell.PossibleAmplified);
    }

    private static HashSet<Fact> FactsOf(Proof proof) =>
    [
        .. proof.Steps.SelectMany(step => step.Edges).Select(edge => (Fact)edge),
        .. proof.Steps.SelectMany(step => step.NodeFacts).Select(fact => Fact.Of(fact.Node, fact.Property)),
    ];

    /// <summary>Subjects, grants, authorisers and the like of what the proof goes through, in turn.</summary>
    private static IEnumerable<Node> LivedBy(Proof proof)
    {
        EdgeKind[] kinds = [EdgeKinds.AuthenticatesAs, EdgeKinds.BackedBy, EdgeKinds.ConsentedBy, EdgeKinds.OnBehalfOf, EdgeKinds.AuthenticatedVia, EdgeKinds.DerivedFrom];
        var seen = new Dictionary<int, Node>();
        var open = new Stack<Node>(proof.Steps.SelectMany(step => step.Edges).SelectMany(edge => (Node[])[edge.Of, edge.To]).Concat(proof.Steps.Select(step => step.Node)));
        while (open.TryPop(out var node))
        {
            if (seen.TryAdd(node.Index, node))
            {
                foreach (var edge in kinds.SelectMany(kind => node.Out(kind).ToList()).Where(edge => edge.Holds != Truth.False))
                {
                    open.Push(edge.To);
                }
            }
        }

        return seen.OrderBy(pair => pair.Key).Select(pair => pair.Value);
    }
}
