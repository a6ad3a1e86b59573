using System.Text.Json.Nodes;
using IdentityGraph.Cli.Scenarios;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The facts of the scenario pack, at each moment its cases ask about and from what they start: estates that somebody wrote.</summary>
internal static class PackEstates
{
    private static readonly string[] s_aside = ["--to", "--among", "--contain", "--avoid", "--remove"];

    private static readonly Dictionary<string, RandomEstate> s_all = Directory.GetFiles(Repository.Folder("scenarios"), "*.yaml")
        .Order(StringComparer.Ordinal)
        .SelectMany(Read)
        .DistinctBy(one => one.Name)
        .ToDictionary(one => one.Name, one => one.Estate);

    /// <summary>File, moment, profile and starts of each.</summary>
    public static TheoryData<string> Names => [.. s_all.Keys.Order(StringComparer.Ordinal)];

    public static RandomEstate Of(string name) => s_all[name];

    private static IEnumerable<(string Name, RandomEstate Estate)> Read(string path)
    {
        var file = ScenarioFile.Read(path);
        foreach (var one in file.Cases)
        {
            var runs = ScenarioFacts.Runs([.. file.Facts ?? [], .. one.Facts]).Select(run => (IReadOnlyList<JsonObject>)[.. run.Select(line => JsonNode.Parse(line)!.AsObject())]).ToList();
            if (one.Without.Count > 0 || Asked(one.Ask, runs) is not { } question)
            {
                continue;
            }

            foreach (var header in runs.Select(run => run[0]))
            {
                header["recordedAt"] ??= header["startedAt"]!.GetValue<string>();
            }

            yield return ($"{Path.GetFileName(path)} {RandomEstate.Text(question.AsOf)} {question.Profile} {string.Join(' ', question.Seeds)}", new RandomEstate(runs, question));
        }
    }

    /// <summary>Null where no start is named.</summary>
    private static EstateQuestion? Asked(string ask, List<IReadOnlyList<JsonObject>> runs)
    {
        var words = ask.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = runs.SelectMany(run => run).Select(line => line["node"]?.ToString()).OfType<string>().ToHashSet();
        var starts = words.Where((word, number) => number > 0 && known.Contains(word) && !s_aside.Contains(words[number - 1])).Distinct();
        List<string> seeds = words[0] is "why-not" or "path" ? [.. starts.Take(1)] : words[0] is "blast-radius" or "cuts" or "residue" or "leaver" ? [.. starts] : [];
        return (Value("--to") ?? Value("--as-of")) is { } moment && EstateScope.InstantOf(moment) is { } asOf && seeds.Count > 0 && Value("--as-known-at") is null
            ? new EstateQuestion(asOf, new DateTimeOffset(2035, 1, 1, 0, 0, 0, TimeSpan.Zero), Value("--profile") is { } profile && profile != "Leaver" ? profile : "ExternalBearer", seeds)
            : Value("--as-of") is { } other && EstateScope.InstantOf(other) is { } instant && seeds.Count > 0
                ? new EstateQuestion(instant, new DateTimeOffset(2035, 1, 1, 0, 0, 0, TimeSpan.Zero), "ExternalBearer", seeds)
                : null;

        string? Value(string option) => words.SkipWhile(word => word != option).Skip(1).FirstOrDefault();
    }
}
