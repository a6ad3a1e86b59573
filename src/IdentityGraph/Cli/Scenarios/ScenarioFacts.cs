using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>The exchange lines of a scenario, as runs.</summary>
internal static class ScenarioFacts
{
    /// <summary>A line with `idgraph` begins a run; what is no JSON stays where it is, for the import to refuse with its line.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Runs(IEnumerable<string> lines)
    {
        List<List<string>> runs = [];
        foreach (var line in lines)
        {
            if (runs.Count == 0 || Read(line) is { ValueKind: JsonValueKind.Object } read && read.TryGetProperty("idgraph", out _))
            {
                runs.Add([]);
            }

            runs[^1].Add(line);
        }

        return runs;
    }

    /// <summary>The lines that hold none of the patterns, which are written as what is expected of an answer.</summary>
    /// <exception cref="ConfigurationException">A pattern takes out nothing: it was meant to.</exception>
    public static IEnumerable<FactLine> Without(IReadOnlyList<FactLine> lines, IReadOnlyList<YamlNode> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (!lines.Any(line => Holds(line.Text, pattern)))
            {
                throw new ConfigurationException($"line {pattern.Start.Line}: `without` names a line that the facts do not have");
            }
        }

        return lines.Where(line => !patterns.Any(pattern => Holds(line.Text, pattern)));
    }

    private static bool Holds(string line, YamlNode pattern) => Read(line) is { } read && Expectation.Between(pattern, read, "", static _ => true) is null;

    private static JsonElement? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
