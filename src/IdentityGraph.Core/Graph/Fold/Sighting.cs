namespace IdentityGraph.Graph.Fold;

/// <summary>
/// A row of the collection: one stream's word that a node or edge was there (or ended), over one or several runs that said the
/// same. Times are numbers of the collector's instants.
/// </summary>
internal struct Sighting
{
    /// <summary>The row before it of the same subject; -1: none.</summary>
    public int Next;
    public int Stream;

    /// <summary>First and last run that said so, numbered in the order of their starts.</summary>
    public int FirstRun;
    public int LastRun;

    /// <summary>As stated, else its first observation.</summary>
    public int From;

    /// <summary>As stated in its last reading, else the earliest instant of all: of a node, since when its values hold.</summary>
    public int LastFrom;

    /// <summary>As stated, else open.</summary>
    public int Until;
    public int FirstAt;
    public int LastAt;

    /// <summary>Number of its list of evidence; -1: none.</summary>
    public int Evidence;
    public EvidenceGrade Grade;
    public SightingMarks Marks;

    public readonly bool Has(SightingMarks marks) => (Marks & marks) != 0;

    /// <summary>An end without a beginning: a removal, not a reading.</summary>
    public readonly bool IsBareEnd => (Marks & (SightingMarks.FromStated | SightingMarks.UntilStated)) == SightingMarks.UntilStated;
}

[Flags]
internal enum SightingMarks : ushort
{
    None = 0,
    FromStated = 1,
    UntilStated = 2,

    /// <summary>Seen but not readable.</summary>
    Seen = 4,

    /// <summary>States the `state` of a node, read from the system itself.</summary>
    ReadsState = 8,

    /// <summary>`from` is a day: it began somewhere in it.</summary>
    FromIsDay = 16,

    /// <summary>Nobody stated it: it was concluded for exactly its stretch, and ends with it.</summary>
    Concluded = 32,

    /// <summary>A what-if says so: its end ends what any source states.</summary>
    WhatIf = 64,

    /// <summary>Told by a delta, which restates nothing that it leaves out.</summary>
    Delta = 128,

    /// <summary>`from` is when it was observed; it may have begun before.</summary>
    FromObserved = 256,
}
