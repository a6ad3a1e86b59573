using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// Orphans gathered under the topmost node that lacks an owner, so that one identity with five keys is told once. On a cycle of
/// owners every member is topmost.
/// </summary>
public static class TopmostOrphans
{
    /// <summary>Topmost orphans by id, each with what hangs under it, by id. A node under several stands under each.</summary>
    public static IReadOnlyList<(OwnershipResult Topmost, IReadOnlyList<OwnershipResult> Under)> In(Owners ownership, CancellationToken cancellationToken = default)
    {
        var orphans = new Dictionary<Node, OwnershipResult>();
        foreach (var kind in Owners.Kinds)
        {
            foreach (var node in ownership.View.Of(kind))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (ownership.Of(node) is { State: OwnershipState.Orphaned } orphan)
                {
                    orphans[node] = orphan;
                }
            }
        }

        var under = new Dictionary<Node, List<OwnershipResult>>();
        foreach (var (node, orphan) in orphans)
        {
            foreach (var top in TopsOf(node, orphans))
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

    private static HashSet<Node> TopsOf(Node start, Dictionary<Node, OwnershipResult> orphans)
    {
        var tops = new HashSet<Node>();
        var seen = new HashSet<Node> { start };
        var work = new Stack<Node>([start]);
        while (work.TryPop(out var node))
        {
            var above = AboveOf(node).Where(orphans.ContainsKey).ToList();
            if (above.Count == 0 || orphans[node].Reason is OrphanReason.O5)
            {
                tops.Add(node);
                continue;
            }

            above.Where(seen.Add).ToList().ForEach(work.Push);
        }

        return tops;
    }

    /// <summary>The subject of a credential, the application of a connector, agent or grant; else the owners that are orphaned themselves.</summary>
    public static IEnumerable<Node> AboveOf(Node node)
    {
        var own = OwnerHops.Own(node);
        return (own.Count > 0 ? own : OwnerHops.Parents(node)).Select(hop => hop.To);
    }
}
