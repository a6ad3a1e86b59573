namespace IdentityGraph.Tests.Naive;

/// <summary>
/// "Everything whose state a lifecycle source or workflow decides, closure over TRIGGERS, CONNECTS, RUNS_AS, CAN_PROVISION, CAN_GRANT,
/// SPAWNED": whatever liveness, gates or rights say, for it is about integrity and no attack. Decision: a connector decides what it writes to,
/// its target side.
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
            foreach (var (edge, truth) in s_kinds.SelectMany(view.EdgesOf).Where(pair => hops.ContainsKey(pair.Edge.Of) && Holds(pair.Truth & Decides(view, pair.Edge))))
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

        bool Holds(bool? truth) => possible ? truth is not false : truth is true;
    }

    private static bool? Decides(NaiveView view, NaiveEdge edge) => edge.Kind != "CONNECTS" ? true : view.Of(edge, "side").Text switch { "target" => true, "source" => false, _ => null };
}
