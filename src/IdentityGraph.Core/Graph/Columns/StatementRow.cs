using System.Runtime.InteropServices;
using IdentityGraph.Collect;

namespace IdentityGraph.Graph.Columns;

/// <summary>One stream's statement of one property of a node or edge. Times are ranks in the snapshot's instants.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal struct StatementRow
{
    public int From;
    public int Until;
    public int FirstAt;
    public int LastAt;

    /// <summary>Number of the value.</summary>
    public int Value;
    public int Stream;

    /// <summary>First run that said it.</summary>
    public int Run;
    public ushort Property;
    public EvidenceGrade Grade;
    public Precision Precision;

    /// <summary>Without a stated beginning each reading begins anew: the latest beginning is the latest reading.</summary>
    public readonly bool IsObserved => Precision == Precision.Observed;
}
