using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>What was stated of a node to begin or end, over all of valid time.</summary>
internal static class IdentityHistory
{
    public static List<HistoryEntry> Of(Node node, IEnumerable<Edge> edges) =>
    [
        .. Revisions(node).Concat(edges.SelectMany(Claims))
            .OrderBy(entry => entry.At ?? DateTimeOffset.MinValue)
            .ThenBy(entry => entry.What, StringComparer.Ordinal)
            .ThenBy(entry => entry.Source, StringComparer.Ordinal),
    ];

    /// <summary>Each value once, when it changed; what a later reading only repeats is no change.</summary>
    private static IEnumerable<HistoryEntry> Revisions(Node node)
    {
        foreach (var said in node.Statements().GroupBy(statement => (statement.Property, statement.Source, statement.Tenant)))
        {
            PropertyValue? last = null;
            foreach (var statement in said.OrderBy(statement => statement.From).ThenBy(statement => statement.At))
            {
                if (last != statement.Value)
                {
                    yield return new HistoryEntry
                    {
                        At = Instants.FromTicksOrNull(statement.From),
                        Event = "set",
                        What = statement.Property,
                        Value = JsonValues.Of(statement.Value),
                        Source = statement.Source,
                        Grade = statement.Grade.ToString(),
                        RecordedAt = Instants.FromTicksOrNull(statement.RecordedAt),
                    };
                }

                last = statement.Value;
            }
        }
    }

    private static IEnumerable<HistoryEntry> Claims(Edge edge)
    {
        foreach (var claim in edge.Claims)
        {
            yield return Entry(edge, claim, "began", claim.From);
            if (claim.Until != Instants.Latest)
            {
                yield return Entry(edge, claim, "ended", claim.Until);
            }
        }
    }

    private static HistoryEntry Entry(Edge edge, EdgeClaim claim, string what, long at) => new()
    {
        At = Instants.FromTicksOrNull(at),
        Event = what,
        What = $"{edge.Kind} {edge.Of} {edge.To}",
        Value = JsonValues.Null,
        Source = claim.Source,
        Grade = claim.Grade.ToString(),
        RecordedAt = null,
    };
}
