namespace IdentityGraph.Graph.Columns;

/// <summary>What the spans of one edge say together.</summary>
internal static class EdgeSpans
{
    public static long Since(SnapshotColumns columns, ReadOnlySpan<Span> spans, int now, ReadOnlySpan<bool> stale)
    {
        var (since, until) = Stretch(spans, now, stale);
        return since > until ? Instants.Earliest : columns.Times[since];
    }

    public static long Until(SnapshotColumns columns, ReadOnlySpan<Span> spans, int now, ReadOnlySpan<bool> stale)
    {
        var (since, until) = Stretch(spans, now, stale);
        return since > until ? Instants.Latest : columns.Times[until];
    }

    public static IReadOnlyList<EdgeClaim> Claims(SnapshotColumns columns, ReadOnlySpan<Span> spans)
    {
        var claims = new List<EdgeClaim>();
        foreach (ref readonly var span in spans)
        {
            var stream = columns.Streams[span.Stream];
            claims.Add(new EdgeClaim
            {
                Source = stream.Source,
                Tenant = stream.Tenant,
                Stream = stream.Stream,
                From = columns.Times[span.From],
                BeginsNotBefore = columns.Times[span.UnknownFrom],
                Until = columns.Times[span.Until],
                EndsNotBefore = columns.Times[span.EndsNotBefore],
                Grade = span.Grade,
                FirstAt = columns.Times[span.FirstAt],
                LastAt = columns.Times[span.LastAt],
            });
        }

        return [.. claims.OrderBy(claim => claim.From).ThenBy(claim => claim.FirstAt).ThenBy(claim => claim.Source, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Whether what some stream claims begins at the instant (UTC ticks): surely, or somewhere in a stretch around it. What is read again
    /// while it stands begins nothing.
    /// </summary>
    public static Truth BeginsAt(SnapshotColumns columns, ReadOnlySpan<Span> spans, long instant)
    {
        var begins = Truth.False;
        foreach (ref readonly var span in spans)
        {
            if (span.CountsForPresence && span.From < span.Until && !GoesOn(spans, span))
            {
                var (notBefore, from) = (columns.Times[span.UnknownFrom], columns.Times[span.From]);
                begins = begins.Or(notBefore == from ? TruthLogic.Of(from == instant) : notBefore <= instant && instant <= from ? Truth.Unknown : Truth.False);
            }
        }

        return begins;
    }

    private static bool GoesOn(ReadOnlySpan<Span> spans, in Span later)
    {
        foreach (ref readonly var before in spans)
        {
            if (before.Stream == later.Stream && before.CountsForPresence && before.From < later.From && later.From < before.Until)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Ranks of the first beginning and the last end of the unbroken stretch around now; the first larger than the second where
    /// nothing holds now.
    /// </summary>
    private static (int Since, int Until) Stretch(ReadOnlySpan<Span> spans, int now, ReadOnlySpan<bool> stale)
    {
        var (since, until) = (int.MaxValue, -1);
        foreach (ref readonly var span in spans)
        {
            if (span.TruthAt(now, stale) != Truth.False)
            {
                since = Math.Min(since, Math.Min(span.From, now < span.From ? span.UnknownFrom : span.From));
                until = Math.Max(until, span.Until);
            }
        }

        for (var grown = since <= until; grown;)
        {
            grown = false;
            foreach (ref readonly var span in spans)
            {
                if (!span.CountsForPresence || span.Until < since || span.From > until || span.From >= span.Until)
                {
                    continue;
                }

                grown |= span.From < since || span.Until > until;
                since = Math.Min(since, span.From);
                until = Math.Max(until, span.Until);
            }
        }

        return (since, until);
    }
}
