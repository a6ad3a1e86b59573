namespace IdentityGraph.Tests.Naive;

/// <summary>Who can attain a target: principals and credentials seeded one by one, the target left out.</summary>
/// <param name="Attackers">The target's row as each of them attains it, by attacker.</param>
/// <param name="Share">Those that attain it in certain/amplified, of all principals and credentials that hold at t.</param>
internal sealed record NaiveExposure(IReadOnlyDictionary<string, NaiveReached> Attackers, double Share)
{
    /// <summary>Decision: "that hold at t" leaves out only what surely does not.</summary>
    public static NaiveExposure Of(NaiveWorld world, string target)
    {
        var candidates = world.View.NodesOf([.. NaiveWords.Principals, "Credential"]).Where(node => node != target).ToList();
        var attackers = candidates
            .Select(node => (Node: node, Row: new NaiveReach(world, [new NaiveSeed(node)]).Reached.FirstOrDefault(row => row.Id == target)))
            .Where(pair => pair.Row is not null)
            .ToDictionary(pair => pair.Node, pair => pair.Row!);
        var certain = attackers.Values.Count(row => row.CertainAmplified.Length > 0);
        return new NaiveExposure(attackers, candidates.Count == 0 ? 0 : (double)certain / candidates.Count);
    }
}
