using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// Reads an overlay: node and edge lines of the exchange format to add or change, and `remove` lines. Strict, and whole or not at all:
/// a change that is not understood would make the answer look as if it changed nothing. Headers and ends of streams, as run files have
/// them, are passed over.
/// </summary>
public static class OverlayReader
{
    /// <param name="stream">Unpacked; read once.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="RefusedInputException">A line cannot be understood; it is named.</exception>
    public static Overlay Read(Stream stream, string name)
    {
        using var lines = new LineReader(stream);
        var parser = new LineParser(strict: true);
        List<Observation.Fact> facts = [];
        List<string> nodes = [];
        List<RemovedEdge> edges = [];
        for (var state = lines.Next(); state != LineState.End; state = lines.Next())
        {
            try
            {
                Take(state, lines.Memory, parser, facts, nodes, edges);
            }
            catch (BadLineException bad)
            {
                throw Refused(name, lines.Number, bad.Message, bad);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                throw Refused(name, lines.Number, "the line is not a JSON object of valid text; write one object a line", fault);
            }
        }

        return new Overlay { Facts = facts, RemovedNodes = nodes, RemovedEdges = edges };
    }

    private static RefusedInputException Refused(string name, long number, string problem, Exception inner) =>
        new($"overlay `{name}` line {number}: {problem}; nothing of it was used", inner);

    private static void Take(LineState state, ReadOnlyMemory<byte> line, LineParser parser, List<Observation.Fact> facts, List<string> nodes, List<RemovedEdge> edges)
    {
        if (state == LineState.TooLong)
        {
            throw new BadLineException("", "the line is longer than 16 MiB; split what it says over several lines");
        }

        if (line.Span.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
        {
            return;
        }

        using (var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = LineParser.DeepestNesting }))
        {
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("remove", out var removed))
            {
                TakeRemoval(json.RootElement, removed, nodes, edges);
                return;
            }

            if (IsHeader(json.RootElement))
            {
                return;
            }
        }

        switch (parser.Parse(line.Span))
        {
            case null or Observation.EndOf:
                break;
            case Observation.Fact fact:
                facts.Add(fact);
                break;
            default:
                throw new BadLineException("seen", "an overlay says what is, not what was seen; write `node`, `edge` or `remove`");
        }
    }

    /// <exception cref="BadLineException">It is of a version that may mean other things by the same words.</exception>
    private static bool IsHeader(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty("idgraph", out var version))
        {
            return false;
        }

        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != ExchangeWriter.Version)
        {
            throw new BadLineException("idgraph", $"the overlay is of a version other than {ExchangeWriter.Version}; write version {ExchangeWriter.Version}");
        }

        return !line.EnumerateObject().Any(static member => member.Name is "node" or "edge" or "seen" or "end");
    }

    private static void TakeRemoval(JsonElement line, JsonElement removed, List<string> nodes, List<RemovedEdge> edges)
    {
        if (line.EnumerateObject().Count() > 1)
        {
            throw new BadLineException("remove", "a `remove` line has no other member; write a line each");
        }

        if (removed.ValueKind == JsonValueKind.String)
        {
            nodes.Add(removed.GetString()!);
            return;
        }

        if (removed.ValueKind != JsonValueKind.Object)
        {
            throw new BadLineException("remove", "`remove` takes the id of a node, or an edge as {\"edge\":…,\"of\":…,\"to\":…}");
        }

        foreach (var member in removed.EnumerateObject())
        {
            if (member.Name is not ("edge" or "of" or "to" or "key") || member.Value.ValueKind != JsonValueKind.String)
            {
                throw new BadLineException("remove", $"`remove` of an edge takes edge, of, to and key as texts, not {LineContext.Quoted(member.Name)}");
            }
        }

        var kind = Text("edge") ?? throw new BadLineException("remove", "`remove` of an edge names its kind in `edge`");
        if (EdgeKind.Find(kind) is null)
        {
            throw new BadLineException("remove", $"{LineContext.Quoted(kind)} is no kind of edge; `idgraph schema` lists them");
        }

        edges.Add(new RemovedEdge(
            kind,
            Text("of") ?? throw new BadLineException("remove", "`remove` of an edge names its start in `of`"),
            Text("to") ?? throw new BadLineException("remove", "`remove` of an edge names its end in `to`"),
            Text("key")));

        string? Text(string member) => removed.TryGetProperty(member, out var value) ? value.GetString() : null;
    }
}
