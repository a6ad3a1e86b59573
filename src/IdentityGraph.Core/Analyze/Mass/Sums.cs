using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>What some attained literals add up to; whole numbers, so that it does not depend on the order they come in.</summary>
/// <param name="Nodes">How many nodes.</param>
/// <param name="Score">Of their score, in units of one <see cref="Fraction"/>th.</param>
/// <param name="CrownJewels">How many crown jewels.</param>
/// <param name="Unstated">How many systems and resources whose criticality nobody stated.</param>
internal readonly record struct Sums(long Nodes, Int128 Score, long CrownJewels, long Unstated)
{
    public const double Fraction = 1e12;

    /// <summary>What one literal of a class adds.</summary>
    public static Sums Of(in Tally tally) => new(tally.Nodes, (Int128)Math.Round(tally.Score * Fraction), tally.CrownJewels, tally.Unstated);

    public Sums Plus(in Sums other, long times) =>
        new(Nodes + (other.Nodes * times), Score + (other.Score * times), CrownJewels + (other.CrownJewels * times), Unstated + (other.Unstated * times));
}
