using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class ControlGraph
{
    private Backwards? _backwards;
    private ClausesInto? _into;
    private ClausesOnFact? _onFact;

    /// <summary>What clauses written so far rest on to conclude on a node. Only for who has the graph to itself.</summary>
    internal ClausesInto Into
    {
        get
        {
            _into ??= new ClausesInto(_store, View.NodeCount);
            _into.Follow();
            return _into;
        }
    }

    /// <summary>Clauses written so far by what they rest on. Only for who has the graph to itself.</summary>
    internal ClausesOnFact OnFact
    {
        get
        {
            _onFact ??= new ClausesOnFact(_store, View.Columns.EdgeOf.Length, View.NodeCount);
            _onFact.Follow();
            return _onFact;
        }
    }

    /// <summary>
    /// By dense index, which nodes may lead to the targets, by the clauses written so far: ask after a search from everything that
    /// matters. More than do lead there, never fewer: what a search within them attains of a target is what it attains of it at all.
    /// </summary>
    internal bool[] LeadingTo(params IEnumerable<Node> targets)
    {
        lock (Gate)
        {
            if (_backwards?.Clauses != _store.Count)
            {
                _backwards = Backwards.Of(_store, View.NodeCount);
            }

            return _backwards.LeadingTo(targets.Select(target => target.Index));
        }
    }

    /// <summary>
    /// What follows in one step from what another search attained: asked of a graph with a <see cref="Waiver"/>, what a premise left
    /// out stands in the way of. What was attained before has no rule in its proofs.
    /// </summary>
    /// <param name="reached">Of the same view.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public ReachResult StepFrom(ReachResult reached, CancellationToken cancellationToken = default)
    {
        if (!ReferenceEquals(reached.Graph.View.Snapshot, View.Snapshot) || reached.Graph.View.AsOf != View.AsOf)
        {
            throw new ArgumentException("it was attained in another view; ask both of one view", nameof(reached));
        }

        lock (Gate)
        {
            var state = new ReachState(View.NodeCount);
            return new Search(this, state, new ReachOptions(), cancellationToken).RunOnce(reached);
        }
    }

    /// <summary>Whether a second factor demanded of the account would stand in the way: the profile has none, and none can be attained.</summary>
    internal bool WouldGate(Node account) =>
        (account.Kind == NodeKinds.Account || account.Kind == NodeKinds.ServiceIdentity)
        && _gates.Satisfies("mfaFactor", account) == Truth.False && _gates.FactorsOf(account).Count == 0;

    /// <summary>Whether a second factor of its target gates it: a password, or a recovery.</summary>
    private bool AsksForFactor(in Clause clause)
    {
        var rule = ControlRules.All[clause.Rule];
        return rule == ControlRules.Recover || (rule == ControlRules.Authenticate && View[clause.From][Properties.CredentialKind].Text == "password");
    }
}
