using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>A step that one kind of premise stands before: which of its facts fail, as they really are.</summary>
internal sealed class BlockedStep
{
    private readonly GraphView _view;
    private readonly Liveness _liveness;
    private readonly Clause _clause;
    private readonly HashSet<int> _edges = [];
    private readonly SortedSet<int> _nodes = [];

    /// <param name="step">A search of one step in which it is taken.</param>
    /// <param name="clause">Its clause there.</param>
    /// <param name="real">The graph in which it is not.</param>
    public BlockedStep(ReachResult step, int clause, ControlGraph real)
    {
        (_view, _liveness) = (real.View, real.Liveness);
        var store = step.Graph.Store;
        _clause = store[clause];
        var open = new Stack<int>([clause]);
        var taken = new HashSet<int>();
        while (open.TryPop(out var number))
        {
            if (!taken.Add(number))
            {
                continue;
            }

            foreach (var fact in store.FactsOf(number))
            {
                if (fact.IsEdge)
                {
                    _edges.Add(fact.Index);
                    _nodes.Add(_view.EdgeAt(fact.Index).Of.Index);
                    _nodes.Add(_view.EdgeAt(fact.Index).To.Index);
                }
            }

            var from = store[number].From;
            _nodes.Add(from);
            foreach (var before in Walker.IsWalked(_view[from].Kind) ? step.DerivationsOf(from).Where(one => one.Clause >= 0) : [])
            {
                open.Push(before.Clause);
            }
        }

        _nodes.Add(_clause.To);
    }

    private IEnumerable<Edge> Edges => _edges.Order().Select(index => _view.EdgeAt(index));

    private IEnumerable<Node> Nodes => _nodes.Select(index => _view[index]);

    private Node From => _view[_clause.From];

    private Node To => _view[_clause.To];

    /// <summary>What fails of the kind of premise that was left out.</summary>
    public IEnumerable<FailingPremise> Failing(Waiver waiver) =>
        waiver.Gate is { } word ? Gates(word)
        : waiver.Liveness ? Dead()
        : waiver.Presence ? Absent()
        : waiver.Pinned ? Flagged(EdgeKinds.DependsOn, Properties.Pinned, "pinned")
        : waiver.Protected ? Flagged(EdgeKinds.DefinedIn, Properties.Protected, "protected")
        : To.Out(EdgeKinds.ReachedThrough).ToList().Where(edge => edge.Holds != Truth.False).Select(edge => FailingPremise.Of(edge, "network", edge.Since, edge.Until));

    private List<FailingPremise> Gates(string word)
    {
        var carried = Edges.Where(edge => edge[Properties.Gates].Texts.Contains(word))
            .Select(edge => FailingPremise.Of(edge, "gate", Math.Max(edge.Since, edge[Properties.Gates].From), edge.Until, word))
            .Concat(Nodes.Where(node => node[Properties.Gates].Texts.Contains(word) && (node.Index == _clause.To || node.Kind == NodeKinds.Assignment))
                .Select(node => FailingPremise.Of(node, Properties.Gates.Name, "gate", node[Properties.Gates].From, gate: word)))
            .ToList();
        if (From.Kind == NodeKinds.Credential && From[Properties.NetworkConstraint].Text == word)
        {
            carried.Add(FailingPremise.Of(From, Properties.NetworkConstraint.Name, "gate", From[Properties.NetworkConstraint].From, gate: word));
        }
        else if (From.Kind == NodeKinds.Credential && word == "senderKey")
        {
            carried.Add(FailingPremise.Of(From, Properties.SenderConstraint.Name, "gate", From[Properties.SenderConstraint].From, gate: word));
        }
        else if (carried.Count == 0)
        {
            carried.Add(FailingPremise.Of(To, Properties.Mfa.Name, "gate", To[Properties.Mfa].IsReported ? To[Properties.Mfa].From : Instants.Earliest, gate: word));
        }

        return carried;
    }

    /// <summary>Held material needs no life of its own: of a credential that is concluded only a rotation stands in the way.</summary>
    private IEnumerable<FailingPremise> Dead() =>
        To.Kind == NodeKinds.Credential && ControlRules.All[_clause.Rule] == ControlRules.HeldCredential
            ? Deaths.Rotation(To, Instants.Earliest)
            : Nodes.Where(node => node != To || node.Kind != NodeKinds.Credential).SelectMany(node => Deaths.Of(node, _liveness));

    private IEnumerable<FailingPremise> Absent()
    {
        foreach (var edge in Edges.Where(edge => edge.Holds == Truth.False))
        {
            var now = _view.AsOf.UtcTicks;
            var ended = edge.Claims.Where(claim => claim.Until <= now).Select(claim => claim.Until).DefaultIfEmpty(Instants.Earliest).Max();
            var begins = edge.Claims.Where(claim => claim.From > now && claim.From < claim.Until).Select(claim => claim.From).DefaultIfEmpty(Instants.Latest).Min();
            yield return FailingPremise.Of(edge, "notPresent", ended, begins);
        }

        foreach (var node in Nodes.Where(node => node.Present == Truth.False))
        {
            yield return Deaths.Absence(node);
        }
    }

    private IEnumerable<FailingPremise> Flagged(EdgeKind kind, Property property, string reason) => Edges
        .Where(edge => edge.Kind == kind && edge[property].Flag == Truth.True)
        .Select(edge => FailingPremise.Of(edge, reason, Math.Max(edge.Since, edge[property].From), edge.Until));
}
