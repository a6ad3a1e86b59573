using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Estates somebody left: a random estate read twice, before they left and after, by then with accounts disabled or not, secrets
/// rotated or not, and HR read beside it. Everything follows from one number.
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
        _left = EstateWords.Day.AddHours(-_random.Next(1, 24 * 15));
    }

    /// <summary>Null: the estate of that number was told in several runs, or has nobody who could leave.</summary>
    public static RandomEstate? Generate(int number)
    {
        var estate = EstateGenerator.Generate(number);
        return estate.Runs.Count == 1 && estate.Runs[0].Any(line => KindOf(line) == "Account") ? new LeaverEstates(number, estate).Told() : null;
    }

    private RandomEstate Told()
    {
        var lines = estateLines().Where(line => line["edge"]?.ToString() is not ("BELONGS_TO" or "EMPLOYED_AS")).ToList();
        var accounts = Some(lines, "Account", 1, 3);
        var held = Some(lines, "Credential", 0, 2);
        List<JsonObject> own =
        [
            .. accounts.Select(account => Edge("BELONGS_TO", account, Leaver)),
            .. held.Where(credential => !lines.Any(line => line["edge"]?.ToString() == "HELD_BY" && line["of"]!.ToString() == credential)).Select(credential => Edge("HELD_BY", credential, Leaver)),
        ];
        var after = lines.Select(line => After(line, accounts)).ToList();
        var asOf = EstateWords.Day.AddHours(_random.Next(1, 60));
        return new RandomEstate(
            [
                Run("a", _before, [.. lines.Select(line => Before(line, accounts)), .. own.Select(Copy)]),
                Run("a", EstateWords.Day, [.. after, .. _random.Next(3) == 0 ? own.Take(1) : own]),
                Run("hr", EstateWords.Day, [Person(), Employment(), Edge("EMPLOYED_AS", Leaver, "pat-job")]),
            ],
            new EstateQuestion(asOf, EstateWords.Day.AddYears(5), "ExternalBearer", [Leaver]));

        IEnumerable<JsonObject> estateLines() => _estate.Runs[0].Skip(1).Where(line => !line.ContainsKey("end") && !line.ContainsKey("from"));
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

    private JsonObject Employment() => new()
    {
        ["node"] = "pat-job",
        ["kind"] = "Employment",
        ["props"] = new JsonObject { ["startAt"] = "2020-01-01T00:00:00Z", ["endAt"] = RandomEstate.Text(_left), ["status"] = _random.Next(3) == 0 ? "active" : "ended" },
    };

    private static JsonObject Person() => new() { ["node"] = Leaver, ["kind"] = "Person", ["props"] = new JsonObject() };

    private static JsonObject Edge(string kind, string of, string to) => new() { ["edge"] = kind, ["of"] = of, ["to"] = to, ["props"] = new JsonObject() };

    private static JsonObject Copy(JsonObject line) => line.DeepClone().AsObject();

    private List<string> Some(List<JsonObject> lines, string kind, int least, int most) =>
        [.. lines.Where(line => KindOf(line) == kind).Select(IdOf).Distinct().OrderBy(_ => _random.Next()).Take(_random.Next(least, most + 1))];

    private static string? KindOf(JsonObject line) => line["node"] is null ? null : line["kind"]?.ToString();

    private static string IdOf(JsonObject line) => line["node"]?.ToString() ?? "";

    private static IReadOnlyList<JsonObject> Run(string source, DateTimeOffset started, IReadOnlyList<JsonObject> lines) =>
    [
        new JsonObject
        {
            ["idgraph"] = 1,
            ["source"] = source,
            ["tenant"] = "t",
            ["startedAt"] = RandomEstate.Text(started),
            ["recordedAt"] = RandomEstate.Text(started),
            ["interval"] = "P365D",
        },
        .. lines,
        .. lines.Select(line => (line["edge"] ?? line["kind"])!.ToString()).Distinct().Select(stream => new JsonObject { ["end"] = stream, ["complete"] = true }),
    ];
}
