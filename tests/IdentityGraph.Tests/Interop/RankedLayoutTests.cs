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
        var layout = RankedLayout.Of([s_box, s_box, s_box], [(0, 1), (1, 2)], s_label, down: false);

        Assert.Equal([0, 274, 548], layout.Corners.Select(corner => corner.X));
        Assert.All(layout.Corners, corner => Assert.Equal(0, corner.Y));
        Assert.Equal((748, 60), (layout.Width, layout.Height));
        Assert.Equal([new Point(200, 30), new Point(274, 30)], layout.Routes[0]);
    }

    [Fact]
    public void The_middle_of_a_fork_lies_between_its_ends()
    {
        var layout = RankedLayout.Of([s_box, s_box, s_box], [(0, 1), (0, 2)], s_label, down: false);

        Assert.Equal(layout.Corners[0].Y, (layout.Corners[1].Y + layout.Corners[2].Y) / 2);
        Assert.Equal(82, layout.Corners[2].Y - layout.Corners[1].Y);
    }

    [Fact]
    public void A_crossing_that_need_not_be_is_undone()
    {
        var layout = RankedLayout.Of([s_box, s_box, s_box, s_box], [(0, 3), (1, 2)], s_label, down: false);

        Assert.Equal(layout.Corners[0].Y < layout.Corners[1].Y, layout.Corners[3].Y < layout.Corners[2].Y);
    }

    [Fact]
    public void A_long_arrow_goes_around_what_lies_between()
    {
        var layout = RankedLayout.Of([s_box, s_box, s_box], [(0, 1), (1, 2), (0, 2)], s_label, down: false);

        var middle = layout.Corners[1];
        Assert.DoesNotContain(layout.Routes[2], point => point.X > middle.X && point.X < middle.X + 200 && point.Y > middle.Y && point.Y < middle.Y + 60);
        Assert.Equal(4, layout.Routes[2].Count);
    }

    [Fact]
    public void A_cycle_is_drawn_and_the_arrow_that_closes_it_points_back()
    {
        var layout = RankedLayout.Of([s_box, s_box], [(0, 1), (1, 0)], s_label, down: false);

        Assert.True(layout.Corners[0].X < layout.Corners[1].X);
        Assert.Equal((274, 200), (layout.Routes[1][0].X, layout.Routes[1][^1].X));
    }

    [Fact]
    public void What_is_too_wide_to_print_goes_downwards_where_that_is_narrower()
    {
        Sized[] things = [.. Enumerable.Repeat(s_box, 8)];
        (int, int)[] edges = [.. Enumerable.Range(0, 7).Select(static at => (at, at + 1))];

        Assert.True(RankedLayout.Of(things, edges, s_label).Down);
        Assert.False(RankedLayout.Of(things[..3], edges[..2], s_label).Down);
    }

    [Fact]
    public void On_any_graph_boxes_keep_apart_ranks_follow_and_the_layout_is_the_same_again() => Prop.ForAll(Arb.From(Graphs()), graph =>
    {
        foreach (var down in (bool[])[false, true])
        {
            var (things, edges) = graph;
            var layout = RankedLayout.Of(things, edges, s_label, down);
            if (!RankedLayout.Of(things, edges, s_label, down).Corners.SequenceEqual(layout.Corners))
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

    private static double Along(Point point, bool down) => down ? point.Y : point.X;

    private static Gen<(Sized[] Things, (int From, int To)[] Edges)> Graphs() =>
        from count in Gen.Choose(1, 25)
        from size in Gen.Choose(0, 40)
        from edges in (from one in Gen.Choose(0, count - 1) from other in Gen.Choose(0, count - 1) select (one, other)).ArrayOf(size)
        select (Enumerable.Repeat(s_box, count).ToArray(), edges.Where(static edge => edge.one != edge.other).ToArray());
}
