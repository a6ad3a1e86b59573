using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Systems that the person's leaving is declared to reach: targets of actions it caused, and what the connectors it starts are
/// connected to.
/// </summary>
internal static class DeclaredTargets
{
    /// <summary>System → the actions asked of it for this leaver.</summary>
    public static IReadOnlyDictionary<Node, IReadOnlyList<Node>> Of(Node person, AnchorSystems systems)
    {
        var targets = new Dictionary<Node, List<Node>>();
        foreach (var about in person.In(EdgeKinds.Targets))
        {
            if (about.Of.Kind != NodeKinds.LifecycleEvent || about.Holds == Truth.False || about.Of[Properties.EventKind].Text != "leaver")
            {
                continue;
            }

            foreach (var cause in about.Of.In(EdgeKinds.CausedBy))
            {
                foreach (var aim in cause.Of.Out(EdgeKinds.Targets))
                {
                    foreach (var system in systems.Of(aim.To))
                    {
                        Add(targets, system, cause.Of);
                    }
                }
            }

            foreach (var started in about.Of.Out(EdgeKinds.Triggers))
            {
                foreach (var connects in started.To.Out(EdgeKinds.Connects))
                {
                    if (connects.Holds != Truth.False && connects[Properties.Side].Text != "source")
                    {
                        Add(targets, connects.To, null);
                    }
                }
            }
        }

        return targets.ToDictionary(target => target.Key, target => (IReadOnlyList<Node>)target.Value);
    }

    /// <summary>
    /// How far a declared target got where no anchor was ever seen: verified where its accounts were read to the end, recently enough
    /// and after they left, for then it shows none of theirs.
    /// </summary>
    public static Removal Judge(Node system, AnchorWindow window)
    {
        var view = system.View;
        foreach (var inside in system.In(EdgeKinds.InSystem))
        {
            if (inside.Of.Kind != NodeKinds.Account)
            {
                continue;
            }

            var sources = inside.Of.Sources;
            foreach (var stream in view.Snapshot.Streams)
            {
                if (stream.LastCompleteAt is { } complete && complete.UtcTicks >= window.Left && complete.UtcTicks <= window.Now && view.IsFresh(stream)
                    && stream.States.Contains(NodeKinds.Account.Name) && sources.Contains((stream.Source, stream.Tenant)))
                {
                    return new Removal(RemovalState.Verified, new RemovalEvidence(EvidenceGrade.SystemState, complete.UtcTicks), true);
                }
            }
        }

        return RemovalActions.On(system) ?? new Removal(RemovalState.NotStarted, Observed.Last(system), false);
    }

    private static void Add(Dictionary<Node, List<Node>> targets, Node system, Node? action)
    {
        if (!targets.TryGetValue(system, out var actions))
        {
            targets[system] = actions = [];
        }

        if (action is { } said)
        {
            actions.Add(said);
        }
    }
}
