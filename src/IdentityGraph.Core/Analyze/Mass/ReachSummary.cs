using IdentityGraph.Analyze.Reach;

namespace IdentityGraph.Analyze.Mass;

/// <summary>How far one start reaches, in numbers: what a blast radius of it alone would count.</summary>
public sealed class ReachSummary
{
    private int[] _nodes = new int[4];
    private Int128 _raw;
    private Int128 _directRaw;
    private Int128 _possibleRaw;

    /// <summary>Sum over systems and resources of criticality × weight of the certain level, with amplification.</summary>
    public double Raw => (double)_raw / Sums.Fraction;

    /// <summary>The same without amplification.</summary>
    public double DirectRaw => (double)_directRaw / Sums.Fraction;

    /// <summary>Raw of the possible level, with amplification: the most it may be.</summary>
    public double PossibleRaw => (double)_possibleRaw / Sums.Fraction;

    /// <summary>Raw as part of the criticality of all systems and resources; 0 to 1.</summary>
    public double Share { get; internal set; }

    /// <summary>How much the making of new access multiplies it.</summary>
    public double Amplification => Raw / Math.Max(DirectRaw, 1);

    /// <summary>How many crown jewels are certainly attained.</summary>
    public int CrownJewels { get; private set; }

    /// <summary>How many crown jewels are attained, certainly or possibly.</summary>
    public int PossibleCrownJewels { get; private set; }

    /// <summary>Counted systems and resources whose criticality nobody stated.</summary>
    public int WithoutCriticality { get; private set; }

    /// <summary>Nodes counted that are attained in the cell, its own apart.</summary>
    public int NodesIn(Cell cell) => _nodes[(int)cell];

    internal ReachSummary Copy()
    {
        var copy = (ReachSummary)MemberwiseClone();
        copy._nodes = [.. _nodes];
        return copy;
    }

    internal void Add(Cell cell, in Sums sums)
    {
        _nodes[(int)cell] += (int)sums.Nodes;
        if (cell == Cell.CertainAmplified)
        {
            _raw += sums.Score;
            CrownJewels += (int)sums.CrownJewels;
        }
        else if (cell == Cell.CertainDirect)
        {
            _directRaw += sums.Score;
        }
        else if (cell == Cell.PossibleAmplified)
        {
            WithoutCriticality += (int)sums.Unstated;
            PossibleCrownJewels += (int)sums.CrownJewels;
            _possibleRaw += sums.Score;
        }
    }
}
