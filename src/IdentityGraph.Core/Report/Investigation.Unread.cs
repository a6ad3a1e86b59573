using System.Globalization;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private const int UnreadNamed = 5;
    private const int MostUnreadShown = 1_000;

    /// <summary>
    /// Says where edges of kinds nobody here knows touch what was asked about: no rule follows them, so what they lead to is missing.
    /// </summary>
    /// <param name="view">The graph at the asked instant.</param>
    /// <param name="concerns">Whether the answer is about the node.</param>
    private static IEnumerable<string> Unread(GraphView view, Func<Node, bool> concerns)
    {
        var found = new HashSet<UnreadEdge>();
        foreach (var node in view.WithUnreadEdges().Where(concerns))
        {
            found.UnionWith(view.UnreadEdges(node).Where(edge => edge.Holds != Truth.False));
        }

        if (found.Count > 0)
        {
            var named = found.Select(edge => $"{edge.Kind} of `{edge.Of.Id}` to `{edge.To.Id}`").Order(StringComparer.Ordinal).Take(UnreadNamed);
            var more = found.Count > UnreadNamed ? string.Create(CultureInfo.InvariantCulture, $" and {found.Count - UnreadNamed} more") : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{found.Count} edge(s) of kinds that are not known touch what this is about and were not followed; what they lead to is not in the answer: {string.Join(", ", named)}{more}");
        }
    }

    /// <summary>Those of the nodes, each once, in the order of the view; cut past a thousand, where <paramref name="total"/> says how many there are.</summary>
    private static List<UnreadEdgeAnswer> UnreadOf(GraphView view, IEnumerable<Node> nodes, out int total)
    {
        var edges = nodes.SelectMany(view.UnreadEdges).Distinct().ToList();
        total = edges.Count;
        return [.. edges.Take(MostUnreadShown).Select(edge => new UnreadEdgeAnswer { Kind = edge.Kind, Of = edge.Of.Id, To = edge.To.Id, Key = edge.Key, Truth = edge.Holds.ToString() })];
    }

    private static string? UnreadCut(int total) =>
        total > MostUnreadShown ? string.Create(CultureInfo.InvariantCulture, $"edges of kinds that are not known: the first {MostUnreadShown} of {total}") : null;
}
