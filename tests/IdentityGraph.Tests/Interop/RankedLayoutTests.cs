using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Interop.Pictures;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Interop;

/// <summary>Where boxes stand: ranks follow the arrows, nothing overlaps, and the same picture is always laid out the same.</summary>
public sealed class RankedLayoutTests
{
    private static readonly Sized s_box = new(200, 60);
    private static readonly Sized s_label = new(40, 18);

    [Fact]
    public void A_chain_is_one_line_to_the_right()
    {
        var layout = Of([s_box, s_box, s_box], [(0, 1), (1, 2)], down: false);

        Assert.Equal([0, 274, 548], layout.Corners.Select(corner => corner.X));
        Assert.All(layout.Corners, corner => Assert.Equal(0, corner.Y));
        Assert.Equal((748, 60), (layout.Width, layout.Height));
        Assert.Equal([new Point(200, 30), new Point(274, 30)], layout.Routes[0]);
    }

    [Fact]
    public void The_middle_of_a_fork_lies_between_its_ends()
    {
        var layout = Of([s_box, s_box, s_box], [(0, 1), (0, 2)], down: false);

        Assert.Equal(layout.Corners[0].Y, (layout.Corners[1].Y + layout.Corners[2].Y) / 2);
        Assert.Equal(82, layout.Corners[2].Y - layout.Corners[1].Y);
    }

    [Fact]
    public void A_crossing_that_need_not_be_is_undone()
    {
        var layout = Of([s_box, s_box, s_box, s_box], [(0, 3), (1, 2)], down: false);

        Assert.Equal(layout.Corners[0].Y < layout.Corners[1].Y, layout.Corners[3].Y < layout.Corners[2].Y);
    }

    [Fact]
    public void A_long_arrow_goes_around_what_lies_between()
    {
        var layout = Of([s_box, s_box, s_box], [(0, 1), (1, 2), (0, 2)], down: false);

        var middle = layout.Corners[1];
        Assert.DoesNotContain(layout.Routes[2], point => point.X > middle.X && point.X < middle.X + 200 && point.Y > middle.Y && point.Y < middle.Y + 60);
        Assert.Equal(4, layout.Routes[2].Count);
    }

    [Fact]
    public void A_cycle_is_drawn_and_the_arrow_that_closes_it_points_back()
    {
        var layout = Of([s_box, s_box], [(0, 1), (1, 0)], down: false);

        Assert.True(layout.Corners[0].X < layout.Corners[1].X);
        Assert.Equal((317, 200), (layout.Routes[1][0].X, layout.Routes[1][^1].X));
    }

    [Fact]
    public void Two_labels_on_the_same_way_stand_one_after_the_other()
    {
        var once = Of([s_box, s_box], [(0, 1)], down: false);
        var twice = Of([s_box, s_box], [(0, 1), (0, 1)], down: false);

        Assert.Equal(new Point(237, 30), once.Labels[0]);
        Assert.Equal(30, twice.Labels[0]!.Value.Y);
        Assert.Equal(30, twice.Labels[1]!.Value.Y);
        Assert.True(Math.Abs(twice.Labels[0]!.Value.X - twice.Labels[1]!.Value.X) >= 40);
        Assert.True(twice.Width > once.Width);
    }

    [Fact]
    public void A_way_without_a_label_needs_less_room()
    {
        var layout = RankedLayout.Of([s_box, s_box, s_box], [(0, 1), (1, 2)], [s_label with { Width = 140 }, default], down: false);

        Assert.Null(layout.Labels[1]);
        Assert.Equal([0, 374, 628], layout.Corners.Select(corner => corner.X));
    }

    [Fact]
    public void A_way_between_two_of_one_rank_is_drawn_out_to_its_label()
    {
        var layout = RankedLayout.Of([s_box with { Rank = 0 }, s_box with { Rank = 0 }], [(0, 1)], [s_label with { Width = 140 }], down: false);

        var label = layout.Labels[0]!.Value;
        Assert.True(label.X - 70 > 200 && label.X + 70 <= layout.Width);
        Assert.Equal(label.X, 200 + (0.75 * layout.Bows[0]), 1e-6);
        Assert.Equal(71, label.Y);
    }

    [Fact]
    public void Above_what_is_taller_than_a_screen_the_start_is_not_in_the_middle()
    {
        Sized[] things = [.. Enumerable.Repeat(s_box, 31)];
        (int, int)[] edges = [.. Enumerable.Range(1, 30).Select(static at => (0, at))];

        Assert.Equal(0, Of(things, edges, down: false).Corners[0].Y);
        Assert.Equal(4 * 82 / 2, Of(things[..6], edges[..5], down: false).Corners[0].Y);
    }

    [Fact]
    public void On_any_graph_no_label_lies_on_another_or_on_a_box() => Prop.ForAll(Arb.From(Labelled()), graph =>
    {
        foreach (var down in (bool[])[false, true])
        {
            var (things, edges, labels) = graph;
            var layout = RankedLayout.Of(things, edges, labels, down);
            Place[] placed = [.. layout.Labels.Zip(labels, static (at, label) => Place.Around(at!.Value, label.Width, label.Height))];
            Place[] boxes = [.. layout.Corners.Select(static corner => new Place(corner.X, corner.Y, corner.X + 200, corner.Y + 60))];
            var whole = new Place(-0.01, -0.01, layout.Width + 0.01, layout.Height + 0.01);
            for (var one = 0; one < placed.Length; one++)
            {
                if (placed[(one + 1)..].Concat(boxes).Any(placed[one].Overlaps) || !whole.Holds(placed[one]))
                {
                    throw new LawBrokenException($"label {one} of {edges[one]} lies on something, or outside");
                }
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithReplay(20251124, 3).WithMaxTest(300));

    [Fact]
    public void On_any_graph_boxes_keep_apart_ranks_follow_and_the_layout_is_the_same_again() => Prop.ForAll(Arb.From(Graphs()), graph =>
    {
        foreach (var down in (bool[])[false, true])
        {
            var (things, edges) = graph;
            var layout = Of(things, edges, down);
            if (!Of(things, edges, down).Corners.SequenceEqual(layout.Corners))
            {
                throw new LawBrokenException("laid out otherwise the second time");
            }

            for (var one = 0; one < things.Length; one++)
            {
                var at = layout.Corners[one];
                if (at.X < -0.01 || at.Y < -0.01 || at.X + 200 > layout.Width + 0.01 || at.Y + 60 > layout.Height + 0.01)
                {
                    throw new LawBrokenException($"{one} is outside");
                }

                for (var other = one + 1; other < things.Length; other++)
                {
                    var there = layout.Corners[other];
                    if (Math.Abs(at.X - there.X) < 199.9 && Math.Abs(at.Y - there.Y) < 59.9)
                    {
                        throw new LawBrokenException($"{one} and {other} overlap");
                    }
                }
            }

            for (var number = 0; number < edges.Length; number++)
            {
                var (first, last) = (Along(layout.Corners[edges[number].From], down), Along(layout.Corners[edges[number].To], down));
                var (begin, end) = (Along(layout.Routes[number][0], down), Along(layout.Routes[number][^1], down));
                if (first == last || first < last != begin < end)
                {
                    throw new LawBrokenException($"edge {number} does not go from its start to its end");
                }
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithReplay(20251122, 3).WithMaxTest(300));

    private static Layout Of(IReadOnlyList<Sized> things, IReadOnlyList<(int From, int To)> edges, bool down) =>
        RankedLayout.Of(things, edges, [.. edges.Select(static _ => s_label)], down);

    private static double Along(Point point, bool down) => down ? point.Y : point.X;

    private static Gen<(Sized[] Things, (int From, int To)[] Edges)> Graphs() =>
        from count in Gen.Choose(1, 25)
        from size in Gen.Choose(0, 40)
        from edges in (from one in Gen.Choose(0, count - 1) from other in Gen.Choose(0, count - 1) select (one, other)).ArrayOf(size)
        select (Enumerable.Repeat(s_box, count).ToArray(), edges.Where(static edge => edge.one != edge.other).ToArray());

    private static Gen<(Sized[] Things, (int From, int To)[] Edges, Sized[] Labels)> Labelled() =>
        from graph in Graphs()
        from isRanked in Gen.Elements(true, false)
        from ranks in Gen.Choose(-2, 3).ArrayOf(graph.Things.Length)
        from widths in Gen.Elements(40.0, 85.0, 140.0).ArrayOf(graph.Edges.Length)
        select (graph.Things.Zip(ranks, (thing, rank) => thing with { Rank = isRanked ? rank : null }).ToArray(), graph.Edges, widths.Select(static width => new Sized(width, 18)).ToArray());
}
