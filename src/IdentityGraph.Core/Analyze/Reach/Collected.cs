using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Of which systems somebody read all rights: a stream that was read to its end states rights (ENTITLES, CONFERS) with an end in
/// the system, or has such a kind's name and its source stated the account.
/// </summary>
internal sealed class Collected
{
    private readonly HashSet<int> _systems = [];
    private readonly HashSet<(string Source, string Tenant)> _sources = [];

    public Collected(GraphView view)
    {
        HashSet<(string, string, string)> complete = [];
        foreach (var stream in view.Snapshot.Streams)
        {
            if (!stream.IsReadWhole)
            {
                continue;
            }

            complete.Add((stream.Source, stream.Tenant, stream.Stream));
            if (stream.Stream == EdgeKinds.Entitles.Name || stream.Stream == EdgeKinds.Confers.Name)
            {
                _sources.Add((stream.Source, stream.Tenant));
            }
        }

        Take(view.Edges(EdgeKinds.Entitles), complete);
        Take(view.Edges(EdgeKinds.Confers), complete);
    }

    public bool RightsOf(Node account)
    {
        foreach (var edge in account.Out(EdgeKinds.InSystem))
        {
            if (edge.Holds != Truth.False && _systems.Contains(edge.To.Index))
            {
                return true;
            }
        }

        return account.Sources.Any(_sources.Contains);
    }

    private void Take(EdgeList edges, HashSet<(string, string, string)> complete)
    {
        foreach (var edge in edges)
        {
            if (edge.Claims.Any(claim => complete.Contains((claim.Source, claim.Tenant, claim.Stream))))
            {
                TakeSystems(edge.Of);
                TakeSystems(edge.To);
            }
        }
    }

    private void TakeSystems(Node node)
    {
        if (node.Kind == NodeKinds.System)
        {
            _systems.Add(node.Index);
            return;
        }

        foreach (var edge in node.Out(EdgeKinds.InSystem))
        {
            if (edge.Holds != Truth.False)
            {
                _systems.Add(edge.To.Index);
            }
        }
    }
}
