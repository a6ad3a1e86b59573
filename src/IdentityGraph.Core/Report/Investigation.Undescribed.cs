using System.Globalization;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Looked at in one answer; where there are more, all are told of.</summary>
    private const int MostUndescribedLookedAt = 2_000;

    /// <summary>
    /// All that touches what was asked about and could not be followed: edges of kinds nobody here knows, what was only seen, and what edges
    /// name and nothing describes.
    /// </summary>
    /// <param name="view">The graph at the asked instant.</param>
    /// <param name="concerns">Whether the answer is about the node; asked once a node.</param>
    private static IEnumerable<string> NotFollowed(GraphView view, Func<Node, bool> concerns)
    {
        var known = OncePerNode(concerns);
        return [.. Unread(view, known), .. OnlySeen(view, known), .. NotDescribed(view, known)];
    }

    /// <summary>The same of an answer about everything.</summary>
    private static IEnumerable<string> NotFollowedAnywhere(GraphView view) => NotFollowed(view, static _ => true);

    /// <summary>A "no" rests on all having been read; says where it was not.</summary>
    /// <param name="view">The graph at the asked instant.</param>
    /// <param name="isNo">Whether the answer is one.</param>
    private IEnumerable<string> NotReadToTheEnd(GraphView view, bool isNo)
    {
        List<string> lacking = [.. SourcesOf(view).Where(static source => source.State is "never" or "partial" && source.Source != MarkSource).Select(static source => source.InWords)];
        return isNo && lacking.Count > 0 ? [$"not all was read, and what was not may be there: {string.Join(", ", lacking)}"] : [];
    }

    private static Func<Node, bool> OncePerNode(Func<Node, bool> concerns)
    {
        var known = new Dictionary<int, bool>();
        return node => known.TryGetValue(node.Index, out var told) ? told : known[node.Index] = concerns(node);
    }

    /// <summary>
    /// Says where what was seen, or stood in a line that was refused, touches what was asked about: it was there, nothing says what it is,
    /// and so no rule begins at it. What it leads to is missing, and may be anything.
    /// </summary>
    /// <param name="view">The graph at the asked instant.</param>
    /// <param name="concerns">Whether the answer is about the node; null: about everything.</param>
    private static IEnumerable<string> OnlySeen(GraphView view, Func<Node, bool>? concerns) =>
        Undescribed(view, concerns, static node => node.Present != Truth.False) is { Count: > 0 } seen
            ? [$"{Named(seen)} only seen, not read, and no source says what it is: no rule begins there, so what it leads to is not in the answer; see the reject report of the import, or import a source that describes it"]
            : [];

    /// <summary>Says the same of what edges name and nothing describes, where it may lead on from what was asked about: it is never live, and what lies behind it is not reached.</summary>
    private static IEnumerable<string> NotDescribed(GraphView view, Func<Node, bool> concerns) => NotDescribed(NeverDescribed.After(view, concerns));

    private static IEnumerable<string> NotDescribed(IReadOnlyList<Node> met) => met.Count == 0 ? [] :
        [$"{Named([.. met.Select(static node => node.Id)])} named by edges and described by no source: it counts as never live, so nothing is reached through it; import a source that describes it"];

    /// <summary>Says where control of something may lead to a target through what nobody described, or to a target that is so itself.</summary>
    private static IEnumerable<string> NotDescribed(GraphView view, IEnumerable<Node> targets) =>
        NotDescribed([.. targets.SelectMany(target => NeverDescribed.Before(view, target)).Distinct().OrderBy(static node => node.Id, StringComparer.Ordinal)]);

    private static List<string> Undescribed(GraphView view, Func<Node, bool>? concerns, Func<Node, bool> isMeant)
    {
        List<Node> nodes = [.. view.Of(NodeKinds.Unknown).Where(isMeant)];
        return [.. nodes.Where(node => concerns is null || nodes.Count > MostUndescribedLookedAt || Beside(node).Any(concerns)).Select(static node => node.Id).Order(StringComparer.Ordinal)];
    }

    private static string Named(List<string> ids)
    {
        var more = ids.Count > UnreadNamed ? string.Create(CultureInfo.InvariantCulture, $" and {ids.Count - UnreadNamed} more") : "";
        return $"{string.Join(", ", ids.Take(UnreadNamed).Select(static id => $"`{id}`"))}{more} {(ids.Count == 1 ? "was" : "were each")}";
    }

    /// <summary>The other ends of its edges that rules follow.</summary>
    private static List<Node> Beside(Node node)
    {
        List<Node> ends = [];
        foreach (var kind in EdgeKind.All)
        {
            if (!kind.FeedsControl)
            {
                continue;
            }

            foreach (var edge in node.Out(kind))
            {
                Add(edge, edge.To);
            }

            foreach (var edge in node.In(kind))
            {
                Add(edge, edge.Of);
            }
        }

        return ends;

        void Add(in Edge edge, in Node end)
        {
            if (edge.Holds != Truth.False)
            {
                ends.Add(end);
            }
        }
    }
}
