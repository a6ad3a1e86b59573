using System.Collections;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>The nodes of a blast radius, by id, each put into words as it is read: few readers of a large answer read all of it.</summary>
/// <param name="radius">What is told.</param>
/// <param name="proved">Of how many, from the first on, a proof is told beside them.</param>
internal sealed class ToldReach(BlastRadius radius, int proved) : IReadOnlyList<ReachedNode>
{
    public int Count => radius.Nodes.Count;

    public ReachedNode this[int index] => Of(radius, index, index < proved ? LateProofs.KeyOf(index) : null);

    public static ReachedNode Of(BlastRadius radius, int number, string? proof)
    {
        var node = radius.Nodes[number];
        var (cells, hops, durable) = radius.At(number);
        var certain = cells.CertainAmplified;
        return new ReachedNode
        {
            Id = node.Id,
            Kind = node.Kind.Name,
            Name = node.Name,
            Certain = SpeltRights.Cell(cells.CertainDirect, certain),
            Possible = SpeltRights.Cell(cells.PossibleDirect, cells.PossibleAmplified),
            Level = SpeltRights.Level(certain, cells.PossibleAmplified),
            Hops = hops,
            Durable = durable,
            Proof = proof,
        };
    }

    public IEnumerator<ReachedNode> GetEnumerator()
    {
        for (var number = 0; number < Count; number++)
        {
            yield return this[number];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
