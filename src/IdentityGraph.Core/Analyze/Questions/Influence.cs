using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>Something whose state a source decides, or may.</summary>
/// <param name="Node">What.</param>
/// <param name="Truth">True where every fact on the way holds for certain, else Unknown.</param>
/// <param name="Way">The facts on a shortest way, the first one first.</param>
/// <param name="Hops">Steps; the facts of an ability conferred by entitlements are one.</param>
public sealed record Influenced(Node Node, Truth Truth, IReadOnlyList<Edge> Way, int Hops);

/// <summary>
/// Everything whose state lifecycle sources, workflows or integrations decide: what they trigger, write to, run as, can provision, can
/// grant and made, and so on. About being right, not about attack: no gates, no rights.
/// </summary>
internal sealed class Influence(Liveness liveness)
{
    private static readonly EdgeKind[] s_kinds = [EdgeKinds.Triggers, EdgeKinds.Connects, EdgeKinds.RunsAs, EdgeKinds.CanProvision, EdgeKinds.CanGrant, EdgeKinds.Spawned];

    private static readonly EdgeKind[] s_walks =
        [EdgeKinds.Holds, EdgeKinds.Assigns, EdgeKinds.MemberOf, EdgeKinds.HasRole, EdgeKinds.HasEntitlement, EdgeKinds.Grants, EdgeKinds.IncludesScope];

    /// <summary>By id, without the sources.</summary>
    /// <param name="sources">Where it begins.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public IReadOnlyList<Influenced> Of(IReadOnlyList<Node> sources, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, Influenced>();
        foreach (var least in (Truth[])[Truth.True, Truth.Unknown])
        {
            var seen = sources.Select(node => node.Index).ToHashSet();
            var open = new Queue<Influenced>(sources.Select(node => new Influenced(node, Truth.True, [], 0)));
            while (open.TryDequeue(out var from))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var (way, truth) in Steps(from.Node).Where(step => step.Truth >= least && step.Truth != Truth.False))
                {
                    var to = way[^1].To;
                    if (seen.Add(to.Index))
                    {
                        var next = new Influenced(to, truth.And(from.Truth), [.. from.Way, .. way], from.Hops + 1);
                        found.TryAdd(to.Index, next);
                        open.Enqueue(next);
                    }
                }
            }
        }

        return [.. found.Values.OrderBy(one => one.Node.Id, StringComparer.Ordinal)];
    }

    private IEnumerable<(IReadOnlyList<Edge> Way, Truth Truth)> Steps(Node node)
    {
        foreach (var kind in s_kinds)
        {
            foreach (var edge in node.Out(kind).ToList())
            {
                // An integration only reads the system it takes from.
                yield return ([edge], kind == EdgeKinds.Connects ? edge.Holds.And(edge[Properties.Side].IsWord("target")) : edge.Holds);
            }
        }

        if (node.Kind.IsPrincipal || node.Kind == NodeKinds.OAuthGrant)
        {
            foreach (var ability in Abilities(node))
            {
                yield return ability;
            }
        }
    }

    /// <summary>Abilities to provision and to grant that entitlements and scopes confer, over live memberships; the surest way to each.</summary>
    private IEnumerable<(IReadOnlyList<Edge> Way, Truth Truth)> Abilities(Node principal)
    {
        var seen = new HashSet<(int, Truth)>();
        var open = new Queue<(Node Node, IReadOnlyList<Edge> Way, Truth Truth)>([(principal, [], Truth.True)]);
        while (open.TryDequeue(out var at))
        {
            foreach (var edge in s_walks.SelectMany(kind => at.Node.Out(kind).ToList()))
            {
                var truth = at.Truth.And(edge.Holds).And(liveness.Of(edge.To));
                if (truth != Truth.False && seen.Add((edge.To.Index, truth)))
                {
                    open.Enqueue((edge.To, [.. at.Way, edge], truth));
                }
            }

            foreach (var confers in at.Way.Count == 0 ? [] : at.Node.Out(EdgeKinds.Confers).ToList())
            {
                if (confers.To.Kind == NodeKinds.System && confers[Properties.Capability].Text is "provision" or "manageGroup" or "grant")
                {
                    yield return ([.. at.Way, confers], at.Truth.And(confers.Holds));
                }
            }
        }
    }
}
