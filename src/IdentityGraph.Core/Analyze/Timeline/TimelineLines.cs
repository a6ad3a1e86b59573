using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Timeline;

/// <summary>Lines of proofs that no search writes: what was made meanwhile.</summary>
internal static class TimelineLines
{
    /// <summary>No rule of control: it holds between two moments, not at one.</summary>
    private static readonly ControlRule s_spawned = new("spawned", "What was made by something while it was attained stays with the attacker.", Given.Start, [EdgeKinds.Spawned], "remove what was made", [], durable: true);

    /// <summary>Something attained made something; no control rule, so the line rests on its fact.</summary>
    public static ProofLine Spawned(Edge edge, int cell, int hop, FactTimes times) => new()
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
        Times = times,
    };

    /// <summary>Whether one says what the other does: the same application, at whatever moment.</summary>
    public static bool AreAlike(ProofLine one, ProofLine other) => ReferenceEquals(one, other)
        || (one.Rule == other.Rule && one.Node.Index == other.Node.Index && one.Rights == other.Rights
            && (one.Rule is null || (one.Truth == other.Truth
                && one.Edges.Select(edge => edge.Index).SequenceEqual(other.Edges.Select(edge => edge.Index))
                && one.From.Select(node => node.Index).SequenceEqual(other.From.Select(node => node.Index))
                && one.NodeFacts.Select(fact => (fact.Node.Index, fact.Property)).SequenceEqual(other.NodeFacts.Select(fact => (fact.Node.Index, fact.Property)))
                && one.Gates.SequenceEqual(other.Gates, StringComparer.Ordinal))));

    private static bool IsCertain(int cell) => (Cell)cell is Cell.CertainDirect or Cell.CertainAmplified;
}
