using System.Text.Json.Nodes;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>What-ifs beside the naive reading of them: one to three changes at random, laid over a random estate.</summary>
internal static class OverlayDifferential
{
    public static IReadOnlyList<string> Compare(RandomEstate estate)
    {
        var lines = Changes(estate);
        var asked = new AskedEstate(estate, lines);
        return asked.IsSettled && asked.Seeds.Count > 0 && lines.Count > 0 ? [.. Reach(asked).Select(difference => $"{difference}, under {string.Join(' ', lines.Select(line => line.ToJsonString()))}")] : [];
    }

    private static IEnumerable<string> Reach(AskedEstate asked)
    {
        var naive = new NaiveReach(asked.World, asked.Seeds.Select(seed => new NaiveSeed(seed)));
        var answer = asked.Answer(investigation => investigation.BlastRadiusAsync(asked.Ask, asked.Seeds, proofs: false));
        return CutsDifferential.Differing(
            "reach",
            naive.Reached.Where(row => !asked.Facts.IsPlaceholder(row.Id)).Select(row => $"{row.Id} {row.CertainDirect}/{row.CertainAmplified}/{row.PossibleDirect}/{row.PossibleAmplified} {row.Level} {row.Hops}"),
            answer.Reached.Select(row => $"{row.Id} {row.Certain.Direct}/{row.Certain.Amplified}/{row.Possible.Direct}/{row.Possible.Amplified} {row.Level} {row.Hops}"));
    }

    /// <summary>Follows from the estate alone, so that a kept one is asked the same again.</summary>
    private static List<JsonObject> Changes(RandomEstate estate)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var random = new Random(estate.Lines.Count() * 31 + view.NodeCount);
        var nodes = Enumerable.Range(0, view.NodeCount).Select(index => view[index]).Where(node => !node.IsPlaceholder).OrderBy(node => node.Id, StringComparer.Ordinal).ToList();
        var known = estate.Runs.Where(run => EstateScope.Instant(run[0]["recordedAt"]) <= estate.Question.AsKnownAt).SelectMany(run => run);
        var edges = known.Where(line => line["edge"] is not null).ToList();
        List<JsonObject> changes = [];
        for (var count = nodes.Count == 0 || edges.Count == 0 ? 0 : random.Next(1, 4); count > 0; count--)
        {
            var (node, edge) = (nodes[random.Next(nodes.Count)], edges[random.Next(edges.Count)]);
            changes.Add(random.Next(6) switch
            {
                0 => new JsonObject { ["remove"] = node.Id },
                1 => new JsonObject { ["remove"] = Edge(edge) },
                2 or 3 when IsDescribed(node) => new JsonObject { ["node"] = node.Id, ["props"] = EstateWords.OfNode(random, node.Kind.Name, node.Id) },
                2 or 3 => new JsonObject { ["node"] = node.Id, ["kind"] = node.Kind.Name, ["props"] = EstateWords.OfNode(random, node.Kind.Name, node.Id) },
                4 when node.Kind == NodeKinds.Credential && IsDescribed(node) => new JsonObject { ["node"] = node.Id, ["props"] = new JsonObject { ["rotatedAt"] = EstateWords.Past(random) } },
                _ => New(random, nodes) ?? new JsonObject { ["remove"] = node.Id },
            });
        }

        return [.. changes.DistinctBy(line => (line["remove"] ?? line["node"] ?? Edge(line)).ToJsonString())];
    }

    /// <summary>Of what is known by its end alone nobody says that it is there: a change of it says so.</summary>
    private static bool IsDescribed(Node node) => node.View.Columns.Described[node.Index];

    private static JsonObject Edge(JsonObject edge) =>
        new() { ["edge"] = edge["edge"]!.ToString(), ["of"] = edge["of"]!.ToString(), ["to"] = edge["to"]!.ToString(), ["key"] = EstateScope.KeyOf(edge) };

    /// <summary>An edge between any two nodes it may join; null: there are none.</summary>
    private static JsonObject? New(Random random, List<Node> nodes)
    {
        var kinds = EdgeKind.All.Where(kind => kind.From.Count > 0 && nodes.Any(node => kind.From.Contains(node.Kind)) && nodes.Any(node => kind.To.Contains(node.Kind))).ToList();
        if (kinds.Count == 0)
        {
            return null;
        }

        var kind = kinds[random.Next(kinds.Count)];
        var (from, to) = (nodes.Where(node => kind.From.Contains(node.Kind)).ToList(), nodes.Where(node => kind.To.Contains(node.Kind)).ToList());
        return new JsonObject
        {
            ["edge"] = kind.Name,
            ["of"] = from[random.Next(from.Count)].Id,
            ["to"] = to[random.Next(to.Count)].Id,
            ["key"] = "what-if",
            ["props"] = EstateWords.OfEdge(random, kind.Name, _ => null),
        };
    }
}
