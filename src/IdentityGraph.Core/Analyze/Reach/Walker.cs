using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Where a walk over memberships ends.</summary>
/// <param name="End">The ENTITLES edge, or a CONFERS edge that names a capability.</param>
/// <param name="Truth">Of the walk, its live nodes and the gates the profile decides.</param>
/// <param name="NeedsFactor">Whether the walk passes mfaFactor and the profile leaves that open.</param>
/// <param name="IsOwn">Whether it passes a gate that whose account it is decides.</param>
/// <param name="Edges">The edges walked, from the start; the last is <paramref name="End"/>.</param>
/// <param name="Words">The gates passed.</param>
internal sealed record WalkEnd(Edge End, Truth Truth, bool NeedsFactor, bool IsOwn, IReadOnlyList<Edge> Edges, IReadOnlyList<string> Words);

/// <summary>Walks live memberships, roles, assignments and bundles from a principal or group to what they entitle to.</summary>
internal sealed class Walker(Liveness liveness, GateKeeper gates)
{
    private static readonly string[] s_noGates = [];
    private static readonly EdgeKind[] s_steps =
        [EdgeKinds.Holds, EdgeKinds.Assigns, EdgeKinds.MemberOf, EdgeKinds.HasRole, EdgeKinds.HasEntitlement, EdgeKinds.Grants];

    public static bool IsStep(EdgeKind kind) => s_steps.Contains(kind);

    public static bool IsWalked(NodeKind kind) =>
        kind == NodeKinds.Group || kind == NodeKinds.Role || kind == NodeKinds.Assignment || kind == NodeKinds.Entitlement || kind == NodeKinds.Policy;

    /// <summary>
    /// The steps from a node with the truth of edge, next node and the gates that are everybody's; apart, those that depend on whose
    /// account walks: a step with any is not for everybody.
    /// </summary>
    public IEnumerable<(Edge Edge, Truth Truth, string[] OwnGates, string[] Words)> Steps(Node node)
    {
        foreach (var kind in s_steps)
        {
            foreach (var edge in node.Out(kind))
            {
                if (edge.Holds == Truth.False || !IsWalked(edge.To.Kind))
                {
                    continue;
                }

                var truth = edge.Holds.And(liveness.Of(edge.To));
                var (own, words) = (s_noGates, s_noGates);
                truth = truth.And(Shared(edge[Properties.Gates], ref own, ref words));
                if (edge.To.Kind == NodeKinds.Assignment)
                {
                    truth = truth.And(Shared(edge.To[Properties.Gates], ref own, ref words));
                }

                if (truth != Truth.False)
                {
                    yield return (edge, truth, own, words);
                }
            }
        }
    }

    /// <summary>What the node itself entitles to or is able to do.</summary>
    public IEnumerable<(Edge Edge, Truth Truth, string[] OwnGates, string[] Words)> Ends(Node node)
    {
        foreach (var edge in node.Out(EdgeKinds.Entitles))
        {
            var (own, words) = (s_noGates, s_noGates);
            var truth = edge.Holds.And(Shared(edge[Properties.Gates], ref own, ref words));
            if (truth != Truth.False)
            {
                yield return (edge, truth, own, words);
            }
        }

        if (node.Kind == NodeKinds.Entitlement)
        {
            foreach (var edge in node.Out(EdgeKinds.Confers))
            {
                if (edge.Holds != Truth.False && edge.To.Kind == NodeKinds.System && edge[Properties.Capability].HasValue)
                {
                    yield return (edge, edge.Holds, s_noGates, s_noGates);
                }
            }
        }
    }

    /// <summary>Every end of every walk, once for each way its gates can be passed and each truth that adds to it.</summary>
    /// <param name="start">Where it starts; itself not tested.</param>
    /// <param name="account">Whose factors decide.</param>
    public IEnumerable<WalkEnd> From(Node start, Node account)
    {
        var factor = gates.Satisfies("mfaFactor", account);
        var canFactor = gates.FactorsOf(account).Count > 0;
        var best = new Dictionary<(int Node, bool Factor, bool Own), Truth>();
        var cameBy = new Dictionary<(int Node, bool Factor, bool Own), (Edge Edge, (int, bool, bool) Before, string[] Words)>();
        var queue = new Queue<(int Node, bool Factor, bool Own)>();
        best[(start.Index, false, false)] = Truth.True;
        queue.Enqueue((start.Index, false, false));
        while (queue.TryDequeue(out var at))
        {
            var here = best[at];
            foreach (var (edge, truth, own, words) in Steps(start.View[at.Node]))
            {
                var (passes, needsFactor) = Pass(own, account, factor, canFactor);
                var next = (edge.To.Index, at.Factor || needsFactor, at.Own || own.Length > 0);
                var there = here.And(truth).And(passes);
                if (there > best.GetValueOrDefault(next))
                {
                    best[next] = there;
                    cameBy[next] = (edge, at, words);
                    queue.Enqueue(next);
                }
            }
        }

        foreach (var (at, here) in best.OrderBy(state => state.Key))
        {
            foreach (var (edge, truth, own, words) in Ends(start.View[at.Node]))
            {
                var (passes, needsFactor) = Pass(own, account, factor, canFactor);
                if (here.And(truth).And(passes) is not Truth.False and var whole)
                {
                    yield return Ended(edge, whole, at, needsFactor, own, words, cameBy);
                }
            }
        }
    }

    private static WalkEnd Ended(
        Edge edge,
        Truth truth,
        (int Node, bool Factor, bool Own) at,
        bool needsFactor,
        string[] own,
        string[] words,
        Dictionary<(int Node, bool Factor, bool Own), (Edge Edge, (int, bool, bool) Before, string[] Words)> cameBy)
    {
        List<Edge> edges = [edge];
        List<string> passed = [.. words];
        for (var back = at; cameBy.TryGetValue(back, out var step); back = step.Before)
        {
            edges.Add(step.Edge);
            passed.AddRange(step.Words);
        }

        edges.Reverse();
        return new WalkEnd(edge, truth, at.Factor || needsFactor, at.Own || own.Length > 0, edges, passed);
    }

    /// <summary>How the account fares at gates that depend on it.</summary>
    private (Truth Passes, bool NeedsFactor) Pass(string[] own, Node account, Truth factor, bool canFactor)
    {
        var (passes, needsFactor) = (Truth.True, false);
        foreach (var word in own)
        {
            if (word == "mfaFactor" && canFactor && factor != Truth.True)
            {
                needsFactor = true;
            }
            else
            {
                passes = passes.And(word == "mfaFactor" ? factor : gates.Satisfies(word, account));
            }
        }

        return (passes, needsFactor);
    }

    private Truth Shared(Reading reading, ref string[] own, ref string[] words)
    {
        if (reading.Known == Known.NotReported)
        {
            return Truth.True;
        }

        if (reading.Known == Known.Disputed || !reading.Fresh)
        {
            words = [.. words, "gates"];
            return Truth.Unknown;
        }

        var truth = Truth.True;
        foreach (var word in reading.Texts)
        {
            words = [.. words, word];
            if (gates.DependsOnAccount(word))
            {
                own = [.. own, word];
            }
            else
            {
                truth = truth.And(gates.Satisfies(word, null));
            }
        }

        return truth;
    }
}
