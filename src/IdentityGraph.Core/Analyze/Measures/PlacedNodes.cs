using System.Collections;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Measures;

/// <summary>Nodes of a search by their places in it: none is written down.</summary>
internal sealed class PlacedNodes(ReachResult reach, int[] places) : IReadOnlyList<Node>
{
    public int Count => places.Length;

    public Node this[int index] => reach.Graph.View[reach.IndexAt(places[index])];

    public IEnumerator<Node> GetEnumerator()
    {
        for (var number = 0; number < places.Length; number++)
        {
            yield return this[number];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
