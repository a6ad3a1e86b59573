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
        KnowsPersons = ReadPersons(view);
        var complete = view.Snapshot.Streams.Where(stream => stream.IsReadWhole).ToList();
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

    /// <summary>
    /// Whether an account that no person is linked to is nobody's: a complete and fresh stream stated whose an account is, or is
    /// named for that (`BELONGS_TO`, `owners`) by a source that states accounts; or HR was read so, and accounts could be matched.
    /// </summary>
    public bool KnowsPersons { get; }

    private static bool ReadPersons(GraphView view)
    {
        var streams = view.Snapshot.Streams;
        var complete = streams.Where(stream => stream.IsReadWhole && view.IsFresh(stream)).ToList();
        return complete.Exists(stream => stream.States.Contains(EdgeKinds.BelongsTo.Name)
            || stream.States.Contains(NodeKinds.Employment.Name)
            || (stream.Stream is "BELONGS_TO" or "owners" && streams.Any(other =>
                other.Source == stream.Source && other.Tenant == stream.Tenant && other.States.Contains(NodeKinds.Account.Name))));
    }
}
