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

/// <summary>A step of a walk: by which edge, from where, through which gates.</summary>
internal sealed record WalkStep(Edge Edge, (int Node, bool Factor, bool Own) Before, string[] Words, Truth Truth);

/// <summary>Walks live memberships, roles, assignments and bundles from a principal or group to what they entitle to.</summary>
internal sealed class Walker(Liveness liveness, GateKeeper gates)
{
    // Other walks told to one end, and from one start in all: there can be exponentially many.
    private const int MostOfOneEnd = 8;
    private const int MostOthers = 64;

    private static readonly string[] s_noGates = [];
    private static readonly EdgeKind[] s_steps =
        [EdgeKinds.Holds, EdgeKinds.Assigns, EdgeKinds.MemberOf, EdgeKinds.HasRole, EdgeKinds.HasEntitlement, EdgeKinds.Grants];

    /// <summary>More walks led to some end than were told since this was last set to false, or may: who asks for all ways does not have them.</summary>
    public bool LeavesOut { get; set; }

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
    /// <param name="others">
    /// Ends to which other walks are told as well, by whether they are the account's own, up to a limit: with an edge of one cut, another
    /// may still lead there. Null: none.
    /// </param>
    public IEnumerable<WalkEnd> From(Node start, Node account, Func<bool, bool>? others = null)
    {
        var factor = gates.Satisfies("mfaFactor", account);
        var canFactor = gates.FactorsOf(account).Count > 0;
        var best = new Dictionary<(int Node, bool Factor, bool Own), Truth>();
        var cameBy = new Dictionary<(int Node, bool Factor, bool Own), WalkStep>();
        var every = new Dictionary<(int Node, bool Factor, bool Own), List<WalkStep>>();
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
                if (others is not null && there != Truth.False)
                {
                    var known = every.TryGetValue(next, out var steps) ? steps : every[next] = [];
                    if (!known.Exists(one => one.Edge == edge && one.Before == at))
                    {
                        if (known.Count < 2 * MostOfOneEnd)
                        {
                            known.Add(new WalkStep(edge, at, words, truth.And(passes)));
                        }
                        else
                        {
                            LeavesOut = true;
                        }
                    }
                }

                if (there > best.GetValueOrDefault(next))
                {
                    best[next] = there;
                    cameBy[next] = new WalkStep(edge, at, words, truth.And(passes));
                    queue.Enqueue(next);
                }
            }
        }

        var left = MostOthers;
        foreach (var (at, here) in best.OrderBy(state => state.Key))
        {
            foreach (var (edge, truth, own, words) in Ends(start.View[at.Node]))
            {
                var (passes, needsFactor) = Pass(own, account, factor, canFactor);
                if (here.And(truth).And(passes) is not Truth.False and var whole)
                {
                    var chosen = Chosen(at, cameBy);
                    yield return Ended(edge, whole, at, needsFactor, own, words, chosen);
                    if (others?.Invoke(at.Own || own.Length > 0) != true)
                    {
                        continue;
                    }

                    var most = Math.Min(left, MostOfOneEnd);
                    foreach (var walk in Others(at, (start.Index, false, false), every, chosen, most))
                    {
                        left--;
                        var sure = walk.Aggregate(truth.And(passes), (sure, step) => sure.And(step.Truth));
                        yield return Ended(edge, sure, at, needsFactor, own, words, walk);
                    }
                }
            }
        }
    }

    /// <summary>The steps by which a state was come to with the best truth, the last first.</summary>
    private static List<WalkStep> Chosen((int Node, bool Factor, bool Own) at, Dictionary<(int Node, bool Factor, bool Own), WalkStep> cameBy)
    {
        List<WalkStep> steps = [];
        for (var back = at; cameBy.TryGetValue(back, out var step); back = step.Before)
        {
            steps.Add(step);
        }

        return steps;
    }

    /// <summary>Other ways to it that pass nothing twice, the last step first.</summary>
    private List<List<WalkStep>> Others((int Node, bool Factor, bool Own) at, (int, bool, bool) start, Dictionary<(int Node, bool Factor, bool Own), List<WalkStep>> every, List<WalkStep> chosen, int most)
    {
        List<List<WalkStep>> found = [];
        var open = new Stack<((int Node, bool Factor, bool Own) At, List<WalkStep> Steps)>([(at, [])]);
        for (var looked = 0; looked <= 8 * MostOfOneEnd && open.TryPop(out var way); looked++)
        {
            var isOther = way.At == start && !way.Steps.Select(step => step.Edge).SequenceEqual(chosen.Select(step => step.Edge));
            if (looked == 8 * MostOfOneEnd || (isOther && found.Count == most))
            {
                LeavesOut = true;
                return found;
            }

            if (isOther)
            {
                found.Add(way.Steps);
            }

            if (way.At == start)
            {
                continue;
            }

            foreach (var step in every.GetValueOrDefault(way.At, []))
            {
                if (step.Before != at && !way.Steps.Exists(passed => passed.Before == step.Before))
                {
                    open.Push((step.Before, [.. way.Steps, step]));
                }
            }
        }

        return found;
    }

    private static WalkEnd Ended(Edge edge, Truth truth, (int Node, bool Factor, bool Own) at, bool needsFactor, string[] own, string[] words, List<WalkStep> steps)
    {
        List<Edge> edges = [edge, .. steps.Select(step => step.Edge)];
        edges.Reverse();
        return new WalkEnd(edge, truth, at.Factor || needsFactor, at.Own || own.Length > 0, edges, [.. words, .. steps.SelectMany(step => step.Words)]);
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
