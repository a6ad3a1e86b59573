using IdentityGraph.Interop.Pictures;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>The cheapest cuts, as a page: the ways to the targets with the first cut marked in them, every cut in a table.</summary>
public static class CutsPage
{
    public static Page Of(Answer<CutsAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var data = answer.Data;
        var picture = new ProofPicture("hop");
        foreach (var way in data.Ways)
        {
            picture.Add(way);
        }

        var first = data.Cuts.Count == 0 ? [] : data.Cuts[0].Members;
        var targets = data.Ways.Select(static way => way[^1].Node).ToHashSet(StringComparer.Ordinal);
        return new Page
        {
            Title = !data.Attained ? "Nothing needs cutting" : data.Cuts.Count == 0 ? "No cut was found" : $"Cheapest cut: {Sentences.Some([.. first.Select(Word)])}",
            Lead = !data.Attained ? "No target is attained, not even possibly."
                : data.Cuts.Count == 0 ? "The targets are attained, and among what may be cut nothing keeps them from it."
                : $"{Sentences.Count(data.Cuts.Count, "cut", "cuts")} by {data.By}; the first costs {data.Cuts[0].Cost} and {(data.Cuts[0].Shortfall is not null ? "does not cut by its actions alone" : data.Cuts[0].Status == "proved minimal" ? "is proved to be minimal" : "is the best that was found")}. Each was verified by searching again with its members dead.",
            Figures =
            [
                new("cuts listed", data.Cuts.Count.ToString()),
                new("cost of the first", data.Cuts.Count == 0 ? "-" : data.Cuts[0].Cost.ToString(), data.Cuts.Count == 0 ? "" : data.Cuts[0].Shortfall is null ? data.Cuts[0].Status : "does not cut by itself"),
                new("choke points", data.ChokePoints.Count.ToString(), data.ChokePoints.Count == 0 ? "no single member is enough" : Sentences.Briefly([.. data.ChokePoints.Select(Word)])),
            ],
            Sections =
            [
                new Section
                {
                    Title = "Where it is cut",
                    Text = data.Ways.Count == 0 ? "There is no way to draw." : "The first ways to each target. What the first cut takes away is marked; each cut takes something from every way.",
                    Picture = data.Ways.Count == 0 ? null : picture.Picture(
                        (id, box) => Decorated(box, targets.Contains(id), first, data.ChokePoints),
                        (arrow, _) => picture.StepsOf(arrow).Any(step => step.Facts.Any(fact => first.Any(member => Same(member.Edge, fact))))),
                    Tables =
                    [
                        Table.Of("Every cut, cheapest first", [new("cost", Look.Number), new("members", Look.Code), new("status")], data.Cuts.Select(static cut => Row.Of(null, cut.Cost, cut.Members.Select(Word), Status(cut)))),
                        Table.Of("Choke points: each alone is a cut", [new("member", Look.Code)], data.ChokePoints.Select(static point => Row.Of(null, Word(point)))),
                        picture.Table("Every hop of the ways, premises first"),
                    ],
                },
            ],
            About = [],
        }.In(answer);
    }

    private static string Status(CutAnswer cut) => cut.Shortfall is { } left ? $"does not cut by itself: {left}" : $"{cut.Status}, verified";

    private static Box Decorated(Box box, bool isTarget, IReadOnlyList<CutMember> cut, IReadOnlyList<CutMember> points) => box with
    {
        Marks =
        [
            .. box.Marks,
            .. isTarget ? [Marks.Target] : Array.Empty<string>(),
            .. cut.Any(member => member.Node == box.Id) ? [Marks.Cut] : Array.Empty<string>(),
            .. points.Any(member => member.Node == box.Id) && cut.All(member => member.Node != box.Id) ? [Marks.ChokePoint] : Array.Empty<string>(),
        ],
    };

    private static bool Same(ProofFact? member, ProofFact fact) =>
        member is not null && member.Edge == fact.Edge && member.Of == fact.Of && member.To == fact.To && (member.Key ?? "") == (fact.Key ?? "");

    private static string Word(CutMember member)
    {
        var on = member.Edge is { } edge ? Sentences.Of(edge) : member.Node ?? "";
        return member.Action is null ? on : $"{member.Action}{(member.Gate is null ? "" : " " + member.Gate)} on {on}";
    }
}
