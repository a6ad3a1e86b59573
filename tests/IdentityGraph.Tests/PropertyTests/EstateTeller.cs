using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Who says it and when: one complete run in half of the estates, else several sources in full and delta runs, late, weak or contradicting.</summary>
internal sealed class EstateTeller(Random random)
{
    private static readonly string[] s_weaker = ["SystemEvent", "WorkflowRecord", "TicketRecord", "Attestation", "Inference"];
    private static readonly string[] s_intervals = ["P1D", "P5D", "P30D", "P365D"];

    public IReadOnlyList<IReadOnlyList<JsonObject>> Tell(IReadOnlyList<JsonObject> facts) =>
        random.Next(2) == 0 ? [Run("a", EstateWords.Day, EstateWords.Day, "full", "P365D", [.. facts.Select(Plain)], 1)] : Several(facts);

    private List<IReadOnlyList<JsonObject>> Several(IReadOnlyList<JsonObject> facts)
    {
        var sources = random.Next(1, 4);
        var intervals = Enumerable.Range(0, sources).Select(_ => random.Next(5) == 0 ? null : s_intervals[random.Next(s_intervals.Length)]).ToList();
        var owners = facts.Select(_ => random.Next(3) > 0 ? 0 : random.Next(sources)).ToList();
        var started = EstateWords.Day.AddDays(-random.Next(1, 60));
        var recorded = started;
        List<IReadOnlyList<JsonObject>> runs = [];
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var source = random.Next(sources);
            var delta = runs.Count > 0 && random.Next(4) == 0;
            List<JsonObject> lines = [];
            foreach (var (fact, owner) in facts.Zip(owners))
            {
                var mine = owner == source;
                if (mine ? random.Next(delta ? 3 : 12) > (delta ? 1 : 0) : random.Next(15) == 0)
                {
                    lines.Add(Told(fact, started, mine));
                }
            }

            Settle(lines, started);
            recorded = new[] { recorded, started.AddMinutes(random.Next(2) * 30) }.Max();
            runs.Add(Run("abc"[source].ToString(), started, recorded, delta ? "delta" : "full", intervals[source], lines, random.Next(5) == 0 ? 0.5 : 0.95));
            started = started.AddDays(random.Next(8) == 0 ? -3 : random.Next(0, 20));
        }

        return runs;
    }

    /// <summary>Keeps to what is compared.</summary>
    private static void Settle(List<JsonObject> lines, DateTimeOffset started)
    {
        lines.RemoveAll(line => EstateScope.Instant(line["until"]) < EstateScope.Instant(line["from"]));
        foreach (var line in lines.Where(line => EstateScope.IsOnlyEnd(line, started)))
        {
            if (line.ContainsKey("edge"))
            {
                line["key"] = EstateScope.KeyOf(line);
            }

            line["props"] = new JsonObject();
        }
    }

    private JsonObject Plain(JsonObject fact)
    {
        var line = fact.DeepClone().AsObject();
        if (random.Next(12) == 0)
        {
            line["from"] = EstateWords.Instant(random);
        }

        return line;
    }

    private JsonObject Told(JsonObject fact, DateTimeOffset started, bool mine)
    {
        var line = fact.DeepClone().AsObject();
        if (line["node"] is { } node && random.Next(25) == 0)
        {
            return new JsonObject { ["seen"] = node.GetValue<string>(), ["stream"] = fact["kind"]!.GetValue<string>() };
        }

        if (random.Next(mine ? 10 : 3) == 0 && line["props"] is JsonObject props)
        {
            var other = line["node"] is not null ? EstateWords.OfNode(random, line["kind"]!.GetValue<string>(), "") : EstateWords.OfEdge(random, line["edge"]!.GetValue<string>(), _ => null);
            foreach (var (name, value) in props.Where(_ => random.Next(2) == 0).ToList())
            {
                props.Remove(name);
            }

            foreach (var (name, value) in other.Where(_ => random.Next(2) == 0))
            {
                props[name] = value?.DeepClone();
            }
        }

        if (random.Next(mine ? 6 : 3) == 0)
        {
            line["from"] = random.Next(3) == 0 ? RandomEstate.Text(started) : EstateWords.Instant(random);
            if (random.Next(6) == 0)
            {
                line["precision"] = "observed";
            }
        }

        if (random.Next(14) == 0)
        {
            var until = DateTimeOffset.Parse(EstateWords.Instant(random), System.Globalization.CultureInfo.InvariantCulture);
            if (line["from"] is not { } from || DateTimeOffset.Parse(from.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) < until)
            {
                line["until"] = RandomEstate.Text(until);
            }
        }

        if (random.Next(mine ? 14 : 3) == 0)
        {
            line["grade"] = s_weaker[random.Next(s_weaker.Length)];
        }

        if (random.Next(12) == 0)
        {
            line["at"] = RandomEstate.Text(started.AddDays(-random.Next(0, 4)));
        }

        return line;
    }

    private IReadOnlyList<JsonObject> Run(string source, DateTimeOffset started, DateTimeOffset recorded, string mode, string? interval, List<JsonObject> lines, double complete)
    {
        var header = new JsonObject
        {
            ["idgraph"] = 1,
            ["source"] = source,
            ["tenant"] = "t",
            ["startedAt"] = RandomEstate.Text(started),
            ["recordedAt"] = RandomEstate.Text(recorded),
            ["mode"] = mode,
        };
        if (interval is not null)
        {
            header["interval"] = interval;
        }

        var streams = lines.Select(line => (line["stream"] ?? line["edge"] ?? line["kind"])!.GetValue<string>()).Concat(complete >= 1 ? ["ENTITLES", "Employment", "OWNED_BY"] : random.Next(3) == 0 ? ["ENTITLES", "OWNED_BY"] : Array.Empty<string>());
        var ends = streams.Distinct().Where(_ => random.Next(20) > 0).Select(stream => new JsonObject { ["end"] = stream, ["complete"] = random.NextDouble() < complete });
        return [header, .. lines.OrderBy(_ => random.Next()), .. ends];
    }
}
