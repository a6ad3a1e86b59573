using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Why a right on a node is attained: rule applications, premises first, none of which can be left out.</summary>
/// <param name="Goal">The node.</param>
/// <param name="Right">The right.</param>
/// <param name="Cell">In which cell.</param>
/// <param name="Steps">The applications.</param>
public sealed record Proof(Node Goal, Rights Right, Cell Cell, IReadOnlyList<ProofLine> Steps);

/// <summary>One application of a rule.</summary>
public sealed record ProofLine
{
    /// <summary>Null for a seed.</summary>
    public required ControlRule? Rule { get; init; }

    public required Node Node { get; init; }

    /// <summary>What it gives on the node in the proof's cell.</summary>
    public required Rights Rights { get; init; }

    /// <summary>Attained premises, by id; earlier lines conclude them.</summary>
    public required IReadOnlyList<Node> From { get; init; }

    public required IReadOnlyList<Edge> Edges { get; init; }

    /// <summary>Properties of nodes it rests on.</summary>
    public required IReadOnlyList<(Node Node, string Property)> NodeFacts { get; init; }

    /// <summary>Gates that had to be satisfied.</summary>
    public required IReadOnlyList<string> Gates { get; init; }

    /// <summary>True, or Unknown where a premise is.</summary>
    public required Truth Truth { get; init; }

    public required int Hop { get; init; }

    /// <summary>
    /// Since when all its facts hold, UTC ticks: asked as of any instant from then on, each holds as it does now.
    /// <see cref="Instants.Earliest"/>: as long as anything is known.
    /// </summary>
    public long Since
    {
        get
        {
            var since = Instants.Earliest;
            foreach (var edge in Edges)
            {
                since = Math.Max(since, Times?.Since(edge) ?? edge.Since);
            }

            if (Times is { } times)
            {
                foreach (var (node, property) in NodeFacts)
                {
                    since = Math.Max(since, times.Since(node, property));
                }
            }

            return since;
        }
    }

    /// <summary>Null: only how its edges are stated counts.</summary>
    internal FactTimes? Times { get; init; }
}
