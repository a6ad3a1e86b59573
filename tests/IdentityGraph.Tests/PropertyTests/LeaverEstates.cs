using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Estates somebody left: a random estate and what a leaver leaves behind, read twice, before they left and after, by then with
/// accounts disabled or not, secrets rotated or not, and HR read beside it. Everything follows from one number.
/// </summary>
internal sealed class LeaverEstates
{
    public const string Leaver = "pat";

    private readonly Random _random;
    private readonly RandomEstate _estate;
    private readonly DateTimeOffset _before;
    private readonly DateTimeOffset _left;

    private LeaverEstates(int number, RandomEstate estate)
    {
        _random = new Random(number);
        _estate = estate;
        _before = EstateWords.Day.AddDays(-_random.Next(20, 60));
        _left = EstateWords.Day.AddHours(_random.Next(4) == 0 ? -_random.Next(1, 24) : -_random.Next(1, 24 * 15));
    }

    /// <summary>Null: the estate of that number was told in several runs.</summary>
    public static RandomEstate? Generate(int number)
    {
        var estate = EstateGenerator.Generate(number);
        return estate.Runs.Count == 1 ? new LeaverEstates(number, estate).Told() : null;
    }

    private RandomEstate Told()
    {
        var plots = new LeaverPlots(_random, _left);
        var lines = _random.Next(2) == 0 ? [] : EstateLines().Where(line => line["edge"]?.ToString() is not ("BELONGS_TO" or "EMPLOYED_AS")).ToList();
        var accounts = Some(lines, "Account", 0, 3);
        var held = Some(lines, "Credential", 0, 2);
        List<JsonObject> own =
        [
            .. accounts.Select(account => Edge("BELONGS_TO", account, Leaver)),
            .. held.Where(credential => !lines.Any(line => line["edge"]?.ToString() == "HELD_BY" && line["of"]!.ToString() == credential)).Select(credential => Edge("HELD_BY", credential, Leaver)),
        ];
        var after = lines.Select(line => After(line, accounts)).ToList();
        var asOf = EstateWords.Day.AddHours(_random.Next(1, 60));
        var requests = new LeaverRequests(_random, _left, [.. accounts.Select(Named), .. held.Select(Named), .. plots.Before]);
        if (_random.Next(2) == 0)
        {
            requests.Tell();
        }
        var interval = _random.Next(10) == 0 ? "PT12H" : "P365D";
        List<IReadOnlyList<JsonObject>> runs =
        [
            Run("a", _before, interval, [.. lines.Select(line => Before(line, accounts)), .. own.Select(Copy), .. plots.Before, .. requests.Before]),
            Run("a", EstateWords.Day, interval, [.. after, .. _random.Next(3) == 0 ? own.Take(1) : own, .. plots.After, .. requests.After]),
            Hr(),
        ];
        if (_random.Next(3) == 0)
        {
            runs.Insert(1, Closed([.. plots.Before.Where(line => line["props"]?["state"] is not null)]));
        }

        if (requests.Asked.Count > 0)
        {
            // Engines forget: the last listing may not tell any more what was set going.
            runs.Add(Run("flow", EstateWords.Day.AddMinutes(-10), "P365D", requests.Asked));
            runs.AddRange(_random.Next(4) == 0 ? [Run("flow", EstateWords.Day.AddMinutes(-5), "P365D", [requests.Asked[0]], [.. requests.Asked.Select(StreamOf)])] : []);
        }

        if (plots.Claims.Count > 0)
        {
            runs.Add(Run("desk", EstateWords.Day, "P365D", plots.Claims));
        }

        return new RandomEstate(runs, new EstateQuestion(asOf, EstateWords.Day.AddYears(5), "ExternalBearer", [Leaver]));

        IEnumerable<JsonObject> EstateLines() => _estate.Runs[0].Skip(1).Where(line => line.ContainsKey("props") && !line.ContainsKey("from") && !line.ContainsKey("until"));
    }

    /// <summary>Usually one engagement that ended; else none told, one yet to come, one cut short, one after another, or HR not read to its end.</summary>
    private IReadOnlyList<JsonObject> Hr()
    {
        var shape = _random.Next(16);
        List<JsonObject> jobs = shape switch
        {
            0 => [],
            1 => [Job("pat-job", EstateWords.Day.AddDays(30), null, "pending")],
            2 => [Job("pat-job", EstateWords.Day.AddDays(_random.Next(-20, 20)), null, null)],
            3 => [Job("pat-job", null, EstateWords.Day.AddDays(40), "ended")],
            4 => [Job("pat-job", null, null, "ended")],
            5 => [Job("pat-job", null, _left, "ended"), Job("pat-new", EstateWords.Day.AddDays(_random.Next(-2, 5)), null, "active")],
            6 => [Job("pat-job", null, _left.AddDays(-40), "ended"), Job("pat-new", _left.AddDays(-30), _left, "ended")],
            _ => [Job("pat-job", null, _left, _random.Next(3) == 0 ? "active" : "ended")],
        };
        var run = Run("hr", EstateWords.Day, "P365D", [Person(), .. jobs, .. jobs.Select(job => Edge("EMPLOYED_AS", Leaver, IdOf(job)))]);
        return _random.Next(12) == 0 ? [.. run.Where(line => line["end"] is null)] : run;
    }

    private static JsonObject Job(string id, DateTimeOffset? start, DateTimeOffset? end, string? status)
    {
        var props = new JsonObject { ["startAt"] = start is { } from ? RandomEstate.Text(from) : "2020-01-01T00:00:00Z" };
        if (end is { } until)
        {
            props["endAt"] = RandomEstate.Text(until);
        }

        if (status is not null)
        {
            props["status"] = status;
        }

        return new JsonObject { ["node"] = id, ["kind"] = "Employment", ["props"] = props };
    }

    private static JsonObject Before(JsonObject line, List<string> accounts)
    {
        var told = Copy(line);
        if (accounts.Contains(IdOf(line)))
        {
            told["props"]!["state"] = "Active";
        }

        return told;
    }

    private JsonObject After(JsonObject line, List<string> accounts)
    {
        var told = Copy(line);
        var props = told["props"]!.AsObject();
        if (accounts.Contains(IdOf(line)))
        {
            props["state"] = _random.Next(4) switch { 0 => "Active", 1 => "Suspended", _ => "Disabled" };
        }
        else if (KindOf(line) == "Credential" && _random.Next(3) == 0)
        {
            props["rotatedAt"] = _random.Next(4) == 0 ? null : RandomEstate.Text(_left.AddHours(_random.Next(-48, 48)));
        }

        return told;
    }

    /// <summary>Something shown as disabled between leaving and the last reading.</summary>
    private IReadOnlyList<JsonObject> Closed(List<JsonObject> stateful)
    {
        var one = Copy(stateful[_random.Next(stateful.Count)]);
        one["props"]!["state"] = "Disabled";
        var run = Run("a", _left + ((EstateWords.Day - _left) / 2), "P365D", [one], []);
        run[0]["mode"] = "delta";
        return run;
    }

    private static JsonObject Named(string id) => new() { ["node"] = id };

    private static JsonObject Person() => new() { ["node"] = Leaver, ["kind"] = "Person", ["props"] = new JsonObject() };

    private static JsonObject Edge(string kind, string of, string to) => new() { ["edge"] = kind, ["of"] = of, ["to"] = to, ["props"] = new JsonObject() };

    private static JsonObject Copy(JsonObject line) => line.DeepClone().AsObject();

    private List<string> Some(List<JsonObject> lines, string kind, int least, int most) =>
        [.. lines.Where(line => KindOf(line) == kind).Select(IdOf).Distinct().OrderBy(_ => _random.Next()).Take(_random.Next(least, most + 1))];

    private static string? KindOf(JsonObject line) => line["node"] is null ? null : line["kind"]?.ToString();

    private static string IdOf(JsonObject line) => line["node"]?.ToString() ?? "";

    private static string StreamOf(JsonObject line) => (line["edge"] ?? line["kind"])!.ToString();

    private static IReadOnlyList<JsonObject> Run(string source, DateTimeOffset started, string interval, IReadOnlyList<JsonObject> lines, IReadOnlyList<string>? complete = null) =>
    [
        new JsonObject
        {
            ["idgraph"] = 1,
            ["source"] = source,
            ["tenant"] = "t",
            ["startedAt"] = RandomEstate.Text(started),
            ["recordedAt"] = RandomEstate.Text(started),
            ["interval"] = interval,
        },
        .. lines.DistinctBy(line => line.ToJsonString()),
        .. (complete ?? [.. lines.Select(StreamOf)]).Distinct().Select(stream => new JsonObject { ["end"] = stream, ["complete"] = true }),
    ];
}
