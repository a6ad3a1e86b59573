using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Timeline;

/// <summary>Lines of proofs that no search writes: what was made meanwhile.</summary>
internal static class TimelineLines
{
    /// <summary>No rule of control: it holds between two moments, not at one.</summary>
    private static readonly ControlRule s_spawned = new("spawned", "What was made by something while it was attained stays with the attacker.", Given.Start, [EdgeKinds.Spawned], "remove what was made", [], durable: true);

    /// <summary>Something attained made something; no control rule, so the line has none and rests on its fact.</summary>
    public static ProofLine Spawned(Edge edge, int cell, int hop) => new()
    {
        Rule = s_spawned,
        Node = edge.To,
        Rights = Rights.Use,
        From = [edge.Of],
        Edges = [edge],
        NodeFacts = [],
        Gates = [],
        Truth = IsCertain(cell) ? Truth.True : Truth.Unknown,
        Hop = hop,
    };

    /// <summary>A rule that makes a credential or a principal, as it was applied.</summary>
    public static ProofLine Made(ReachResult reach, int clause, ControlRule rule, int target, Rights rights, int cell, int hop)
    {
        var (view, store) = (reach.Graph.View, reach.Graph.Store);
        List<Edge> edges = [];
        List<(Node, string)> facts = [];
        foreach (var fact in store.FactsOf(clause))
        {
            if (fact.Property is { } property)
            {
                facts.Add((view[fact.Index], property));
            }
            else
            {
                edges.Add(view.EdgeAt(fact.Index));
            }
        }

        return new ProofLine
        {
            Rule = rule,
            Node = view[target],
            Rights = rights,
            From = [view[store[clause].From]],
            Edges = edges,
            NodeFacts = facts,
            Gates = store.WordsOf(clause),
            Truth = IsCertain(cell) ? Truth.True : Truth.Unknown,
            Hop = hop,
        };
    }

    private static bool IsCertain(int cell) => (Cell)cell is Cell.CertainDirect or Cell.CertainAmplified;
}
