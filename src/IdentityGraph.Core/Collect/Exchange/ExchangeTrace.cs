namespace IdentityGraph.Collect.Exchange;

/// <summary>Tells of every line on a node or edge what it was called and what became of it.</summary>
internal sealed class ExchangeTrace(string file, ImportReport report)
{
    private string Where(long line) => $"{file}:{line}";

    public void Imported(Observation observation, long line)
    {
        switch (observation)
        {
            case Observation.SawNode node:
                Tell("node", node.Id, null, node.Kind ?? "", line, "imported", $"{node.Kind ?? "node"} {node.Id}");
                break;
            case Observation.SawEdge edge:
                Tell("edge", edge.Of, edge.To, edge.Kind, line, "imported", $"{edge.Kind} {edge.Of} -> {edge.To}");
                break;
            default:
                break;
        }
    }

    /// <param name="seen">What can still be read of it; null: nothing, and there is nothing to call it by.</param>
    /// <param name="line">Its number.</param>
    /// <param name="problem">Why it was rejected.</param>
    public void Refused(Observation.SeenUnreadable? seen, long line, string problem) =>
        Tell(seen?.EdgeKind is null ? "node" : "edge", seen?.Id ?? seen?.Of ?? "", seen?.To, seen?.EdgeKind ?? "", line, "refused", problem);

    private void Tell(string what, string start, string? end, string kind, long line, string became, string result) =>
        report.OnTrace?.Invoke(new() { What = what, Start = start, End = end, Kind = kind, Where = Where(line), Became = became, As = result });
}
