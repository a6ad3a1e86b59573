namespace IdentityGraph.Tests.Naive;

/// <summary>
/// What one stream of one source says about one node or edge: its readings in order of observation, and the complete full
/// runs that lacked it. "A complete run closes only its own source's claim."
/// </summary>
internal sealed class NaiveClaim
{
    private readonly bool _isNode;
    private readonly List<NaiveSpan> _spans = [];
    private readonly List<NaiveLine> _lines;

    /// <param name="stream">Whose claim it is.</param>
    /// <param name="lines">Its lines in record order.</param>
    /// <param name="lacks">Starts of the full runs that read the stream to its end without stating the fact.</param>
    public NaiveClaim(NaiveStream stream, IReadOnlyList<NaiveLine> lines, IReadOnlyList<DateTimeOffset> lacks)
    {
        Stream = stream;
        _isNode = lines[0].Node is not null;
        _lines = [.. lines];

        // "Absence is ordered by startedAt", readings by when they were observed; at one instant the reading is the newer word.
        var events = lacks.Select(lack => (When: lack, Line: (NaiveLine?)null)).Concat(lines.Select(line => (When: line.At, Line: (NaiveLine?)line)));
        DateTimeOffset? lacked = null, lackedBefore = null;
        foreach (var (when, line) in events.OrderBy(step => step.When).ThenBy(step => step.Line is not null).ThenBy(step => step.Line?.IsEnd))
        {
            // A run that lacks it at the very instant it is read is no earlier run.
            lackedBefore = lacked < when ? lacked : lackedBefore;
            if (line is null)
            {
                Lack(when);
                lacked = when;
            }
            else if (line.IsEnd)
            {
                End(line, lackedBefore);
            }
            else
            {
                Present(line, lackedBefore);
            }
        }
    }

    public NaiveStream Stream { get; }

    public IEnumerable<NaiveLine> Lines => _lines;

    public IEnumerable<NaiveSpan> Spans => _spans;

    public bool? TruthAt(DateTimeOffset t) => _spans.Select(span => span.TruthAt(t)).Any();

    /// <summary>The lines that still say something at t: those of a span that has not ended, begun by t.</summary>
    public IEnumerable<NaiveLine> SpeakingAt(DateTimeOffset t) =>
        _spans.Where(span => span.SpeaksAt(t)).SelectMany(span => span.Readings).Where(line => line.Since <= t);

    private void Present(NaiveLine line, DateTimeOffset? lackedBefore)
    {
        if (line is { From: { } from, Until: { } until } && !IsWeak(line))
        {
            Interval(line, from, until, lackedBefore);
            return;
        }

        var last = _spans.LastOrDefault();

        // An end that lay in the future when the fact was read again was no end yet: the newer reading speaks.
        if (last is { EndHigh: { } end } && line.At < end)
            last.Reopen();

        if (last is { EndHigh: null })
        {
            last.Read(line);
            if (line.From is { } earlier && !line.IsObserved && last.MayBeginEarlier && earlier <= last.Begin)
                last.BeginAt(earlier, unknownBefore: _isNode ? last.UnknownFrom : null);
            else if (line.Since < last.Begin && !last.AfterAbsence)
                last.BeginAt(line.Since, unknownBefore: last.UnknownFrom);
        }
        else
        {
            _spans.Add(last is null ? First(line, lackedBefore) : Again(line, last));
        }

        if (line.Until is { } claimed)
            _spans[^1].EndAt(claimed, weak: true, _lines);
    }

    /// <summary>
    /// "Unknown start: before firstSeen Unknown, not False, unless an earlier complete run lacked it." Decision: the start lies
    /// in (that run, the reading]. Decision: a node's `from` says since when its values hold, not when it began, so before it
    /// the node is Unknown as well; an edge's `from` is where it began.
    /// </summary>
    private NaiveSpan First(NaiveLine line, DateTimeOffset? lackedBefore)
    {
        var known = line.From is not null && !line.IsObserved && !_isNode;
        var begin = _isNode && line.At < line.Since ? line.At : line.Since;
        return new NaiveSpan(line, begin, known ? null : lackedBefore?.AddTicks(1) ?? DateTimeOffset.MinValue) { MayBeginEarlier = true };
    }

    /// <summary>"What reappears after its end is Unknown from the run that lacked it until it is read again, whatever earlier `from`."</summary>
    private NaiveSpan Again(NaiveLine line, NaiveSpan ended)
    {
        var end = ended.EndHigh!.Value;
        // Decision: after a stated end a stated later beginning is believed; after an absence it is not. A node's is that of its values.
        if (!ended.EndedByAbsence && line.From >= end)
            return _isNode ? new NaiveSpan(line, line.At < line.Since ? line.At : line.Since, end) : new NaiveSpan(line, line.Since, null);
        var begin = line.From > line.At ? line.Since : line.At;
        return new NaiveSpan(line, begin, end) { AfterAbsence = ended.EndedByAbsence };
    }

    private void Lack(DateTimeOffset start)
    {
        if (_spans.LastOrDefault() is { } last && (last.EndHigh is null || last.EndHigh > start))
            last.EndByAbsence(start);
    }

    /// <summary>"`until` without `from` ends what began before it and was read no later"; "an end without a beginning: Unknown before, False after".</summary>
    private void End(NaiveLine line, DateTimeOffset? lackedBefore)
    {
        var until = line.Until!.Value;
        var last = _spans.LastOrDefault();
        if (_spans.Count == 0 || (!IsWeak(line) && _spans.All(span => span.Begin >= until)))
        {
            // What ended before all that is known of it was there before: Unknown back to the last run that lacked it.
            var nothing = new NaiveSpan(line, until, lackedBefore < until ? lackedBefore.Value.AddTicks(1) : DateTimeOffset.MinValue);
            nothing.EndAt(until, IsWeak(line), _lines);
            _spans.Insert(0, nothing);
        }
        else if (last!.Begin < until && (last.EndHigh is null || until <= last.EndHigh) && !last.Readings.Any(reading => reading.At >= until && !reading.IsEnd))
        {
            last.EndAt(until, IsWeak(line), _lines);
        }
    }

    /// <summary>"With `from` it also replaces earlier readings". Decision: those that overlap it; a separate stretch stays.</summary>
    private void Interval(NaiveLine line, DateTimeOffset from, DateTimeOffset until, DateTimeOffset? lackedBefore)
    {
        var replaced = _spans.Where(old => old.Begin < until && (old.EndHigh is null || old.EndHigh > from)).ToList();
        _spans.RemoveAll(replaced.Contains);
        var stated = First(line, lackedBefore < from ? lackedBefore : null);
        foreach (var reading in replaced.SelectMany(old => old.Readings))
            stated.Read(reading);
        stated.EndAt(until, weak: false, _lines);
        _spans.Add(stated);
    }

    private static bool IsWeak(NaiveLine line) => line.Grade < NaiveWords.SystemState;
}
