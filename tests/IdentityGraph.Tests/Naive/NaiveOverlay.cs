using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.Naive;

/// <summary>What if: what an overlay says holds whatever any source says, what it removes is dead or was never stated.</summary>
internal sealed class NaiveOverlay
{
    private readonly List<NaiveLine> _lines;

    /// <param name="lines">Node and edge lines of the exchange format, and <c>remove</c> lines.</param>
    public NaiveOverlay(IReadOnlyList<JsonObject> lines)
    {
        var header = new JsonObject { ["idgraph"] = 1, ["source"] = "what-if", ["startedAt"] = "0001-01-01T00:00:00Z", ["recordedAt"] = "0001-01-01T00:00:00Z" };
        _lines = new NaiveRun([header, .. lines.Where(line => line["remove"] is null)]).Lines;
        Dead = lines.Select(line => line["remove"]).OfType<JsonValue>().Select(id => id.ToString()).ToHashSet();
        Gone = lines.Select(line => line["remove"]).OfType<JsonObject>().Select(edge => (edge["edge"]!.ToString(), edge["of"]!.ToString(), edge["to"]!.ToString(), edge["key"]?.ToString())).ToList();
    }

    public static NaiveOverlay None { get; } = new([]);

    /// <summary>Removed nodes: "neither live nor attained"; their facts stay.</summary>
    public IReadOnlySet<string> Dead { get; }

    /// <summary>Removed edges; without a key all between the two ends.</summary>
    private List<(string Kind, string Of, string To, string? Key)> Gone { get; }

    public bool Removes(NaiveEdge edge) => Gone.Any(gone => (gone.Kind, gone.Of, gone.To) == (edge.Kind, edge.Of, edge.To) && (gone.Key is null || gone.Key == edge.Key));

    public IEnumerable<NaiveLine> Lines => _lines;

    /// <summary>Whether it has the node or edge there at t; null: it says nothing of that.</summary>
    public bool? Has(object subject, DateTimeOffset t)
    {
        var lines = Of(subject).Where(line => line.Edge is not null || line.Kind is not null || line.Until is not null).ToList();
        if (lines.Any(line => line.From is null && line.Until <= t))
            return false;
        return lines.Any(line => !IsBareEnd(line) && Covers(line, t)) ? true : null;
    }

    /// <summary>Whether a line adds the node or edge, at whatever time.</summary>
    public bool Adds(object subject) => Of(subject).Any(line => !IsBareEnd(line) && (line.Edge is not null || line.Kind is not null));

    /// <summary>"A property has the value that is said, whatever any source says of it: from the line's `from` to its `until`."</summary>
    public NaiveStatement? Says(object subject, string property, DateTimeOffset t) => Of(subject)
        .Where(line => Covers(line, t) && (property == "$kind" ? line.Kind is not null : line.Props.ContainsKey(property)))
        .Select(line => new NaiveStatement(line, property == "$kind" ? JsonValue.Create(line.Kind) : line.Props[property]))
        .LastOrDefault();

    public IEnumerable<NaiveSpan> SpansOf(NaiveEdge edge)
    {
        foreach (var line in Of(edge).Where(line => !IsBareEnd(line)))
        {
            var span = new NaiveSpan(line, line.From ?? DateTimeOffset.MinValue, null);
            if (line.Until is { } until)
                span.EndAt(until);
            yield return span;
        }
    }

    /// <summary>Every statement of a property, whatever its time.</summary>
    public IEnumerable<NaiveStatement> EveryStatement(string node, string property) =>
        Of(node).Where(line => line.Props.ContainsKey(property)).Select(line => new NaiveStatement(line, line.Props[property]));

    private IEnumerable<NaiveLine> Of(object subject) => _lines.Where(line => subject is NaiveEdge edge ? line.Edge == edge : line.Node == (string)subject);

    private static bool IsBareEnd(NaiveLine line) => line.From is null && line.Until is not null;

    private static bool Covers(NaiveLine line, DateTimeOffset t) => !(t < line.From) && !(line.Until <= t);
}
