using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>What a random estate is asked.</summary>
/// <param name="AsOf">The moment.</param>
/// <param name="AsKnownAt">Runs recorded later are not known.</param>
/// <param name="Profile">As spelt on the command line; of a leaver the person's id stands behind a colon.</param>
/// <param name="Seeds">Node ids.</param>
internal sealed record EstateQuestion(DateTimeOffset AsOf, DateTimeOffset AsKnownAt, string Profile, IReadOnlyList<string> Seeds);

/// <summary>Runs as exchange lines, the header first, and what is asked of them. Prints as one NDJSON file that can be kept as a case.</summary>
internal sealed record RandomEstate(IReadOnlyList<IReadOnlyList<JsonObject>> Runs, EstateQuestion Question)
{
    public IEnumerable<JsonObject> Lines => Runs.SelectMany(run => run.Skip(1));

    /// <summary>The question stands in the first header, as a member the format does not know.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (run, number) in Runs.Select((run, number) => (run, number)))
        {
            foreach (var line in run)
            {
                var printed = line.DeepClone().AsObject();
                if (number == 0 && line == run[0])
                {
                    printed["question"] = Asked();
                }

                text.Append(printed.ToJsonString()).Append('\n');
            }
        }

        return text.ToString();
    }

    public static RandomEstate Parse(string text)
    {
        List<List<JsonObject>> runs = [];
        EstateQuestion? question = null;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()))
        {
            if (line.ContainsKey("idgraph"))
            {
                runs.Add([]);
            }

            if (line["question"] is JsonObject asked)
            {
                question = new EstateQuestion(
                    Instant(asked["asOf"]!.GetValue<string>()),
                    Instant(asked["asKnownAt"]!.GetValue<string>()),
                    asked["profile"]!.GetValue<string>(),
                    [.. asked["seeds"]!.AsArray().Select(seed => seed!.GetValue<string>())]);
                line.Remove("question");
            }

            runs[^1].Add(line);
        }

        return new RandomEstate([.. runs.Select(run => (IReadOnlyList<JsonObject>)run)], question ?? throw new ArgumentException("no question in the first header"));
    }

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private JsonObject Asked() => new()
    {
        ["asOf"] = Text(Question.AsOf),
        ["asKnownAt"] = Text(Question.AsKnownAt),
        ["profile"] = Question.Profile,
        ["seeds"] = new JsonArray([.. Question.Seeds.Select(seed => JsonValue.Create(seed))]),
    };
}
