using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Fold;

/// <summary>The plain case, which nearly every fact is: one stream stated it, never ended it, and no complete run lacked it.</summary>
internal static class SoleClaim
{
    /// <summary>Its span, times still numbers of the collector's instants; null where it is not the plain case.</summary>
    public static Span? TryOf(in Sighting row, FactCollector facts, bool isNode, bool described)
    {
        const SightingMarks Special = SightingMarks.UntilStated | SightingMarks.Seen | SightingMarks.FromIsDay | SightingMarks.FromObserved | SightingMarks.Concluded;
        if (row.Next >= 0 || row.Has(Special) || !described || facts.SeenWithoutKey.Count > 0 || !StatedInEveryProof(row, facts.Streams[row.Stream].Proofs)
            || facts.Streams[row.Stream].Held is [.., var held] && held.Run > row.LastRun)
        {
            return null;
        }

        var stated = row.Has(SightingMarks.FromStated);
        var from = isNode && facts.Times[row.FirstAt] < facts.Times[row.From] ? row.FirstAt : row.From;
        return new Span
        {
            UnknownFrom = stated && !isNode ? from : NodeTable.Earliest,
            From = from,
            EndsNotBefore = NodeTable.Latest,
            Until = NodeTable.Latest,
            FirstAt = row.FirstAt,
            LastAt = row.LastAt,
            Stream = row.Stream,
            Grade = row.Grade,
            Marks = stated ? SpanMarks.None : SpanMarks.Observed,
        };
    }

    private static bool StatedInEveryProof(in Sighting row, IReadOnlyList<(long StartedAt, int Run)> proofs) =>
        proofs.Count == 0 || (proofs[0].Run >= row.FirstRun && proofs[^1].Run <= row.LastRun);
}
