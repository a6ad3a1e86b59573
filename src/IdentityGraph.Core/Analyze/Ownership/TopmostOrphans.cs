using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// Orphans gathered under the topmost node that lacks an owner, so that one identity with five keys is told once. On a cycle of
/// owners every member is topmost.
/// </summary>
public sealed class TopmostOrphans
{
    private readonly Condensation<IReadOnlySet<Node>> _tops;

    internal TopmostOrphans(Owners ownership, CancellationToken stop) => _tops = new(
        node => ownership.Of(node).Reason is OrphanReason.O5 ? [] : AboveOf(node).Where(above => IsOrphan(ownership, above)),
        (members, beyond) => beyond.Count switch
        {
            0 => members.ToHashSet(),
            1 => beyond.Single(),
            _ => beyond.SelectMany(tops => tops).ToHashSet(),
        },
        stop);

    /// <summary>Whether no orphan stands above the orphan, or only those of a cycle that it lies on.</summary>
    public bool Contains(Node orphan) => _tops.Of(orphan).Contains(orphan);

    /// <summary>The topmost orphans above an orphan; itself alone where it is one.</summary>
    public IEnumerable<Node> Over(Node orphan) => Contains(orphan) ? [orphan] : _tops.Of(orphan);

    /// <summary>Topmost orphans by id, each with what hangs under it, by id. A node under several stands under each.</summary>
    public static IReadOnlyList<(OwnershipResult Topmost, IReadOnlyList<OwnershipResult> Under)> In(Owners ownership, CancellationToken cancellationToken = default)
    {
        var orphans = new Dictionary<Node, OwnershipResult>();
        foreach (var node in Owners.Asked(ownership.View))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ownership.Of(node) is { State: OwnershipState.Orphaned } orphan)
            {
                orphans[node] = orphan;
            }
        }

        var under = new Dictionary<Node, List<OwnershipResult>>();
        foreach (var (node, orphan) in orphans)
        {
            foreach (var top in ownership.Topmost.Over(node))
            {
                var list = under.TryGetValue(top, out var found) ? found : under[top] = [];
                if (top != node)
                {
                    list.Add(orphan);
                }
            }
        }

        return [.. under
            .OrderBy(entry => entry.Key.Id, StringComparer.Ordinal)
            .Select(entry => (orphans[entry.Key], (IReadOnlyList<OwnershipResult>)[.. entry.Value.OrderBy(orphan => orphan.Node.Id, StringComparer.Ordinal)]))];
    }

    private static bool IsOrphan(Owners ownership, Node node) => Owners.IsAsked(node) && ownership.Of(node).State is OwnershipState.Orphaned;

    /// <summary>The subject of a credential, the application of a connector, agent or grant; else the owners that are orphaned themselves.</summary>
    public static IEnumerable<Node> AboveOf(Node node)
    {
        var own = OwnerHops.Own(node);
        return (own.Count > 0 ? own : OwnerHops.Parents(node)).Select(hop => hop.To);
    }
}
