using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>
/// What edges name and no source describes. It is never live, so no rule goes through it; but what is missing is not known to be
/// harmless, and a "no" that rests on it alone is none.
/// </summary>
internal static class NeverDescribed
{
    // Past so many all of them are taken to matter.
    private const int Widest = 50_000;

    /// <summary>In the order of the view.</summary>
    public static IEnumerable<Node> All(GraphView view) => view.Of(NodeKinds.Unknown).Where(IsIt);

    public static bool IsIt(Node node) => node.IsPlaceholder && node.Present == Truth.False;

    /// <summary>Those that control may come to from what is attained, directly or through others of them; by id.</summary>
    /// <param name="view">The graph at the asked instant.</param>
    /// <param name="isAttained">Whether the attacker has the node; asked as often as there are facts.</param>
    public static IReadOnlyList<Node> After(GraphView view, Func<Node, bool> isAttained)
    {
        var met = All(view).Where(node => ControlFlow.Into(node).Any(isAttained)).ToHashSet();
        return InOrder(Closed(met, static node => ControlFlow.From(node).Where(IsIt), int.MaxValue));
    }

    /// <summary>What lies behind them and was described: what an attacker would have, were they what they may be.</summary>
    public static IReadOnlyList<Node> Behind(IEnumerable<Node> met) =>
        InOrder(met.SelectMany(ControlFlow.From).Where(static node => !IsIt(node)));

    /// <summary>Those by which control of something else may lead to the target, and itself if it is one; by id.</summary>
    public static IReadOnlyList<Node> Before(GraphView view, Node target)
    {
        if (!All(view).Any())
        {
            return [];
        }

        var leading = Closed([target], ControlFlow.Into, Widest);
        return InOrder((leading.Count > Widest ? All(view) : leading.Where(IsIt)).Where(static node => ControlFlow.Into(node).Any()));
    }

    private static HashSet<Node> Closed(HashSet<Node> found, Func<Node, IEnumerable<Node>> next, int widest)
    {
        var work = new Queue<Node>(found);
        while (work.TryDequeue(out var at) && found.Count <= widest)
        {
            foreach (var one in next(at).Where(found.Add))
            {
                work.Enqueue(one);
            }
        }

        return found;
    }

    private static List<Node> InOrder(IEnumerable<Node> nodes) => [.. nodes.Distinct().OrderBy(static node => node.Id, StringComparer.Ordinal)];
}
