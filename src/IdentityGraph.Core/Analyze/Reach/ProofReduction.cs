using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Leaves out of a proof, in its order, each application without which the rest still proves the goal.</summary>
internal static class ProofReduction
{
    private static readonly IReadOnlyList<(Node Node, string Property)> s_noFacts = [];
    private static readonly IReadOnlyList<string> s_noGates = [];

    /// <param name="applications">In their order.</param>
    /// <param name="goal">What is to be proved.</param>
    /// <param name="node">The same.</param>
    /// <param name="right">The same.</param>
    /// <param name="cell">In which cell.</param>
    /// <param name="result">Of the search.</param>
    /// <param name="last">By what the goal is to be proved in the end: the others prove what that rests on; null: by any of them.</param>
    public static Proof Reduce(List<ProofApplication> applications, (int Node, uint Bit) goal, Node node, Rights right, Cell cell, ReachResult result, ProofApplication? last = null)
    {
        var cellMask = CellBits.Replicate(1u << (int)cell);
        var isIrredundant = last is null && IsIrredundant(applications);
        var needed = isIrredundant || last is not null ? [] : Needed(applications, goal.Node);
        for (var i = isIrredundant ? applications.Count : 0; i < applications.Count && applications.Count > 1;)
        {
            var left = applications[i];
            if (needed.Contains(left))
            {
                i++;
                continue;
            }

            applications.RemoveAt(i);
            var attained = Conclude(applications, cellMask, result);
            if (last is null ? (attained.GetValueOrDefault(goal.Node) & goal.Bit) != 0 : Holds(last, attained))
            {
                continue;
            }

            if (last is null && HandsOnMore(applications, left, goal, cell, result))
            {
                // What was needed for what this one gave may no longer be.
                (i, needed) = (0, []);
                continue;
            }

            applications.Insert(i++, left);
        }

        return new Proof(node, right, cell, Tell(last is null ? applications : [.. applications, last], cellMask, cell, result));
    }

    /// <summary>
    /// Whether nothing can be left out, seen without trying: each was chosen because another, or the goal, rests on its node; where no
    /// other application concludes on that node and none has alternatives, all that rests on it falls with it.
    /// </summary>
    private static bool IsIrredundant(List<ProofApplication> applications)
    {
        var nodes = new HashSet<int>(applications.Count);
        foreach (var application in applications)
        {
            if (application.Groups.Count > 0 || !nodes.Add(application.Node))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an application that hands on rights can hand on to the same node what this one gave it: then it does, and the rest proves the goal in some order.</summary>
    private static bool HandsOnMore(List<ProofApplication> applications, ProofApplication left, (int Node, uint Bit) goal, Cell cell, ReachResult result)
    {
        var at = applications.FindIndex(other => other.Inherits && other.Node == left.Node);
        if (at < 0)
        {
            return false;
        }

        var other = applications[at];
        applications[at] = other with { Bits = other.Bits | left.Bits, Told = null };
        var proved = Tell([.. applications], CellBits.Replicate(1u << (int)cell), cell, result)
            .Exists(line => line.Node.Index == goal.Node && (CellBits.Word(line.Rights, 1u << (int)cell) & goal.Bit) != 0);
        applications[at] = proved ? applications[at] : other;
        return proved;
    }

    /// <summary>
    /// Those that surely cannot be left out, so that few of a long proof are tried: the one application that concludes on the goal, and
    /// on whatever a needed one cannot do without. An alternative is no such thing unless it is the only one concluded on.
    /// </summary>
    private static HashSet<ProofApplication> Needed(List<ProofApplication> applications, int goal)
    {
        var concluding = applications.ToLookup(application => application.Node);
        var needed = new HashSet<ProofApplication>(ReferenceEqualityComparer.Instance);
        var open = new Stack<int>([goal]);
        while (open.TryPop(out var node))
        {
            var (only, count) = (concluding[node].FirstOrDefault(), concluding[node].Take(2).Count());
            if (count != 1 || !needed.Add(only!))
            {
                continue;
            }

            if (only!.Clause >= 0)
            {
                open.Push(only.Premise.Node);
            }

            foreach (var group in only.Groups)
            {
                var ways = group.Select(premise => premise.Node).Distinct().Where(concluding.Contains).Take(2).ToList();
                if (ways.Count == 1)
                {
                    open.Push(ways[0]);
                }
            }
        }

        return needed;
    }

    /// <summary>In an order in which each rests on those before it; left out earlier ones may have moved others behind them.</summary>
    private static List<ProofLine> Tell(List<ProofApplication> applications, uint cellMask, Cell cell, ReachResult result)
    {
        var certain = new Dictionary<int, uint>();
        var whole = applications.Exists(application => application.Inherits) ? Conclude(applications, cellMask, result) : [];
        var attained = new Dictionary<int, uint>();
        var lines = new List<ProofLine>(applications.Count);
        while (applications.Count > 0)
        {
            var next = applications.FindIndex(application => IsReady(application, attained, whole));
            next = next >= 0 ? next : Math.Max(0, applications.FindIndex(application => application.Clause < 0 || Holds(application, attained)));
            var bits = Apply(applications[next], attained, cellMask, result);
            var sure = cell is Cell.CertainDirect or Cell.CertainAmplified || (bits & ~(ApplySurely(applications[next], certain, cell, result) << 2)) == 0;
            lines.Add(Line(applications[next], bits, sure, cell, result));
            applications.RemoveAt(next);
        }

        return lines;
    }

    /// <summary>Its premises are there; what hands on rights waits until all it is to hand on are.</summary>
    private static bool IsReady(ProofApplication application, Dictionary<int, uint> attained, Dictionary<int, uint> whole) =>
        application.Clause < 0
        || (Holds(application, attained)
            && (!application.Inherits || ((attained[application.Premise.Node] ^ whole[application.Premise.Node]) & application.Bits) == 0));

    /// <summary>What the applications prove together.</summary>
    private static Dictionary<int, uint> Conclude(List<ProofApplication> applications, uint cellMask, ReachResult result)
    {
        var attained = new Dictionary<int, uint>();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var application in applications)
            {
                var before = attained.GetValueOrDefault(application.Node);
                Apply(application, attained, cellMask, result);
                changed |= attained.GetValueOrDefault(application.Node) != before;
            }
        }

        return attained;
    }

    private static uint Apply(ProofApplication application, Dictionary<int, uint> attained, uint cellMask, ReachResult result)
    {
        if (application.Clause >= 0 && !Holds(application, attained))
        {
            return 0;
        }

        var clause = application.Clause < 0 ? default : result.Graph.Store[application.Clause];
        var bits = application.Clause < 0 ? application.Bits
            : application.Inherits ? attained[application.Premise.Node] & application.Bits
            : CellBits.Word(clause.Rights, CellBits.AllCells);
        bits &= cellMask;
        if ((bits >> 16 & CellBits.AllCells) != 0 && result.Graph.ControlsIdentities(application.Node))
        {
            bits = ControlGraph.Whole(bits) & cellMask;
        }

        var kept = (application.Clause < 0 ? application.Bits >> CellBits.DurableShift : clause.Durable) & cellMask & CellBits.AllCells;
        attained[application.Node] = attained.GetValueOrDefault(application.Node) | bits | (kept << CellBits.DurableShift);
        return bits;
    }

    /// <summary>What an application of a possible cell gives in the certain one beside it, from what the lines before give there.</summary>
    private static uint ApplySurely(ProofApplication application, Dictionary<int, uint> certain, Cell cell, ReachResult result)
    {
        var sure = 1u << ((int)cell - 2);
        var bits = application.Bits;
        if (application.Clause >= 0)
        {
            var clause = result.Graph.Store[application.Clause];
            if ((application.Surely & sure) == 0 || !Has((application.Premise.Node, application.Premise.Bit >> 2), certain) || !AreSatisfied(application, clause, certain, sure, result.Graph.Store))
            {
                return 0;
            }

            bits = application.Inherits ? certain[application.Premise.Node] : CellBits.Word(clause.Rights, sure);
        }

        bits &= CellBits.Replicate(sure);
        if ((bits >> 16 & CellBits.AllCells) != 0 && result.Graph.ControlsIdentities(application.Node))
        {
            bits = ControlGraph.Whole(bits) & CellBits.Replicate(sure);
        }

        certain[application.Node] = certain.GetValueOrDefault(application.Node) | bits;
        return bits;
    }

    /// <summary>By what the application rests on: that something else would surely satisfy them makes it no surer.</summary>
    private static bool AreSatisfied(ProofApplication application, Clause clause, Dictionary<int, uint> certain, uint sure, ClauseStore store)
    {
        foreach (var group in (PremiseGroup[])[.. store.Groups(clause.Own), .. store.Groups(clause.Entry)])
        {
            var cells = group.Given;
            foreach (var way in group.Alternatives)
            {
                if (application.Needs.Any(need => need.Node == way.Node) && (way.Edge < 0 || application.Edges.Contains(way.Edge)))
                {
                    cells |= CellBits.CellsOf(certain.GetValueOrDefault(way.Node), way.Rights) & way.Cells;
                }
            }

            if ((cells & sure) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(ProofApplication application, Dictionary<int, uint> attained) =>
        Has(application.Premise, attained) && (application.Groups.Count == 0 || application.Groups.All(group => group.Any(premise => Has(premise, attained))));

    private static bool Has((int Node, uint Bit) premise, Dictionary<int, uint> attained) => (attained.GetValueOrDefault(premise.Node) & premise.Bit) != 0;

    internal static ProofLine Line(ProofApplication application, uint bits, bool sure, Cell cell, ReachResult result)
    {
        if (application.Told is { } told && told.Bits == bits && told.Line.Truth == TruthLogic.Of(sure ? true : null))
        {
            return told.Line;
        }

        var line = Write(application, bits, sure, cell, result);
        application.Told = (bits, line);
        return line;
    }

    private static ProofLine Write(ProofApplication application, uint bits, bool sure, Cell cell, ReachResult result)
    {
        var view = result.Graph.View;
        List<(Node, string)>? nodeFacts = null;
        List<string>? gates = null;
        for (var i = 0; application.Clause >= 0 && i <= application.Walked.Count; i++)
        {
            var clause = i < application.Walked.Count ? application.Walked[i] : application.Clause;
            foreach (var fact in result.Graph.Store.FactsOf(clause))
            {
                if (fact.Property is { } property && nodeFacts?.Contains((view[fact.Index], property)) != true)
                {
                    (nodeFacts ??= []).Add((view[fact.Index], property));
                }
            }

            if (result.Graph.Store.WordsOf(clause) is { Count: > 0 } words)
            {
                gates ??= [];
                gates.AddRange(words.Except(gates));
            }
        }

        return new ProofLine
        {
            Rule = application.Rule,
            Node = view[application.Node],
            Rights = new Cells(bits).Of(cell),
            From = application.Needs.Count == 1 ? new[] { view[application.Needs[0].Node] }
                : [.. application.Needs.Select(need => need.Node).Distinct().Select(index => view[index]).OrderBy(from => from.Id, StringComparer.Ordinal)],
            Edges = EdgesOf(application, view),
            NodeFacts = nodeFacts ?? s_noFacts,
            Gates = gates ?? s_noGates,
            Truth = sure ? Truth.True : Truth.Unknown,
            Hop = application.Hop,
            Times = result.Graph.Times,
        };
    }

    private static Edge[] EdgesOf(ProofApplication application, GraphView view)
    {
        var edges = new Edge[application.Edges.Count];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = new Edge(view, application.Edges[i]);
        }

        return edges;
    }
}
