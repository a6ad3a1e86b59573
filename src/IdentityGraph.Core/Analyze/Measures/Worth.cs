using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Measures;

/// <summary>What the nodes of a control graph are worth to a score, judged once for each and remembered: many questions meet the same nodes.</summary>
internal sealed class Worth(ControlGraph graph)
{
    private const byte Judged = 1;
    private const byte Stated = 2;
    private const byte Jewel = 4;

    private readonly byte[] _flags = new byte[graph.View.NodeCount];
    private readonly double[] _criticality = new double[graph.View.NodeCount];
    private readonly int _firstCredential = graph.View.RangeOf(NodeKinds.Credential).Start.GetOffset(graph.View.NodeCount);
    private readonly Expiry?[] _ends = new Expiry?[graph.View.RangeOf(NodeKinds.Credential).GetOffsetAndLength(graph.View.NodeCount).Length];

    public static bool IsWeighed(NodeKind kind) => kind == NodeKinds.System || kind == NodeKinds.Resource;

    /// <summary>Of a system or resource.</summary>
    public (double Criticality, bool IsStated, bool IsCrownJewel) Of(int index)
    {
        var flags = _flags[index];
        if (flags == 0)
        {
            var node = graph.View[index];
            var (criticality, stated) = BlastRadius.CriticalityOf(node);
            _criticality[index] = criticality;
            _flags[index] = flags = (byte)(Judged | (stated ? Stated : 0) | (node[Properties.CrownJewel].Flag == Truth.True ? Jewel : 0));
        }

        return (_criticality[index], (flags & Stated) != 0, (flags & Jewel) != 0);
    }

    /// <summary>When the credential stops being usable.</summary>
    public Expiry EndOf(int credential) => _ends[credential - _firstCredential] ??= graph.Liveness.EffectiveExpiry(graph.View[credential]);
}
