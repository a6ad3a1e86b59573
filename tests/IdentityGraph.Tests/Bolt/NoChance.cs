namespace IdentityGraph.Tests.Bolt;

/// <summary>Chance that always falls in the middle, so that waits are exactly what they are on average.</summary>
internal sealed class NoChance(double drawn = 0.5) : Random
{
    public override double NextDouble() => drawn;
}
