using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>What shows rights of a user on a target.</summary>
/// <param name="Rights">Which.</param>
/// <param name="Edges">All of these together; none where nothing needs to be shown, for rights that were never collected.</param>
/// <param name="Words">The gates passed.</param>
internal sealed record UserWay(RightsRange Rights, IReadOnlyList<Edge> Edges, IReadOnlyList<string> Words);

/// <summary>Which edges show what a user could do, each right by as few as possible.</summary>
internal sealed partial class UserRights
{
    /// <summary>The ways that show something alone: a walk to the target, or to what contains it and hands it on.</summary>
    public IEnumerable<UserWay> Ways(Node account, Node target)
    {
        if (!WereCollected(account))
        {
            yield return new UserWay(RightsRange.AtMost(Rights.All), [], []);
        }

        var walks = WalksOf(account);
        foreach (var (node, way, truth) in Around(target))
        {
            foreach (var end in walks[node.Index])
            {
                var given = Given(account, end);
                given = (way.Count == 0 ? given : Inherited(given)).Under(truth);
                if (!given.IsNone)
                {
                    yield return new UserWay(given, way.Count == 0 ? end.Edges : [.. end.Edges, .. way], end.Words);
                }
            }
        }
    }

    /// <summary>
    /// The same for a right that no way shows alone: what one walk gives on a container goes over to what is in it only with what another
    /// one gives, or some other way than the nearest is the sure one. Of all edges around, those without which it does not follow.
    /// </summary>
    /// <param name="account">Whose right.</param>
    /// <param name="target">On what.</param>
    /// <param name="right">One.</param>
    /// <param name="surely">From what is certain; else from what is possible.</param>
    /// <returns>Null: the account has no such right there.</returns>
    public UserWay? Together(Node account, Node target, Rights right, bool surely)
    {
        var links = Around(target).SelectMany(one => Containment.Around(one.Node).Select(link => (link.Outer, Inner: one.Node, Edge: link.Fact, link.Truth))).ToList();
        var walks = links.Select(link => link.Outer).Append(target).DistinctBy(node => node.Index).SelectMany(node => WalksOf(account)[node.Index]).ToList();
        List<Edge> edges = [.. walks.SelectMany(walk => walk.Edges).Concat(links.Select(link => link.Edge)).Distinct()];
        if (!Follows(edges))
        {
            return null;
        }

        foreach (var edge in edges.ToList())
        {
            List<Edge> rest = [.. edges.Where(other => other != edge)];
            edges = Follows(rest) ? rest : edges;
        }

        return new UserWay(surely ? RightsRange.Exactly(right) : RightsRange.AtMost(right), edges, [.. walks.Where(walk => walk.Edges.All(edges.Contains)).SelectMany(walk => walk.Words)]);

        bool Follows(List<Edge> by)
        {
            Dictionary<int, RightsRange> had = [];
            foreach (var walk in walks.Where(walk => walk.Edges.All(by.Contains)))
            {
                had[walk.End.To.Index] = had.GetValueOrDefault(walk.End.To.Index) | Given(account, walk);
            }

            for (var changed = true; changed;)
            {
                changed = false;
                foreach (var (outer, inner, edge, truth) in links.Where(link => by.Contains(link.Edge)))
                {
                    var before = had.GetValueOrDefault(inner.Index);
                    var now = before | Inherited(had.GetValueOrDefault(outer.Index)).Under(truth.And(liveness.Exists(inner)));
                    changed |= now != before;
                    had[inner.Index] = now;
                }
            }

            var there = had.GetValueOrDefault(target.Index);
            return ((surely ? there.Certain : there.Possible) & right) != Rights.None;
        }
    }
}
