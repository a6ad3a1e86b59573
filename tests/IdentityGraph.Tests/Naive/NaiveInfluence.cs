namespace IdentityGraph.Tests.Naive;

/// <summary>
/// "Everything whose state a lifecycle source or workflow decides, closure over TRIGGERS, CONNECTS, RUNS_AS, CAN_PROVISION, CAN_GRANT,
/// SPAWNED": whatever liveness, gates or rights say, for it is about integrity and no attack.
/// </summary>
internal static class NaiveInfluence
{
    private static readonly string[] s_kinds = ["TRIGGERS", "CONNECTS", "RUNS_AS", "CAN_PROVISION", "CAN_GRANT", "SPAWNED"];

    /// <summary>What follows the starts, without them, each with the fewest edges; certain uses edges that hold, possible those that may.</summary>
    public static IReadOnlyDictionary<string, int> Of(NaiveView view, IEnumerable<string> starts, bool possible)
    {
        var hops = starts.ToDictionary(node => node, _ => 0);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (edge, truth) in s_kinds.SelectMany(view.EdgesOf).Where(pair => hops.ContainsKey(pair.Edge.Of) && (possible || pair.Truth is true)))
            {
                var next = hops[edge.Of] + 1;
                if (!hops.TryGetValue(edge.To, out var known) || next < known)
                {
                    hops[edge.To] = next;
                    changed = true;
                }
            }
        }

        return hops.Where(pair => pair.Value > 0).ToDictionary();
    }
}
