using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Control graphs of one view, shared between leavers. Whose factors are at hand is the only thing in them that depends on the
/// person: those who hold none, and whom the same sources described, share one; the others' are gone when the next is asked for.
/// </summary>
internal sealed class LeaverControls(GraphView view, Liveness liveness, AttackerProfile profile)
{
    private readonly Dictionary<string, ControlGraph> _graphs = [];
    private ControlScratch? _scratch;

    public GraphView View { get; } = view;

    public Liveness Liveness { get; } = liveness;

    public ControlGraph For(Node person)
    {
        if (HoldsFactor(person))
        {
            _scratch ??= new ControlScratch(View.NodeCount);
            return ControlGraph.Compile(View, Liveness, profile, View[person.Index], _scratch.Cleared());
        }

        var sources = string.Join('\n', person.Sources);
        if (!_graphs.TryGetValue(sources, out var graph))
        {
            _graphs[sources] = graph = ControlGraph.Compile(View, Liveness, profile, View[person.Index]);
        }

        return graph;
    }

    private bool HoldsFactor(Node person)
    {
        foreach (var edge in View[person.Index].In(EdgeKinds.HeldBy))
        {
            if (edge.Holds.And(GateKeeper.IsFactor(edge.Of, deviceOnly: false)) != Truth.False)
            {
                return true;
            }
        }

        return false;
    }
}
