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
    private readonly List<DateTimeOffset> _lacks;

    /// <param name="stream">Whose claim it is.</param>
    /// <param name="lines">Its lines in record order.</param>
    /// <param name="lacks">Starts of the full runs that read the stream to its end without stating the fact.</param>
    public NaiveClaim(NaiveStream stream, IReadOnlyList<NaiveLine> lines, IReadOnlyList<DateTimeOffset> lacks)
    {
        Stream = stream;
        _isNode = lines[0].Node is not null;
        _lines = [.. lines];

        // "Absence is ordered by startedAt", readings by when they were observed. Decision: at one instant a lack is the oldest word, then come
        // intervals, which replace "earlier readings" only, then readings, then ends.
        _lacks = [.. lacks.Order()];
        var events = lacks.Select(lack => (When: lack, Line: (NaiveLine?)null)).Concat(lines.Select(line => (When: line.At, Line: (NaiveLine?)line)));
        foreach (var (when, line) in events.OrderBy(step => step.When).ThenBy(step => step.Line is null ? 0 : step.Line.IsInterval ? 1 : step.Line.IsEnd ? 3 : 2).ThenBy(step => step.Line?.From))
        {
            if (line is null)
                Lack(when);
            else if (line.IsEnd)
                End(line);
            else if (line.IsInterval)
                Interval(line, line.Since, line.Until!.Value);
            else
                Present(line);
        }
    }

    public NaiveStream Stream { get; }

    public IEnumerable<NaiveLine> Lines => _lines;

    public IEnumerable<NaiveSpan> Spans => _spans;

    public bool? TruthAt(DateTimeOffset t) => _spans.Select(span => span.TruthAt(t)).Any();

    /// <summary>The lines that still say something at t: those of a span that has not ended, begun by t.</summary>
    public IEnumerable<NaiveLine> SpeakingAt(DateTimeOffset t) =>
        _spans.Where(span => span.SpeaksAt(t)).SelectMany(span => span.Readings).Where(line => line.Since <= t && (line.IsEnd || !(line.Until <= t)));

    /// <summary>Nobody in this stream says that it was there, only that it ended, with a word that cannot end anything.</summary>
    public bool OnlyClaimsEnd => _lines.All(line => line.IsEnd && IsWeak(line));

    private void Present(NaiveLine line)
    {
        // The stretch that ends last; of several the one that began last.
        var last = _spans.OrderBy(span => span.EndHigh ?? DateTimeOffset.MaxValue).ThenBy(span => span.Begin).LastOrDefault();

        // An end that lay in the future when the fact was read again was no end yet: the newer reading speaks, unless of what begins after it.
        if (last is { EndHigh: { } end } && line.At < end && (_isNode || line.IsObserved || !(line.From >= end)))
            last.Reopen();

        if (last is { EndHigh: null })
        {
            last.Read(line);
            LearnBeginning(last, line);
        }
        else
        {
            _spans.Add(last = last is null ? First(line) : Again(line, last));
        }
    }

    /// <summary>
    /// A later reading may state since when it has been there. Decision: never before the end it came back from, and not after an absence.
    /// Decision: a node is there when it is read, for its `from` is that of its values; an edge read before the beginning that was stated of it
    /// has an unknown one.
    /// </summary>
    private void LearnBeginning(NaiveSpan span, NaiveLine line)
    {
        var from = line.IsObserved ? null : line.From;
        if (span.AfterAbsence || from < span.CameBackFrom)
            return;
        if (_isNode)
        {
            var there = from < line.At ? from.Value : line.At;
            if (there < span.Begin)
                span.BeginAt(there, span.UnknownFrom);
        }
        else if (from <= span.Begin)
        {
            span.BeginAt(from.Value, unknownBefore: null);
        }
        else if (from is null && line.At < span.Begin)
        {
            if (line.At < span.CameBackFrom)
                span.NeverWent();
            var unknownFrom = LackedBefore(line.At) is var lacked && span.CameBackFrom > lacked ? span.CameBackFrom.Value : lacked;
            span.BeginAt(line.At, span.UnknownFrom < unknownFrom ? span.UnknownFrom : unknownFrom);
        }
    }

    /// <summary>
    /// "Unknown start: before firstSeen Unknown, not False, unless an earlier complete run lacked it." Decision: the start lies
    /// in (that run, the reading]. Decision: a node's `from` says since when its values hold, not when it began, so before it
    /// the node is Unknown as well; an edge's `from` is where it began.
    /// </summary>
    private NaiveSpan First(NaiveLine line)
    {
        var known = line.From is not null && !line.IsObserved && !_isNode;
        var begin = _isNode && line.At < line.Since ? line.At : line.Since;
        return new NaiveSpan(line, begin, known ? null : LackedBefore(line.At));
    }

    /// <summary>The moment after the last complete run before the instant that lacked it: a run of that very instant is no earlier one.</summary>
    private DateTimeOffset LackedBefore(DateTimeOffset instant) => _lacks.LastOrDefault(lack => lack < instant) is var lack && lack != default ? lack.AddTicks(1) : DateTimeOffset.MinValue;

    /// <summary>"What reappears after its end is Unknown from the run that lacked it until it is read again, whatever earlier `from`."</summary>
    private NaiveSpan Again(NaiveLine line, NaiveSpan ended)
    {
        var end = ended.EndHigh!.Value;
        // Decision: after a stated end a stated later beginning is believed; after an absence it is not. A node's is that of its values.
        if (!ended.EndedByAbsence && line.From >= end && !line.IsObserved)
            return new NaiveSpan(line, _isNode && line.At < line.Since ? line.At : line.Since, _isNode ? end : null) { CameBackFrom = end };
        var begin = !_isNode && line.From > line.At ? line.Since : line.At;
        return new NaiveSpan(line, begin, end) { AfterAbsence = ended.EndedByAbsence, CameBackFrom = end };
    }

    private void Lack(DateTimeOffset start)
    {
        foreach (var span in _spans.Where(span => span.EndHigh is null || span.EndHigh > start))
            span.EndByAbsence(start);
    }

    /// <summary>"`until` without `from` ends what began before it and was read no later"; "an end without a beginning: Unknown before, False after".</summary>
    private void End(NaiveLine line)
    {
        var until = line.Until!.Value;
        var begun = _spans.Where(span => !span.IsOnlyEnd && span.Begin < until).ToList();
        var unknownFrom = LackedBefore(line.At < until ? line.At : until);
        if (IsWeak(line))
        {
            if (OnlyClaimsEnd)
                _spans.Add(new NaiveSpan(line, DateTimeOffset.MaxValue, unknownFrom));
            return;
        }

        if (begun.Count == 0)
        {
            // What ended before all that is known of it was there before: Unknown back to the last run that lacked it before that was told.
            var nothing = new NaiveSpan(line, until, unknownFrom) { IsOnlyEnd = true };
            nothing.EndAt(until);
            _spans.Insert(0, nothing);
        }

        foreach (var span in begun.Where(span => (span.EndHigh is null || until <= span.EndHigh) && !span.Readings.Any(reading => reading.At >= until && !reading.IsEnd)))
            span.EndAt(until);
    }

    /// <summary>"With `from` it also replaces earlier readings". Decision: those that overlap it; a separate stretch stays.</summary>
    private void Interval(NaiveLine line, DateTimeOffset from, DateTimeOffset until)
    {
        var replaced = _spans
            .Where(old => old.IsOnlyEnd ? old.EndHigh > from : old.Begin < until && (old.EndHigh is null || old.EndHigh > from) && old.Readings.All(reading => reading.At < line.At))
            .ToList();
        _spans.RemoveAll(replaced.Contains);
        var begin = _isNode && line.At < from ? line.At : from;
        var before = _spans.Where(old => old.EndHigh <= begin).Max(old => old.EndHigh);
        var lacked = LackedBefore(begin);
        var stated = new NaiveSpan(line, begin, !_isNode && !line.IsObserved ? null : before > lacked ? before : lacked) { CameBackFrom = before };
        foreach (var reading in replaced.SelectMany(old => old.Readings))
            stated.Read(reading);
        stated.EndAt(until);
        _spans.Add(stated);
    }

    private static bool IsWeak(NaiveLine line) => line.Grade < NaiveWords.SystemState;
}
