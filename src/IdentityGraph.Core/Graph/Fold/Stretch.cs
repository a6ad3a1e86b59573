namespace IdentityGraph.Graph.Fold;

/// <summary>A time in which a source had a node or edge for there, in UTC ticks: Unknown from <see cref="UnknownFrom"/>, True from <see cref="Begin"/>.</summary>
internal sealed class Stretch
{
    /// <summary>Which of its source's streams state it, and which of them have lacked it since.</summary>
    private readonly List<(int Stream, long Missed)> _streams = [];
    private Stretch? _replacedBy;

    public required long Begin { get; set; }

    public required long UnknownFrom { get; set; }

    /// <summary>Unknown from here up to <see cref="EndHigh"/>, then False.</summary>
    public long EndLow { get; private set; } = Instants.Latest;

    /// <summary>The latest instant of all: it stands.</summary>
    public long EndHigh { get; private set; } = Instants.Latest;

    /// <summary>No complete run showed it any more; else a word ended it, which is exact.</summary>
    public bool EndedByAbsence { get; private set; }

    /// <summary>The end that it came back from: no beginning before it is believed. The earliest instant of all: it is the first.</summary>
    public long Returned { get; set; } = Instants.Earliest;

    /// <summary>It came back after runs had lacked it: no beginning but the reading itself is believed.</summary>
    public bool AfterAbsence { get; init; }

    /// <summary>Known by nothing but its end; read since, it is like any other.</summary>
    public bool IsOnlyEnd
    {
        get => field && !WasRead;
        init;
    }

    public long FirstRead { get; private set; } = Instants.Latest;

    public long LastRead { get; private set; } = Instants.Earliest;

    /// <summary>Itself, or the interval, told later, that took its place.</summary>
    public Stretch Standing => _replacedBy?.Standing ?? this;

    public bool WasRead => LastRead != Instants.Earliest;

    public bool IsOpen => EndHigh == Instants.Latest;

    public void Read(int stream, long at)
    {
        (FirstRead, LastRead) = (Math.Min(FirstRead, at), Math.Max(LastRead, at));
        _streams.RemoveAll(known => known.Stream == stream);
        _streams.Add((stream, Instants.Latest));
    }

    /// <summary>What was read of the other one was read of this one.</summary>
    public void TakePlaceOf(Stretch other)
    {
        other._replacedBy = this;
        (FirstRead, LastRead) = (Math.Min(FirstRead, other.FirstRead), Math.Max(LastRead, other.LastRead));
    }

    /// <summary>The stream says when it ends, and no more.</summary>
    public void EndAt(long instant, int stream)
    {
        EndAt(instant);
        _streams.Add((stream, Instants.Latest));
    }

    public void EndAt(long instant)
    {
        if (instant <= EndHigh)
        {
            (EndLow, EndHigh, EndedByAbsence) = (instant, instant, false);
        }
    }

    /// <summary>It was read again before the end that had been told of it: that was none.</summary>
    public void Reopen() => (EndLow, EndHigh, EndedByAbsence) = (Instants.Latest, Instants.Latest, false);

    /// <summary>A complete run of the stream lacks it; it is over when the last of its streams does.</summary>
    public void Lack(int stream, long start)
    {
        var known = _streams.FindIndex(one => one.Stream == stream && one.Missed == Instants.Latest);
        if (known < 0 || start >= EndHigh)
        {
            return;
        }

        _streams[known] = (stream, start);
        if (_streams.TrueForAll(one => one.Missed != Instants.Latest))
        {
            (EndLow, EndHigh, EndedByAbsence) = (Math.Min(LastRead, start), start, true);
        }
    }

    /// <summary>When the stream ceased to state it: its own lack, or the end.</summary>
    public long EndOf(int stream)
    {
        foreach (var (one, missed) in _streams)
        {
            if (one == stream)
            {
                return Math.Min(missed, EndHigh);
            }
        }

        return EndHigh;
    }
}
