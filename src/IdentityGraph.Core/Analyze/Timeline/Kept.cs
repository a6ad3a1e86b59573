using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Timeline;

/// <summary>How an attacker keeps something when the way to it is closed.</summary>
internal enum Keeping : byte
{
    /// <summary>Material that can be copied out, until it is rotated or revoked.</summary>
    Material,

    /// <summary>Something they made through what they held then.</summary>
    Spawned,

    /// <summary>Use of something they made a credential of, until that is disabled.</summary>
    Issued,
}

/// <summary>Something kept since one moment.</summary>
/// <param name="Node">Dense index.</param>
/// <param name="Cells">In which cells.</param>
/// <param name="At">Since when, UTC ticks.</param>
/// <param name="Hop">Hops to it then.</param>
/// <param name="How">As what.</param>
/// <param name="Lines">How it was attained then, premises first, its own line last; empty where no proof was asked for.</param>
internal sealed record Kept(int Node, uint Cells, long At, int Hop, Keeping How, IReadOnlyList<ProofLine> Lines)
{
    /// <summary>As a start at a later moment, as far as it is still good.</summary>
    public Seed Seed(GraphView view, Liveness liveness)
    {
        var node = view[Node];
        var isMaterial = node.Kind == NodeKinds.Credential;
        return new Seed
        {
            Node = node,
            Cells = Cells,
            Hop = Hop,
            GainedAt = isMaterial ? At : null,
            Truth = isMaterial ? liveness.NotRevoked(node) : Truth.True,
        };
    }

    /// <summary>
    /// What is left of it for good: nothing once it was rotated or revoked, or, of an identity whose credential was made, disabled; only what
    /// is possible once it may have been.
    /// </summary>
    /// <returns>Itself where nothing changes; null: it is lost.</returns>
    public Kept? Left(GraphView view, Liveness liveness)
    {
        var node = view[Node];
        var good = node.Kind == NodeKinds.Credential ? liveness.RotatedSince(node, At).Not().And(liveness.NotRevoked(node))
            : How == Keeping.Issued ? liveness.Of(node)
            : Truth.True;
        var cells = Cells & CellBits.Of(good);
        return cells == 0 ? null : cells == Cells ? this : this with { Cells = cells };
    }
}

/// <summary>A system in which an attacker may have made a principal.</summary>
/// <param name="System">Dense index.</param>
/// <param name="Word">Rights × cells such a principal has on it.</param>
/// <param name="Hop">Hops to it then.</param>
/// <param name="Lines">How; empty where no proof was asked for.</param>
internal sealed record MadePrincipal(int System, uint Word, int Hop, IReadOnlyList<ProofLine> Lines)
{
    /// <summary>As starts at a later moment: what is sure, and what else is possible.</summary>
    public IEnumerable<Seed> Seeds(GraphView view)
    {
        var cells = new Cells(Word);
        var maybe = cells.PossibleAmplified & ~cells.CertainAmplified;
        if (cells.CertainAmplified != Rights.None)
        {
            yield return new Seed { Node = view[System], Rights = cells.CertainAmplified, Cells = CellBits.AmplifiedCells, Hop = Hop };
        }

        if (maybe != Rights.None)
        {
            yield return new Seed { Node = view[System], Rights = maybe, Cells = CellBits.AmplifiedCells & CellBits.PossibleCells, Hop = Hop };
        }
    }
}
