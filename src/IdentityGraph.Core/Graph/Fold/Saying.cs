using IdentityGraph.Collect;

namespace IdentityGraph.Graph.Fold;

/// <summary>A row of the collection: one stream's word on one property, over one or several runs that said the same.</summary>
internal struct Saying
{
    /// <summary>The row before it of the same subject; -1: none.</summary>
    public int Next;
    public int Stream;
    public int FirstRun;
    public int LastRun;
    public int From;
    public int Until;
    public int FirstAt;
    public int LastAt;
    public int Evidence;
    public int Value;
    public ushort Property;
    public EvidenceGrade Grade;
    public Precision Precision;
    public bool FromStated;

    /// <summary>Told by a delta, which restates nothing that it leaves out.</summary>
    public bool IsDelta;
}
