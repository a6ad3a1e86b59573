namespace IdentityGraph.Tests.Naive;

/// <summary>The blast radius of a set of seeds, as far as its numbers need no chosen proof.</summary>
/// <param name="Reached">By id.</param>
/// <param name="Durable">By id.</param>
/// <param name="Raw">Σ criticality·w(level), certain amplified.</param>
/// <param name="DirectRaw">The same, certain direct.</param>
/// <param name="Share">Raw by the criticality of all that there is, 0 to 1.</param>
/// <param name="Amplification">Raw by the larger of direct raw and 1.</param>
/// <param name="CrownJewels">Attained crown jewels, by id.</param>
/// <param name="UnknownCriticality">Attained nodes counted as 3 because nobody stated their criticality, by id.</param>
/// <param name="Tenants">Distinct crossings from one tenant to another over the proofs of what is reached.</param>
/// <param name="Environments">The same of environments.</param>
internal sealed record NaiveBlastRadius(
    IReadOnlyList<NaiveReached> Reached,
    IReadOnlyList<string> Durable,
    double Raw,
    double DirectRaw,
    double Share,
    double Amplification,
    IReadOnlyList<string> CrownJewels,
    IReadOnlyList<string> UnknownCriticality,
    int Tenants,
    int Environments)
{
    private static readonly double[] Weights = [0, .1, .3, .6, .8, 1, 1];

    /// <summary>
    /// "raw = Σ_v criticality(v)·w(level) over System/Resource nodes, certain amplified; share = raw / Σ criticality." Decision: v
    /// ranges over every attained System and Resource, seeds too, for the score is monotone in seeds; the whole is all that hold
    /// or may hold at t.
    /// </summary>
    public static NaiveBlastRadius Of(NaiveWorld world, NaiveReach reach)
    {
        var holders = world.View.NodesOf(NaiveWords.Holders).ToList();
        var hit = holders.Where(node => reach.CertainAmplified.Rights(node).Length > 0).ToList();
        var raw = Sum(reach.CertainAmplified);
        var direct = Sum(reach.CertainDirect);
        var whole = holders.Sum(Criticality);
        return new NaiveBlastRadius(
            reach.Reached,
            reach.Durable,
            raw,
            direct,
            whole == 0 ? 0 : raw / whole,
            raw / Math.Max(direct, 1),
            [.. hit.Where(node => world.View.Of(node, "crownJewel").Flag is true)],
            [.. hit.Where(node => world.View.Of(node, "criticality").Number is null)],
            Crossings(reach, node => world.TenantsOf(node).Where(tenant => tenant.Truth is true).Select(tenant => tenant.Tenant)),
            Crossings(reach, node => world.SystemsOf(node).Select(system => world.View.Of(system, "env").Text).OfType<string>()));

        double Sum(NaiveFixpoint cell) => holders.Sum(node => Criticality(node) * Weights[NaiveRights.LevelOf(cell.Rights(node))]);

        // "Unknown criticality = 3, flagged."
        double Criticality(string node) => world.View.Of(node, "criticality").Number ?? 3;
    }

    /// <summary>
    /// "Boundaries crossed = distinct (from,to) pairs … over the steps of the proofs listed (env and tenant of a node = its System's;
    /// none: no crossing)." Decision: a step goes from each attained premise to its conclusion.
    /// </summary>
    private static int Crossings(NaiveReach reach, Func<string, IEnumerable<string>> sideOf) => reach.Proofs
        .SelectMany(step => sideOf(step.From), (step, from) => (From: from, step.To))
        .SelectMany(step => sideOf(step.To), (step, to) => (step.From, To: to))
        .Where(pair => pair.From != pair.To)
        .Distinct()
        .Count();
}
