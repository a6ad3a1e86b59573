using IdentityGraph.Graph;
using IdentityGraph.Interop.Pictures;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>The chain around one identity, as a page: what leads to it on one side, what it leads to on the other.</summary>
public static class IdentityChainPage
{
    private static readonly Column[] s_columns =
    [
        new("hop", Look.Number), new("from", Look.Code), new("link", Look.Explained), new("to", Look.Code), new("kind", Look.Short), new("state", Look.Explained), new("in that state since", Look.Short), new("link since", Look.Short), new("link until", Look.Short), new("evidence", Look.Code),
    ];

    public static Page Of(Answer<IdentityChainAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var data = answer.Data;
        var dead = data.Hops.Count(static hop => hop.State == "dead");
        var unknown = data.Hops.Count(static hop => hop.State == "unknown");
        return new Page
        {
            Title = $"Chain of {Sentences.Named(data.Id, data.Name)}",
            Lead = data.Hops.Count == 0
                ? "Nothing is linked to it by what is known at that moment."
                : $"{Sentences.Count(data.Hops.Count, "hop", "hops")}: {data.Hops.Count - dead - unknown} live, {dead} dead, {unknown} unknown{(data.LiveOnly ? "; what is dead is left out" : "")}.",
            Figures =
            [
                new("live", (data.Hops.Count - dead - unknown).ToString()),
                new("dead", dead.ToString()),
                new("unknown", unknown.ToString(), "not read, not read to its end, or not recently"),
                new("farthest", Sentences.Count(data.Hops.Select(static hop => hop.Depth).DefaultIfEmpty().Max(), "hop", "hops"), $"asked for {data.Depth}, {data.Direction}"),
            ],
            Sections =
            [
                new Section
                {
                    Title = "The chain",
                    Text = data.UnreadEdges.Count == 0 ? "" : $"{data.UnreadEdges.Count} links of kinds that are not known were not followed.",
                    Picture = data.Hops.Count == 0 ? null : Draw(data),
                    Tables =
                    [
                        Table.Of("Every hop", s_columns, data.Hops.Select(static (hop, number) => Row.Of(
                            AnchorOf(number),
                            hop.Direction == "in" ? -hop.Depth : hop.Depth,
                            hop.From,
                            new[] { PointsOn(hop) ? $"{hop.Kind} →" : $"← {hop.Kind}", EdgeKind.Find(hop.Kind)?.Sentence ?? "" }.Where(static line => line.Length > 0),
                            new[] { hop.To, hop.ToName ?? "" }.Where(static line => line.Length > 0),
                            hop.ToKind,
                            new[] { hop.State, hop.Why },
                            Sentences.Of(hop.StateSince),
                            Sentences.Of(hop.Since),
                            Sentences.Of(hop.Until, "open"),
                            hop.Evidence))),
                        Table.Of("Links of kinds that are not known", [new("of", Look.Code), new("kind", Look.Code), new("to", Look.Code), new("holds")], data.UnreadEdges.Select(static edge => Row.Of(null, edge.Of, edge.Kind, edge.To, edge.Truth))),
                    ],
                },
            ],
            About = [],
        }.In(answer);
    }

    private static string AnchorOf(int number) => $"hop-{number + 1}";

    private static bool PointsOn(IdentityHopAnswer hop) => hop.Fact.To == hop.To;

    private static Picture Draw(IdentityChainAnswer data)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal) { [data.Id] = 0 };
        List<Box> boxes = [new Box { Id = data.Id, Kind = data.Kind ?? "", Name = data.Name, Marks = [Marks.Start], Rank = 0 }];
        List<Arrow> arrows = [];
        for (var number = 0; number < data.Hops.Count; number++)
        {
            var hop = data.Hops[number];
            var inwards = hop.Direction == "in";
            var sureness = SurenessOf(hop);
            if (!places.TryGetValue(hop.To, out var to))
            {
                places[hop.To] = to = boxes.Count;
                boxes.Add(new Box { Id = hop.To, Kind = hop.ToKind, Name = hop.ToName, Sureness = sureness, Tag = hop.State, Rank = inwards ? -hop.Depth : hop.Depth, Anchor = AnchorOf(number) });
            }

            if (!places.TryGetValue(hop.From, out var from) || from == to)
            {
                continue;
            }

            // What leads to it stands before it, whichever way the fact points.
            arrows.Add(new Arrow
            {
                From = [inwards ? to : from],
                To = inwards ? from : to,
                Label = hop.Kind,
                Sentence = EdgeKind.Find(hop.Kind)?.Sentence ?? "",
                Details = [$"{hop.State}: {hop.Why}; so since {Sentences.Of(hop.StateSince)}; the link since {Sentences.Of(hop.Since)}", $"evidence: {Sentences.Some(hop.Evidence, 2)}"],
                Sureness = sureness,
                PointsBack = PointsOn(hop) == inwards,
                Anchor = AnchorOf(number),
            });
        }

        return new Picture { Boxes = boxes, Arrows = arrows };
    }

    private static Sureness SurenessOf(IdentityHopAnswer hop) => hop.State switch
    {
        "live" => Sureness.Certain,
        "dead" => Sureness.Dead,
        _ => Sureness.Possible,
    };
}
