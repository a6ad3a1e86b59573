using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>Whether a node is used, from its own last use and what was observed of it. Ranks; decides nothing.</summary>
/// <param name="dormantAfter">Time without use from which it is dormant.</param>
public sealed class Uses(TimeSpan dormantAfter)
{
    public Use Of(Node node) => LastUse(node, out var neverSeen) is { } last
        ? last > node.View.AsOf - dormantAfter ? Use.Used : Use.Dormant
        : neverSeen ? Use.Dormant : Use.Unknown;

    /// <summary>UTC; null where none is known. <paramref name="never"/>: a source says it was never used.</summary>
    public static DateTimeOffset? LastUse(Node node, out bool never)
    {
        var stated = node[Properties.LastUsedAt];
        never = stated is { IsNone: true, Fresh: true };
        var last = stated.Instant;
        foreach (var edge in node.In(EdgeKinds.Targets))
        {
            if (edge.Of.Kind == NodeKinds.UsageObservation && edge.Of.Get("lastAt").Instant is { } seen && (last is null || seen > last))
            {
                last = seen;
            }
        }

        return last;
    }
}
