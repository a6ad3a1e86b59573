namespace IdentityGraph.Tests.Naive;

/// <summary>One stretch of time in which a claim holds, with the bounds inside which its beginning and end are Unknown.</summary>
internal sealed class NaiveSpan(NaiveLine first, DateTimeOffset begin, DateTimeOffset? unknownFrom)
{
    public List<NaiveLine> Readings { get; } = [first];

    /// <summary>True from here on.</summary>
    public DateTimeOffset Begin { get; private set; } = begin;

    /// <summary>Unknown from here to <see cref="Begin"/>; null: False before it.</summary>
    public DateTimeOffset? UnknownFrom { get; private set; } = unknownFrom;

    /// <summary>The end that it came back from; null: it is the first stretch.</summary>
    public DateTimeOffset? CameBackFrom { get; set; }

    /// <summary>Known by nothing but its end.</summary>
    public bool IsOnlyEnd
    {
        get => field && Readings.All(line => line.IsEnd);
        init;
    }

    /// <summary>It came back after a complete run lacked it: "Unknown … until it is read again, whatever earlier `from`", of any later reading too.</summary>
    public bool AfterAbsence { get; init; }

    /// <summary>Unknown from here to <see cref="EndHigh"/>, after which False; null: open.</summary>
    public DateTimeOffset? EndLow { get; private set; }

    public DateTimeOffset? EndHigh { get; private set; }

    public bool EndedByAbsence { get; private set; }

    public void Read(NaiveLine line) => Readings.Add(line);

    public void BeginAt(DateTimeOffset begins, DateTimeOffset? unknownBefore) => (Begin, UnknownFrom) = (begins, unknownBefore);

    /// <summary>It was read before the end that it was to come back from.</summary>
    public void NeverWent() => CameBackFrom = null;

    public void Reopen() => (EndLow, EndHigh, EndedByAbsence) = (null, null, false);

    /// <summary>"An end concluded from absence lies somewhere in [lastSeen, start of the run that missed it)."</summary>
    public void EndByAbsence(DateTimeOffset missedAt)
    {
        var lastSeen = Readings.Where(line => !line.IsEnd).Select(line => line.At).DefaultIfEmpty(Begin).Max();
        (EndLow, EndHigh, EndedByAbsence) = (lastSeen < missedAt ? lastSeen : missedAt, missedAt, true);
    }

    public void EndAt(DateTimeOffset until) => (EndLow, EndHigh, EndedByAbsence) = (until, until, false);

    public bool? TruthAt(DateTimeOffset t)
    {
        if (t >= EndHigh)
            return false;
        if (t < Begin)
            return UnknownFrom <= t ? null : false;
        return t >= EndLow ? null : true;
    }

    /// <summary>Whether what its lines say of properties counts at t: "old properties are not carried over".</summary>
    public bool SpeaksAt(DateTimeOffset t) => (EndHigh is null || t < EndHigh) && (CameBackFrom is null || t >= (UnknownFrom ?? Begin));
}
