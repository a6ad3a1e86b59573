using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Control graphs of one view, shared between leavers. Whose factors are at hand is the only thing in them that depends on the
/// person: those who hold none, and whom the same sources described, share one.
/// </summary>
internal sealed class LeaverControls(GraphView view, Liveness liveness, AttackerProfile profile)
{
    private readonly Dictionary<(int Person, string Sources), ControlGraph> _graphs = [];

    public GraphView View { get; } = view;

    public Liveness Liveness { get; } = liveness;

    public ControlGraph For(Node person)
    {
        var key = HoldsFactor(person) ? (person.Index, "") : (-1, string.Join('\n', person.Sources));
        if (!_graphs.TryGetValue(key, out var graph))
        {
            _graphs[key] = graph = ControlGraph.Compile(View, Liveness, profile, View[person.Index]);
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
