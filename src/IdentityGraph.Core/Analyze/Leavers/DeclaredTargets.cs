using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// What the person's leaving is declared to reach: the targets of the changes it caused, and the systems that what it starts is
/// connected to. These are things that happened: they count though their source lists them no more.
/// </summary>
internal sealed class DeclaredTargets
{
    /// <summary>Kinds of which one belongs to one holder, so that it is gone once it is removed from them.</summary>
    private static readonly NodeKind[] s_personal = [NodeKinds.Account, NodeKinds.Credential, NodeKinds.OAuthGrant, NodeKinds.Assignment];

    private readonly AnchorWindow _window;
    private readonly Dictionary<Node, List<Node>> _systems = [];
    private readonly HashSet<Node> _things = [];

    public DeclaredTargets(Node person, AnchorWindow window, AnchorSystems places, Liveness liveness)
    {
        _window = window;
        foreach (var about in person.In(EdgeKinds.Targets))
        {
            // One whose kind nobody reported may be the one.
            if (about.Of.Kind == NodeKinds.LifecycleEvent && Happened(about) && about.Of[Properties.EventKind].Text is null or "leaver")
            {
                FollowChanges(about.Of, person, places, liveness);
                FollowStarted(about.Of);
            }
        }
    }

    /// <summary>System → the changes asked of the whole of it for this leaver.</summary>
    public IReadOnlyDictionary<Node, List<Node>> Systems => _systems;

    /// <summary>Things that a change was to remove, and that are not surely somebody else's: gone like an anchor, or open.</summary>
    public IReadOnlyCollection<Node> Things => _things;

    /// <summary>
    /// How far a declared system got where nothing of theirs was ever seen: verified where the source that reads its accounts themselves
    /// listed all of them, recently enough and after the person left, for then it shows none of theirs.
    /// </summary>
    public Removal Judge(Node system)
    {
        foreach (var inside in system.In(EdgeKinds.InSystem))
        {
            if (inside.Of.Kind == NodeKinds.Account && Happened(inside) && ReadWhole(inside.Of) is { } read)
            {
                return new Removal(RemovalState.Verified, new RemovalEvidence(EvidenceGrade.SystemState, read.UtcTicks), true);
            }
        }

        return RemovalActions.Furthest(_systems[system], null) ?? new Removal(RemovalState.NotStarted, Observed.Last(system), false);
    }

    /// <summary>When, since they left, a source that reads the state of the account itself listed everything; null: none that is fresh did.</summary>
    private DateTimeOffset? ReadWhole(Node account)
    {
        if (!account.Statements(Properties.State).Any(said => said.Grade == EvidenceGrade.SystemState))
        {
            return null;
        }

        var lists = Observed.StreamsOf(account).Where(account.View.IsFresh).SelectMany(stream => stream.ReadWholeAt).Where(at => at.UtcTicks >= _window.Left && at.UtcTicks <= _window.Now).ToList();
        return lists.Count == 0 ? null : lists.Max();
    }

    private void FollowChanges(Node happened, Node person, AnchorSystems places, Liveness liveness)
    {
        foreach (var cause in happened.In(EdgeKinds.CausedBy))
        {
            foreach (var aim in cause.Of.Out(EdgeKinds.Targets))
            {
                if (!Happened(cause) || !Happened(aim) || aim.To == person)
                {
                    continue;
                }

                var systems = places.Of(aim.To);
                foreach (var system in systems)
                {
                    Declare(system, aim.To == system ? cause.Of : null);
                }

                // Of what nobody described nothing is known; what lies in no known system no listing of a system could show as gone.
                if (aim.To.Kind != NodeKinds.System && !RemovalActions.Adds(cause.Of) && !IsSomebodyElses(aim.To, person, liveness)
                    && (systems.Count == 0 || aim.To.IsPlaceholder || s_personal.Contains(aim.To.Kind)))
                {
                    _things.Add(aim.To);
                }
            }
        }
    }

    private static bool IsSomebodyElses(Node thing, Node person, Liveness liveness)
    {
        foreach (var link in thing.Out(EdgeKinds.BelongsTo))
        {
            if (link.To != person && liveness.Belongs(link) == Truth.True)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the event starts, and what that starts in turn, and the systems all that connects, but as a source.</summary>
    private void FollowStarted(Node happened)
    {
        var started = new HashSet<Node> { happened };
        var next = new Queue<Node>(started);
        while (next.TryDequeue(out var starter))
        {
            foreach (var connects in starter.Out(EdgeKinds.Connects))
            {
                if (Happened(connects) && connects[Properties.Side].Text != "source")
                {
                    Declare(connects.To, null);
                }
            }

            foreach (var starts in starter.Out(EdgeKinds.Triggers))
            {
                if (Happened(starts) && started.Add(starts.To))
                {
                    next.Enqueue(starts.To);
                }
            }
        }
    }

    private bool Happened(Edge edge) => AnchorWindow.During(edge, Instants.Earliest, _window.Now + 1) != Truth.False;

    private void Declare(Node system, Node? action)
    {
        if (!_systems.TryGetValue(system, out var actions))
        {
            _systems[system] = actions = [];
        }

        if (action is { } said && !actions.Contains(said))
        {
            actions.Add(said);
        }
    }
}
