using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class ControlGraph
{
    /// <summary>
    /// Whether a seed stands apart from what is reached: it was named, or is still held. What an exposure opened and was replaced since is
    /// reached like anything else, if it is.
    /// </summary>
    internal bool IsApart(Seed seed) => !seed.IsOpened || (WordOf(seed) & CellBits.All) != 0;

    /// <summary>What a seed has before any rule.</summary>
    internal uint WordOf(Seed seed)
    {
        var node = seed.Node;
        var kind = node.Kind;
        var truth = seed.Truth;
        if (kind == NodeKinds.Credential)
        {
            truth = seed.GainedAt is { } gained ? truth.And(Liveness.RotatedSince(node, gained).Not()) : truth;
        }
        else if (kind != NodeKinds.Person && !seed.AsIfLive)
        {
            truth = truth.And(Enters(node));
        }

        truth = IsRemoved(node) ? Truth.False : truth;
        var rights = OnlyKnowsUse(kind) ? Rights.Use
            : seed.Rights ?? RightsLogic.Of(kind == NodeKinds.System ? Level.L6 : Level.L2);
        var word = CellBits.Word(rights, CellBits.Of(truth));
        word = IsControlPlane(node) ? Whole(word) : word;
        word &= CellBits.Replicate(seed.Cells);
        return kind == NodeKinds.Credential && truth != Truth.False ? word | ((CellBits.Of(truth) & seed.Cells) << CellBits.DurableShift) : word;
    }

    /// <summary>Admin is every right on what controls identities.</summary>
    internal static uint Whole(uint word) => word | CellBits.Replicate((word >> 16) & CellBits.AllCells);
}
