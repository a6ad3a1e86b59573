using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Facts and rules compiled into clauses: who gives rights on whom, in which cells, under which further premises. A node's clauses
/// are written the first time a search attains it and kept for the next, so that the first question pays only for what it touches.
/// One search at a time; others wait.
/// </summary>
public sealed partial class ControlGraph
{
    private readonly GateKeeper _gates;
    private readonly Walker _walker;
    private readonly UnknownLevels _unknownLevels;
    private readonly UserRights _userRights;
    private readonly ClauseStore _store;

    // By node: the rights whose clauses are written, and, once asked for, whether it controls identities.
    private readonly byte[] _expanded;
    private readonly Dictionary<int, Entrance> _entrances = [];
    private readonly HashSet<int> _leavingWaysOut = [];
    private readonly Node? _person;
    private readonly Waiver? _waiver;
    private readonly ControlScratch? _scratch;
    private (IReadOnlySet<int> Dead, ControlGraph Graph)? _without;
    private int _from;
    private Rights _premise;

    private ControlGraph(GraphView view, Liveness liveness, AttackerProfile profile, Node? person, Waiver? waiver, ControlScratch? scratch = null)
    {
        _scratch = scratch;
        View = view;
        Liveness = liveness;
        Profile = profile;
        _person = person;
        _waiver = waiver;
        _gates = new GateKeeper(view, liveness, profile, person, waiver);
        _walker = new Walker(liveness, _gates);
        _unknownLevels = new UnknownLevels(view);
        _userRights = new UserRights(view, liveness, _walker, _gates, _unknownLevels);
        _store = new ClauseStore(view.NodeCount, scratch);
        _expanded = scratch?.Expanded ?? new byte[view.NodeCount];
        Idle = scratch?.State;
    }

    public GraphView View { get; }

    public Liveness Liveness { get; }

    public AttackerProfile Profile { get; }

    /// <summary>Criticality of every system and resource together, once somebody has measured it.</summary>
    internal double? WholeCriticality { get; set; }

    /// <summary>What its nodes are worth, once somebody has measured some.</summary>
    internal Measures.Worth? Worth { get; set; }

    /// <summary>Its clauses for searches of many starts, once somebody asked for one.</summary>
    internal Literals.LiteralClauses? Literals { get; set; }

    internal ClauseStore Store => _store;

    /// <summary>
    /// Nodes, by dense index, of whose walks some are left out of what is written so far, or may be: there can be exponentially many.
    /// What is attained does not depend on them; other proofs of it, and what is left of it without an edge, may.
    /// </summary>
    internal IReadOnlySet<int> LeavingWaysOut => _leavingWaysOut;

    /// <summary>Since when what its proofs rest on of nodes holds.</summary>
    internal FactTimes Times => field ??= new(Liveness);

    internal Lock Gate { get; } = new();

    internal ReachState? Idle { get; set; }

    /// <summary>Prepares control at the view's instant as the profile allows it.</summary>
    /// <param name="view">Where and when.</param>
    /// <param name="liveness">Judged at the same view.</param>
    /// <param name="profile">Which gates the attacker satisfies.</param>
    /// <param name="person">For the profile Leaver: whose factors are at hand; null: whoever holds them.</param>
    /// <param name="waiver">Premises to leave out; null: none.</param>
    public static ControlGraph Compile(GraphView view, Liveness liveness, AttackerProfile profile, Node? person = null, Waiver? waiver = null) =>
        new(view, waiver is null ? liveness : liveness.With(waiver), profile, person, waiver);

    /// <summary>The same in arrays that are used again: it may be asked until they are cleared.</summary>
    internal static ControlGraph Compile(GraphView view, Liveness liveness, AttackerProfile profile, Node person, ControlScratch scratch) =>
        new(view, liveness, profile, person, null, scratch);

    /// <summary>
    /// The same were these nodes dead: facts that rest on their being live are judged anew. Written, like this, as it is asked; the
    /// last one asked for is kept.
    /// </summary>
    private ControlGraph Without(IReadOnlySet<int> dead)
    {
        lock (Gate)
        {
            if (_without is not { } last || !last.Dead.SetEquals(dead))
            {
                _without = last = (dead.ToHashSet(), new ControlGraph(View, Liveness.Without(dead), Profile, _person, _waiver));
            }

            return last.Graph;
        }
    }

    /// <summary>The same control with a store of its own, for who writes every clause once and keeps none.</summary>
    internal ControlGraph Apart() => new(View, Liveness, Profile, _person, _waiver);

    /// <summary>Whether Admin on it is control of identities: then it is every right.</summary>
    internal static bool IsControlPlane(Node node) =>
        node.Kind == NodeKinds.System && node[Properties.Category].Text is "directory" or "hris" or "wfm" or "pam" or "vault";

    /// <summary>The same by dense index, remembered.</summary>
    internal bool ControlsIdentities(int index)
    {
        const byte Asked = 64;
        const byte Controls = 128;
        if ((_expanded[index] & Asked) == 0)
        {
            _scratch?.Touch(index);
            _expanded[index] |= (byte)(IsControlPlane(View[index]) ? Asked | Controls : Asked);
        }

        return (_expanded[index] & Controls) != 0;
    }

    internal static bool OnlyKnowsUse(NodeKind kind) => kind != NodeKinds.System && kind != NodeKinds.Resource;

    /// <summary>Writes the clauses that start from the right on the node, unless they are written already.</summary>
    internal void Expand(int index, int right)
    {
        var bit = (byte)(1 << right);
        if ((_expanded[index] & bit) != 0)
        {
            return;
        }

        _scratch?.Touch(index);
        _expanded[index] |= bit;
        _from = index;
        _premise = (Rights)bit;
        var node = View[index];
        var start = _store.Count;
        _walker.LeavesOut = false;
        Write(node, _premise);
        if (_walker.LeavesOut)
        {
            _leavingWaysOut.Add(index);
        }

        _store.CloseChunk(index, (byte)right, start);
        if (_premise == Rights.Read)
        {
            start = _store.Count;
            WriteContained(node);
            _store.CloseChunk(index, ClauseStore.InheritStage, start);
        }
    }

    private void Write(Node node, Rights right)
    {
        var kind = node.Kind;
        if (right == Rights.Use)
        {
            WriteHeld(node);
            if (kind == NodeKinds.Credential)
            {
                WriteCredential(node);
            }
            else if (kind == NodeKinds.Person)
            {
                WriteOwnAccounts(node);
            }
            else if (kind == NodeKinds.OAuthGrant)
            {
                WriteGrant(node);
            }
            else if (kind == NodeKinds.Organization)
            {
                WriteOperated(node);
            }
            else if (Walker.IsWalked(kind))
            {
                WriteWalk(node);
            }
            else
            {
                WriteActor(node);
            }
        }
        else if (right == Rights.Read && kind == NodeKinds.Resource)
        {
            WriteStored(node);
            WriteRecovery(node);
        }
        else if (right == Rights.Write && kind == NodeKinds.Resource)
        {
            WriteDefined(node, asAdmin: false);
        }
        else if (right == Rights.Admin)
        {
            WriteDefined(node, asAdmin: true);
            WriteRunsAs(node);
            WritePrincipalsInside(node);
        }
    }

    private void WriteActor(Node node)
    {
        var kind = node.Kind;
        WriteGranted(node);
        WriteRunsAs(node);
        if (kind != NodeKinds.Resource && kind != NodeKinds.System && kind != NodeKinds.Workflow && kind != NodeKinds.Step)
        {
            WriteAmplifying(node);
        }

        WriteConsumers(node);
        if (kind.IsPrincipal || node.IsPlaceholder)
        {
            WriteWalk(node);
            WriteOwnWalk(node);
            WriteModified(node);
            WriteAssumed(node);
            WriteSignedIn(node);
            WriteFederated(node);
        }
    }
}
