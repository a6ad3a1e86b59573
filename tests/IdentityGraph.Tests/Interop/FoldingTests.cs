using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Interop.Pictures;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Interop;

/// <summary>A large picture becomes one that can be read: alike boxes are one that says how many, and none is left out.</summary>
public sealed class FoldingTests
{
    [Fact]
    public void Ends_with_the_same_way_to_them_become_one_box_and_what_is_special_stays()
    {
        var folded = Folding.Fold(Picture(100, [(100, "Account")], static number => number == 7 ? ["crown jewel"] : []), 60, 400);

        Assert.Equal(["99 Resource", "1 Resource crown jewel", "1 Account"], folded.Boxes.Select(static box => $"{box.Count} {box.Kind} {string.Join(' ', box.Marks)}".TrimEnd()));
        Assert.Equal(101, folded.Whole);
        Assert.Equal(2, folded.Arrows.Count);
    }

    [Fact]
    public void A_small_picture_stays_as_it_is()
    {
        var picture = Picture(20, [(20, "Account")], static _ => []);
        Assert.Equal(picture.Boxes, Folding.Fold(picture, 60, 400).Boxes);
    }

    [Fact]
    public void Any_picture_gets_small_enough_and_every_box_is_counted() => Prop.ForAll(Arb.From(Pictures()), picture =>
    {
        foreach (var most in (int[])[400, 100, 30])
        {
            var folded = Folding.Fold(picture, Math.Min(60, most), most);
            if (folded.Boxes.Count > most || folded.Boxes.Sum(static box => box.Count) != picture.Boxes.Count || folded.Whole != picture.Boxes.Count)
            {
                throw new LawBrokenException($"{folded.Boxes.Count} boxes for {folded.Boxes.Sum(static box => box.Count)} of {picture.Boxes.Count}");
            }

            if (folded.Arrows.Any(arrow => arrow.From.Contains(arrow.To) || arrow.From.Append(arrow.To).Any(place => place < 0 || place >= folded.Boxes.Count)))
            {
                throw new LawBrokenException("an arrow leads nowhere");
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithReplay(20251123, 3).WithMaxTest(60));

    /// <summary>Some resources, each reached from the last of the others.</summary>
    private static Picture Picture(int resources, (int At, string Kind)[] others, Func<int, IReadOnlyList<string>> marks) => new()
    {
        Boxes = [.. Enumerable.Range(0, resources).Select(number => new Box { Id = $"r{number}", Kind = "Resource", Name = null, Marks = marks(number) }), .. others.Select(static other => new Box { Id = "start", Kind = other.Kind, Name = null })],
        Arrows = [.. Enumerable.Range(0, resources).Select(number => new Arrow { From = [others[0].At], To = number, Label = "D4", Sentence = "" })],
    };

    private static Gen<Picture> Pictures() =>
        from count in Gen.Choose(1, 900)
        from kinds in Gen.Elements("Account", "Resource", "System", "Credential", "ServiceIdentity", "Application").ArrayOf(count)
        from marked in Gen.Choose(0, 20).ArrayOf(count)
        from pairs in (from one in Gen.Choose(0, count - 1) from two in Gen.Choose(0, count - 1) from to in Gen.Choose(0, count - 1) from possible in Gen.Choose(0, 4) select (one, two, to, possible)).ArrayOf(count)
        select new Picture
        {
            Boxes = [.. kinds.Select((kind, number) => new Box { Id = $"{number}", Kind = kind, Name = null, Marks = marked[number] switch { 0 => ["crown jewel"], 1 => ["start"], _ => [] } })],
            Arrows = [.. pairs.Where(static pair => pair.one != pair.to && pair.two != pair.to).Select(static pair => new Arrow { From = pair.possible == 0 && pair.one != pair.two ? [pair.one, pair.two] : [pair.one], To = pair.to, Label = $"D{pair.possible}", Sentence = "" })],
        };
}
