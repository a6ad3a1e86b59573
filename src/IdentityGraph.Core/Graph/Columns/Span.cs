using System.Runtime.InteropServices;

namespace IdentityGraph.Graph.Columns;

/// <summary>
/// One stretch of one stream's claim that a node or edge was there, as resolved. Times are ranks in the snapshot's instants:
/// False before <see cref="UnknownFrom"/>, Unknown up to <see cref="From"/>, True up to <see cref="EndsNotBefore"/> (Unknown
/// where the stream is stale), Unknown up to <see cref="Until"/>, False from there.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal struct Span
{
    public int UnknownFrom;
    public int From;
    public int EndsNotBefore;
    public int Until;

    /// <summary>When it was first and last observed.</summary>
    public int FirstAt;
    public int LastAt;
    public int Stream;
    public EvidenceGrade Grade;
    public SpanMarks Marks;

    public readonly bool CountsForPresence => (Marks & SpanMarks.Mention) == 0;

    /// <param name="now">Rank of the last instant at or before the moment asked for.</param>
    /// <param name="stale">By stream.</param>
    public readonly Truth TruthAt(int now, ReadOnlySpan<bool> stale) => TruthAt(now, stale[Stream]);

    /// <param name="now">The same.</param>
    /// <param name="stale">Whether its stream is.</param>
    public readonly Truth TruthAt(int now, bool stale)
    {
        if (now < UnknownFrom || now >= Until || !CountsForPresence)
        {
            return Truth.False;
        }

        return now < From || now >= EndsNotBefore || stale ? Truth.Unknown : Truth.True;
    }
}

[Flags]
internal enum SpanMarks : byte
{
    None = 0,

    /// <summary>Kept as a claim, but says nothing of presence: another source decides, or a later reading replaced it.</summary>
    Mention = 1,

    /// <summary>Seen but not readable.</summary>
    Seen = 2,

    /// <summary>Its beginning is the time of observation.</summary>
    Observed = 4,

    /// <summary>Read again after an end: what is said with it says nothing of the time before that end.</summary>
    Returned = 8,

    /// <summary>Told with its end: the readings of an interval, not those beside it.</summary>
    Interval = 16,
}
