using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// One account or one membership, told by one or two sources in a few runs a day apart: read, seen, told to begin or end later on, ended by
/// word or by absence, ended by a weak word, told late as an interval, in one order and recorded in another.
/// </summary>
internal static class TellingEstates
{
    private static readonly DateTimeOffset s_first = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="seed">The same estate for the same number.</param>
    public static RandomEstate Of(int seed)
    {
        var random = new Random(seed);
        var isNode = random.Next(3) == 0;
        var sources = random.Next(4) == 0 ? 2 : 1;
        var starts = Enumerable.Range(2, 14).OrderBy(_ => random.Next()).Take(random.Next(2, 6)).Order().ToList();
        if (random.Next(6) == 0)
        {
            starts[1] = starts[0];
        }

        List<IReadOnlyList<JsonObject>> runs = [.. starts.Select(start => Run(random, "ab"[random.Next(sources)], isNode, start))];
        var known = new EstateQuestion(s_first.AddDays(10), s_first.AddYears(5), "ExternalBearer", ["kim"]);
        return Recorded(new RandomEstate(runs, known), random.Next(2) == 0 ? null : random);
    }

    /// <summary>The same runs, recorded in the order of their starts, or, given a source of chance, in any order after the last of them began.</summary>
    public static RandomEstate Recorded(RandomEstate estate, Random? random)
    {
        var runs = random is null ? [.. estate.Runs.OrderBy(Started)] : estate.Runs.OrderBy(_ => random.Next()).ToList();
        var last = runs.Max(Started);
        return estate with { Runs = [.. runs.Select((run, number) => WithHeader(run, "recordedAt", random is null ? Started(run) : last.AddHours(12 * number)))] };
    }

    /// <summary>Every second line of each delta told by a run of its own, a second later, as observed when it was.</summary>
    public static RandomEstate Split(RandomEstate estate) => estate with { Runs = [.. estate.Runs.SelectMany(Split)] };

    private static IEnumerable<IReadOnlyList<JsonObject>> Split(IReadOnlyList<JsonObject> run)
    {
        var lines = run.Skip(1).Where(line => !line.ContainsKey("end")).ToList();
        if (run[0]["mode"]!.ToString() != "delta" || lines.Count < 2 || lines.Exists(line => line.ContainsKey("seen")))
        {
            return [run];
        }

        var moved = lines[1].DeepClone().AsObject();
        moved["at"] ??= RandomEstate.Text(Started(run));
        return [[.. run.Where(line => line != lines[1])], [WithHeader([run[0]], "startedAt", Started(run).AddSeconds(1))[0], moved]];
    }

    private static DateTimeOffset Started(IReadOnlyList<JsonObject> run) => EstateScope.Instant(run[0]["startedAt"])!.Value;

    private static IReadOnlyList<JsonObject> WithHeader(IReadOnlyList<JsonObject> run, string member, DateTimeOffset instant)
    {
        var header = run[0].DeepClone().AsObject();
        header[member] = RandomEstate.Text(instant);
        return [header, .. run.Skip(1)];
    }

    private static IReadOnlyList<JsonObject> Run(Random random, char source, bool isNode, int start)
    {
        var header = new JsonObject
        {
            ["idgraph"] = 1,
            ["source"] = source.ToString(),
            ["tenant"] = "t",
            ["startedAt"] = Half(2 * start),
            ["recordedAt"] = Half(2 * start),
            ["mode"] = random.Next(4) == 0 ? "delta" : "full",
            ["interval"] = "P365D",
        };
        var count = random.Next(6) switch { 0 => 0, 1 => 2, _ => 1 };
        var lines = Enumerable.Range(0, count).Select(_ => Line(random, isNode, start)).ToList();
        var end = new JsonObject { ["end"] = isNode ? "Account" : "MEMBER_OF", ["complete"] = true };
        return [header, .. lines, .. random.Next(2) == 0 ? [end] : Array.Empty<JsonObject>()];
    }

    private static JsonObject Line(Random random, bool isNode, int start)
    {
        if (isNode && random.Next(10) == 0)
        {
            return new JsonObject { ["seen"] = "kim", ["stream"] = "Account" };
        }

        var line = isNode ? new JsonObject { ["node"] = "kim", ["kind"] = "Account" } : new JsonObject { ["edge"] = "MEMBER_OF", ["of"] = "kim", ["to"] = "admins" };
        line["props"] = Props(random, isNode);
        var from = random.Next(0, 2 * start);
        switch (random.Next(9))
        {
            case 0 or 1:
                line["from"] = Half(random.Next(5) == 0 ? (2 * start) + random.Next(1, 6) : from);
                if (random.Next(6) == 0)
                {
                    line["precision"] = "observed";
                }

                break;
            case 2:
                line["from"] = Half(random.Next(8) == 0 ? (2 * start) + 2 : from);
                line["until"] = Half(random.Next(from + 1, (2 * start) + 6));
                if (random.Next(6) == 0)
                {
                    line["precision"] = "observed";
                }

                break;
            case 3 or 4:
                line["until"] = Half(random.Next(6) == 0 ? (2 * start) + random.Next(1, 5) : from + 1);
                line["props"] = new JsonObject();
                break;
        }

        if (random.Next(10) == 0)
        {
            line["grade"] = random.Next(2) == 0 ? "TicketRecord" : "SystemEvent";
        }

        return line;
    }

    private static JsonObject Props(Random random, bool isNode)
    {
        var props = new JsonObject();
        if (!isNode)
        {
            if (random.Next(4) == 0)
            {
                props["gates"] = new JsonArray(random.Next(2) == 0 ? "corpNetwork" : "managedDevice");
            }

            return props;
        }

        if (random.Next(3) == 0)
        {
            props["state"] = random.Next(2) == 0 ? "Active" : "Disabled";
        }

        if (random.Next(3) == 0)
        {
            props["name"] = random.Next(2) == 0 ? "Kim" : "K.";
        }

        if (random.Next(5) == 0)
        {
            props["mfa"] = random.Next(3) == 0 ? null : (JsonNode)(random.Next(2) == 0);
        }

        return props;
    }

    private static string Half(int half) => RandomEstate.Text(s_first.AddHours(12 * half));
}
