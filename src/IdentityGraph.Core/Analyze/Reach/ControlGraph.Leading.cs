using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class ControlGraph
{
    private Backwards? _backwards;

    /// <summary>
    /// By dense index, which nodes may lead to the targets, by the clauses written so far: ask after a search from everything that
    /// matters. More than do lead there, never fewer: what a search within them attains of a target is what it attains of it at all.
    /// </summary>
    internal bool[] LeadingTo(params IEnumerable<Node> targets)
    {
        lock (Gate)
        {
            if (_backwards?.Clauses != _store.Count)
            {
                _backwards = Backwards.Of(_store, View.NodeCount);
            }

            return _backwards.LeadingTo(targets.Select(target => target.Index));
        }
    }
}
