using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Interop.Html;
using IdentityGraph.Interop.Pages;
using IdentityGraph.Interop.Pictures;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Interop;

/// <summary>A drawing fits the width of a page: siblings become one box for that, no more of them than is needed, and none is lost.</summary>
public sealed class FittingTests
{
    [Fact]
    public void What_fits_to_the_right_is_not_folded()
    {
        var drawing = Drawn(Fan(2, 12));

        Assert.False(drawing.Layout.Down);
        Assert.Equal(14, drawing.Picture.Boxes.Count);
    }

    [Fact]
    public void A_long_chain_goes_downwards_with_all_its_ends_where_they_have_room()
    {
        var drawing = Drawn(Fan(8, 5));

        Assert.True(drawing.Layout.Down);
        Assert.Equal(13, drawing.Picture.Boxes.Count);
        Assert.True(drawing.Width <= 1_500);
    }

    [Fact]
    public void Where_they_have_none_they_become_one_box_that_counts_them()
    {
        var drawing = Drawn(Fan(8, 12));

        Assert.True(drawing.Width <= 1_500);
        Assert.Equal(9, drawing.Picture.Boxes.Count);
        Assert.Equal(12, drawing.Picture.Boxes[^1].Count);
        Assert.Equal(20, drawing.Picture.Whole);
    }

    [Fact]
    public void A_crown_jewel_stays_by_itself_beside_what_is_folded_and_many_of_them_become_one_box_that_says_what_they_are()
    {
        var one = Drawn(Fan(8, 12, static number => number == 3 ? ["crown jewel"] : []));
        Assert.Equal(["11", "1 crown jewel"], one.Picture.Boxes.Skip(8).Select(static box => $"{box.Count} {string.Join(' ', box.Marks)}".TrimEnd()));

        var many = Drawn(Fan(8, 12, static _ => ["crown jewel"]));
        Assert.Equal(["12 crown jewel"], many.Picture.Boxes.Skip(8).Select(static box => $"{box.Count} {string.Join(' ', box.Marks)}"));
        Assert.True(many.Fits);
    }

    [Fact]
    public void Siblings_that_lead_on_to_their_own_are_folded_after_those_that_lead_nowhere()
    {
        // Ten repositories, of which four have a build each with a robot each: the builds are to be seen as long as there is room for them.
        var picture = Fan(8, 10);
        picture = picture with
        {
            Boxes = [.. picture.Boxes, .. Enumerable.Range(0, 4).Select(static number => new Box { Id = $"build{number}", Kind = "Workflow", Name = null })],
            Arrows = [.. picture.Arrows, .. Enumerable.Range(0, 4).Select(static number => new Arrow { From = [8 + number], To = 18 + number, Label = "D7", Sentence = "" })],
        };

        var drawing = Drawn(picture);
        Assert.Equal(["1", "1", "1", "1", "6"], drawing.Picture.Boxes.Where(static box => box.Kind == "Resource").Select(static box => box.Count.ToString()));
        Assert.Equal(4, drawing.Picture.Boxes.Count(static box => box.Kind == "Workflow"));
    }

    [Fact]
    public void What_cannot_be_folded_is_drawn_whole_and_the_page_says_that_there_is_more_to_the_right()
    {
        var picture = Fan(8, 12);
        picture = picture with { Boxes = [.. picture.Boxes.Select(static (box, number) => box with { Kind = $"Kind{number}" })] };

        var drawing = Drawn(picture);
        Assert.Equal(20, drawing.Picture.Boxes.Count);
        Assert.False(drawing.Fits);
        using var text = new StringWriter();
        HtmlPage.Write(new Page { Title = "Wide", Lead = "", Sections = [new Section { Title = "All", Picture = picture }], About = [] }, text);
        Assert.Contains("more to the right →", text.ToString(), StringComparison.Ordinal);
        Assert.Contains($"<svg class=\"least\" width=\"{Math.Round(0.7 * drawing.Width, 1)}\"", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_was_folded_is_counted_in_the_caption_and_listed_in_the_table()
    {
        string[] ids = [.. Enumerable.Range(0, 40).Select(static number => $"bucket-{number}")];
        var radius = DrawnAnswers.Radius(static text => text);
        var (seed, step) = (radius.Data.Proofs["p2"][0], radius.Data.Proofs["p2"][2]);
        ProofStep[] way = [seed, .. Enumerable.Range(1, 8).Select(number => step with { Node = $"hop-{number}", From = [number == 1 ? seed.Node : $"hop-{number - 1}"] })];
        radius = radius with
        {
            Data = radius.Data with
            {
                Reached = [.. ids.Select(id => radius.Data.Reached[0] with { Id = id, Name = null, Proof = id })],
                Proofs = ids.ToDictionary(static id => id, id => (IReadOnlyList<ProofStep>)[.. way, step with { Node = id, From = ["hop-8"] }]),
                Durable = [],
            },
        };
        using var text = new StringWriter();
        HtmlPage.Write(BlastRadiusPage.Of(radius), text);
        var page = text.ToString();

        Assert.Contains("49 things are drawn as 10 boxes", page, StringComparison.Ordinal);
        Assert.Contains("40 of this kind", page, StringComparison.Ordinal);
        Assert.All(ids, id => Assert.Contains($"<td class=\"code\"><div>{id}</div></td>", page, StringComparison.Ordinal));
    }

    [Fact]
    public void In_any_drawing_every_box_is_counted_and_no_label_lies_on_another() => Prop.ForAll(Arb.From(Pictures()), picture =>
    {
        var drawing = Drawn(picture);
        if (drawing.Picture.Boxes.Sum(static box => box.Count) != picture.Boxes.Count || drawing.Picture.Whole != picture.Boxes.Count)
        {
            throw new LawBrokenException($"{drawing.Picture.Boxes.Sum(static box => box.Count)} of {picture.Boxes.Count} are counted");
        }

        Place[] labels = [.. drawing.Lines.Zip(drawing.Layout.Labels).Where(static pair => pair.First.HasHead).Select(static pair => Place.Around(pair.Second!.Value, Drawing.WidthOf(pair.First.Arrow.Label), 18))];
        for (var one = 0; one < labels.Length; one++)
        {
            if (labels[(one + 1)..].Any(labels[one].Overlaps))
            {
                throw new LawBrokenException($"label {one} lies on another");
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithReplay(20251125, 3).WithMaxTest(60));

    private static Drawing Drawn(Picture picture) => Fitting.Of(picture, HtmlPage.Readable, HtmlPage.MostBoxes);

    /// <summary>So many one after the other, and so many ends after the last.</summary>
    private static Picture Fan(int chain, int ends, Func<int, IReadOnlyList<string>>? marks = null) => new()
    {
        Boxes =
        [
            .. Enumerable.Range(0, chain).Select(static number => new Box { Id = $"hop{number}", Kind = "Account", Name = null, Marks = number == 0 ? ["start"] : [] }),
            .. Enumerable.Range(0, ends).Select(number => new Box { Id = $"end{number}", Kind = "Resource", Name = null, Marks = marks?.Invoke(number) ?? [] }),
        ],
        Arrows = [.. Enumerable.Range(1, chain + ends - 1).Select(number => new Arrow { From = [Math.Min(number, chain) - 1], To = number, Label = "D4", Sentence = "" })],
    };

    private static Gen<Picture> Pictures() =>
        from count in Gen.Choose(1, 150)
        from kinds in Gen.Elements("Account", "Resource", "System", "Credential").ArrayOf(count)
        from marked in Gen.Choose(0, 20).ArrayOf(count)
        from pairs in (from one in Gen.Choose(0, count - 1) from two in Gen.Choose(0, count - 1) from to in Gen.Choose(0, count - 1) from label in Gen.Elements("D4", "D13", "AUTHENTICATED_VIA") select (one, two, to, label)).ArrayOf(count)
        select new Picture
        {
            Boxes = [.. kinds.Select((kind, number) => new Box { Id = $"{number}", Kind = kind, Name = null, Marks = marked[number] switch { 0 => ["crown jewel"], 1 => ["start"], 2 => ["target"], _ => [] } })],
            Arrows = [.. pairs.Where(static pair => pair.one != pair.to && pair.two != pair.to).Select(static pair => new Arrow { From = pair.label == "D13" && pair.one != pair.two ? [pair.one, pair.two] : [pair.one], To = pair.to, Label = pair.label, Sentence = "" })],
        };
}
