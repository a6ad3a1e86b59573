using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// For which kinds silence about owners is evidence: those for which a stream that could state owners was read to its end. That is
/// a stream that ever stated an owner of something of that kind, or one named for owners (`OWNED_BY`, `owners`) whose source
/// states things of that kind.
/// </summary>
public sealed class OwnersRead
{
    private readonly HashSet<NodeKind> _covered = [];

    public OwnersRead(GraphView view)
    {
        var complete = view.Snapshot.Streams.Where(stream => stream.LastCompleteAt is not null).ToList();
        var sources = complete
            .Where(stream => stream.Stream is "OWNED_BY" or "owners")
            .Select(stream => (stream.Source, stream.Tenant))
            .ToHashSet();
        foreach (var stream in view.Snapshot.Streams.Where(stream => sources.Contains((stream.Source, stream.Tenant))))
        {
            _covered.UnionWith(stream.States.Select(NodeKind.Find).OfType<NodeKind>());
        }

        var stating = complete
            .Where(stream => stream.States.Contains(EdgeKinds.OwnedBy.Name))
            .Select(stream => (stream.Source, stream.Tenant, stream.Stream))
            .ToHashSet();
        if (stating.Count == 0)
        {
            return;
        }

        foreach (var edge in view.Edges(EdgeKinds.OwnedBy))
        {
            if (!_covered.Contains(edge.Of.Kind) && edge.Claims.Any(claim => stating.Contains((claim.Source, claim.Tenant, claim.Stream))))
            {
                _covered.Add(edge.Of.Kind);
            }
        }
    }

    public bool Covers(NodeKind kind) => _covered.Contains(kind);
}
