using IdentityGraph.Graph;

namespace IdentityGraph.Analyze;

/// <summary>Which kinds of facts were read to their end, recently enough: only then does their absence mean anything.</summary>
public sealed class Coverage(GraphView view)
{
    /// <summary>Why a kind cannot be relied on, in words; null: it can.</summary>
    /// <param name="kind">Name of a node or edge kind.</param>
    public string? Gap(string kind)
    {
        var stating = view.Snapshot.Streams.Where(stream => stream.States.Contains(kind) || IsNamedFor(stream, kind)).ToList();
        var complete = stating.Where(stream => stream.IsReadWhole).ToList();
        return complete.Exists(view.IsFresh) ? null
            : complete.Count > 0 ? $"no stream that states {kind} was read recently enough; collect {Names(complete)} again, or ask with an earlier --as-of"
            : stating.Count > 0 ? $"no stream that states {kind} was read to its end; {Names(stating)} broke off or proves no end"
            : $"no source that states {kind} was read";
    }

    private static bool IsNamedFor(StreamCoverage stream, string kind) => stream.Stream == kind || (kind == EdgeKinds.OwnedBy.Name && stream.Stream == "owners");

    private static string Names(List<StreamCoverage> streams) =>
        string.Join(", ", streams.Select(stream => $"`{stream.Source}` {stream.Stream}").Distinct().Order(StringComparer.Ordinal).Take(5));
}
