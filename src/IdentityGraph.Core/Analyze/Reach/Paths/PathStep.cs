using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>An application that concludes a literal from one other alone: a clause, and the steps of the walk before it.</summary>
/// <param name="view">Of the graph.</param>
/// <param name="premise">What it starts from: of a walk, who walks.</param>
/// <param name="rule">Position of its rule among all.</param>
/// <param name="clauses">Of the walk in the order of its steps, then its own.</param>
/// <param name="edges">Dense indexes of their edges, each once; put in order where a tie asks for it.</param>
internal sealed class PathStep(GraphView view, PathLiteral premise, byte rule, int[] clauses, int[] edges)
{
    private bool _isSorted;

    public PathLiteral Premise => premise;

    public int[] Clauses => clauses;

    private byte Rule => rule;

    private int[] EdgesByName
    {
        get
        {
            if (!_isSorted)
            {
                ProofApplication.Sorted(view, edges);
                _isSorted = true;
            }

            return edges;
        }
    }

    /// <summary>As proofs of one length are told: rule number, premise id, edges. Of two that compare as equal the same is told.</summary>
    public static int Compare(PathStep one, PathStep other)
    {
        var order = one.Rule.CompareTo(other.Rule);
        order = order != 0 ? order : one.Rank.CompareTo(other.Rank);
        if (order != 0)
        {
            return order;
        }

        var (edges, others) = (one.EdgesByName, other.EdgesByName);
        for (var i = 0; order == 0 && i < Math.Min(edges.Length, others.Length); i++)
        {
            order = ProofApplication.CompareNames(one.View, edges[i], others[i]);
        }

        return order != 0 ? order : edges.Length.CompareTo(others.Length);
    }

    private GraphView View => view;

    private int Rank => view.Columns.IdRanks[premise.Node];
}
