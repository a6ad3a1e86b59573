using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Smaller estates that may still fail: large parts left out first, then single lines, then single members of lines.</summary>
internal static class EstateShrinker
{
    private static readonly string[] s_optional = ["from", "until", "at", "grade", "precision", "stream", "key", "interval", "mode"];

    public static IEnumerable<RandomEstate> Smaller(RandomEstate estate)
    {
        for (var run = 0; estate.Runs.Count > 1 && run < estate.Runs.Count; run++)
        {
            yield return estate with { Runs = [.. estate.Runs.Where((_, number) => number != run)] };
        }

        for (var seed = 0; estate.Question.Seeds.Count > 1 && seed < estate.Question.Seeds.Count; seed++)
        {
            yield return estate with { Question = estate.Question with { Seeds = [.. estate.Question.Seeds.Where((_, number) => number != seed)] } };
        }

        var lines = estate.Lines.ToList();
        for (var size = (lines.Count + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (var start = 0; start < lines.Count; start += size)
            {
                var left = lines.Skip(start).Take(size).ToHashSet();
                yield return Without(estate, left.Contains);
            }
        }

        foreach (var (run, header) in estate.Runs.Select(run => (run, run[0])))
        {
            foreach (var line in run)
            {
                foreach (var smaller in Simpler(line))
                {
                    yield return Replace(estate, line, smaller);
                }
            }
        }

        if (estate.Question.Profile != "ExternalBearer")
        {
            yield return estate with { Question = estate.Question with { Profile = "ExternalBearer" } };
        }
    }

    /// <summary>The smallest estate that still fails, by greed.</summary>
    public static RandomEstate Shrink(RandomEstate estate, Func<RandomEstate, bool> fails)
    {
        for (var found = true; found;)
        {
            found = false;
            foreach (var smaller in Smaller(estate))
            {
                if (fails(smaller))
                {
                    estate = smaller;
                    found = true;
                    break;
                }
            }
        }

        return estate;
    }

    public static RandomEstate Without(RandomEstate estate, Func<JsonObject, bool> left) =>
        estate with { Runs = [.. estate.Runs.Select(run => (IReadOnlyList<JsonObject>)[run[0], .. run.Skip(1).Where(line => !left(line))])] };

    public static RandomEstate Replace(RandomEstate estate, JsonObject old, JsonObject by) =>
        estate with { Runs = [.. estate.Runs.Select(run => (IReadOnlyList<JsonObject>)[.. run.Select(line => line == old ? by : line)])] };

    private static IEnumerable<JsonObject> Simpler(JsonObject line)
    {
        foreach (var member in s_optional.Where(member => line.ContainsKey(member) && !(member == "stream" && line.ContainsKey("seen"))))
        {
            var smaller = line.DeepClone().AsObject();
            smaller.Remove(member);
            yield return smaller;
        }

        if (line["props"] is not JsonObject props)
        {
            yield break;
        }

        foreach (var name in props.Select(prop => prop.Key).ToList())
        {
            var smaller = line.DeepClone().AsObject();
            smaller["props"]!.AsObject().Remove(name);
            yield return smaller;
        }

        foreach (var (name, list) in props.Select(prop => (prop.Key, prop.Value as JsonArray)).Where(prop => prop.Item2 is { Count: > 1 }).ToList())
        {
            for (var item = 0; item < list!.Count; item++)
            {
                var smaller = line.DeepClone().AsObject();
                smaller["props"]![name]!.AsArray().RemoveAt(item);
                yield return smaller;
            }
        }
    }
}
