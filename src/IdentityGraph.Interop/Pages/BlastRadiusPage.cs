using System.Globalization;
using IdentityGraph.Interop.Pictures;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>What falls, as a page: every proof in one picture, every node and every hop in a table.</summary>
public static class BlastRadiusPage
{
    private static readonly Column[] s_columns =
    [
        new("id", Look.Code), new("name"), new("kind", Look.Short), new("level", Look.Short), new("certainly"), new("possibly"), new("hops", Look.Number), new("special"),
    ];

    public static Page Of(Answer<BlastRadiusAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var data = answer.Data;
        var picture = new ProofPicture("hop");
        foreach (var proof in data.Reached.OrderBy(static node => node.Hops).Select(node => node.Proof is { } key ? data.Proofs.GetValueOrDefault(key) : null).OfType<IReadOnlyList<ProofStep>>())
        {
            picture.Add(proof);
        }

        var reached = data.Reached.ToDictionary(static node => node.Id, StringComparer.Ordinal);
        var jewels = data.Score.CrownJewels.ToHashSet(StringComparer.Ordinal);
        var kept = data.Durable.ToHashSet(StringComparer.Ordinal);
        var possible = data.Reached.Count(static node => node.Level.EndsWith('?'));
        var untold = data.Reached.Count(static node => node.Proof is null);
        return new Page
        {
            Title = $"Blast radius of {Sentences.Some([.. data.Seeds.Select(seed => Sentences.Named(seed, picture.NameOf(seed)))])}",
            Lead = data.Reached.Count == 0
                ? "Nothing is reached by what is known; the warnings say why."
                : $"{Sentences.Count(data.Reached.Count, "node falls", "nodes fall")} if {(data.Seeds.Count == 1 ? "it is" : "they are")} compromised, {(possible == 0 ? "all of them certainly" : $"{possible} of them only possibly")}.",
            Figures = Figures(data, possible),
            Sections =
            [
                new Section
                {
                    Title = "How it falls",
                    Text = picture.Hops.Count == 0 ? "There are no proofs to draw." : untold == 0 ? "" : $"{untold} of the nodes reached come without a proof and are not drawn; the table lists them.",
                    Picture = picture.Hops.Count == 0 ? null : picture.Picture((id, box) => Decorated(box, reached.GetValueOrDefault(id), jewels.Contains(id), kept.Contains(id))),
                    Tables =
                    [
                        Table.Of("What falls", s_columns, data.Reached.Select(node => Row.Of(null, node.Id, node.Name, node.Kind, node.Level, Cell(node.Certain), Cell(node.Possible), node.Hops, Special(node, jewels.Contains(node.Id))))),
                        picture.Table("Every hop, premises first"),
                    ],
                },
            ],
            About = [],
        }.In(answer);
    }

    private static List<Figure> Figures(BlastRadiusAnswer data, int possible)
    {
        var score = data.Score;
        return
        [
            new("certainly reached", Text(data.Reached.Count - possible)),
            new("possibly reached", Text(possible), possible == 0 ? "" : "a premise is not known"),
            new("score", Text(score.Raw), string.Create(CultureInfo.InvariantCulture, $"{score.Share:P1} of all criticality")),
            new("amplification", "×" + Text(score.Amplification), $"direct score {Text(score.DirectRaw)}"),
            new("crown jewels", Text(score.CrownJewels.Count), Sentences.Briefly(score.CrownJewels)),
            new("boundaries crossed", Text(score.Boundaries.Tenant + score.Boundaries.Environment + score.Boundaries.Organization), $"tenant {score.Boundaries.Tenant}, environment {score.Boundaries.Environment}, organization {score.Boundaries.Organization}"),
            new("stays with the attacker", Text(data.Durable.Count), Sentences.Briefly(data.Durable)),
        ];
    }

    private static Box Decorated(Box box, ReachedNode? node, bool isJewel, bool isKept) => box with
    {
        Kind = node?.Kind ?? box.Kind,
        Name = node?.Name ?? box.Name,
        Sureness = node is null ? box.Sureness : node.Certain.Amplified.Length > 0 ? Sureness.Certain : Sureness.Possible,
        Tag = node?.Level ?? "",
        Marks = [.. box.Marks, .. isJewel ? [Marks.CrownJewel] : Array.Empty<string>(), .. isKept ? [Marks.Kept] : Array.Empty<string>()],
    };

    private static IEnumerable<string> Special(ReachedNode node, bool isJewel) =>
        [.. isJewel ? [Marks.CrownJewel] : Array.Empty<string>(), .. node.Durable ? ["stays with the attacker"] : Array.Empty<string>()];

    private static IEnumerable<string> Cell(RightsCell cell) => cell.Direct == cell.Amplified
        ? [Sentences.OfRights(cell.Amplified)]
        : [Sentences.OfRights(cell.Amplified), cell.Direct.Length == 0 ? "all by making new access" : $"without new access: {Sentences.OfRights(cell.Direct)}"];

    private static string Text(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
