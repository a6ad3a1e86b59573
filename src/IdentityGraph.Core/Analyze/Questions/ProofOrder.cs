using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>
/// Which of two proofs comes first: fewer hops, then by the last application, and the ones before it in turn, the smaller rule number,
/// the premise ids, the edges, all ordinal.
/// </summary>
internal sealed class ProofOrder : IComparer<FoundProof>
{
    public static readonly ProofOrder Instance = new();

    public int Compare(FoundProof? x, FoundProof? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var order = x.Hops.CompareTo(y.Hops);
        for (var back = 1; order == 0 && back <= Math.Min(x.Proof.Steps.Count, y.Proof.Steps.Count); back++)
        {
            order = Compare(x.Proof.Steps[^back], y.Proof.Steps[^back]);
        }

        return order != 0 ? order : x.Proof.Steps.Count.CompareTo(y.Proof.Steps.Count);
    }

    private static int Compare(ProofLine left, ProofLine right)
    {
        var order = (left.Rule?.Number ?? 0).CompareTo(right.Rule?.Number ?? 0);
        order = order != 0 ? order : Compare(left.From.Select(node => node.Id), right.From.Select(node => node.Id));
        order = order != 0 ? order : Compare(Names(left), Names(right));
        return order != 0 ? order : string.CompareOrdinal(left.Node.Id, right.Node.Id);
    }

    private static IEnumerable<string> Names(ProofLine line) => line.Edges.Select(Name).Order(StringComparer.Ordinal);

    private static string Name(Edge edge) => string.Join('\n', edge.Kind.Name, edge.Of.Id, edge.To.Id, edge.Key);

    private static int Compare(IEnumerable<string> left, IEnumerable<string> right)
    {
        using var other = right.GetEnumerator();
        foreach (var one in left)
        {
            if (!other.MoveNext())
            {
                return 1;
            }

            var order = string.CompareOrdinal(one, other.Current);
            if (order != 0)
            {
                return order;
            }
        }

        return other.MoveNext() ? -1 : 0;
    }
}
