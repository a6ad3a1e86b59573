using IdentityGraph.Graph;
using IdentityGraph.Graph.Intervals;
using IdentityGraph.Tests.PropertyTests;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Graph;

/// <summary>Intervals say at every moment what the view of that moment says.</summary>
public sealed class IntervalReaderTests
{
    [Fact]
    public void On_random_estates_intervals_and_views_agree_at_every_moment_of_change_and_beside_it()
    {
        for (var number = 0; number < 40; number++)
        {
            var snapshot = EngineEstate.Fold(EstateGenerator.Generate(number));
            var reader = new IntervalReader(snapshot);
            var nodes = Enumerable.Range(0, snapshot.NodeCount).Select(reader.OfNode).ToList();
            var revisions = Enumerable.Range(0, snapshot.NodeCount).Select(reader.RevisionsOf).ToList();
            var edges = Enumerable.Range(0, snapshot.EdgeCount).Select(reader.OfEdge).ToList();
            var points = snapshot.ChangePoints.ToArray();
            var random = new Random(number);
            foreach (var at in random.GetItems(points, 12).SelectMany(point => new[] { point - 1, point }))
            {
                var view = snapshot.At(Instants.FromTicks(at));
                for (var node = 0; node < snapshot.NodeCount; node++)
                {
                    Assert.Equal(view[node].Present, At(nodes[node].Select(one => one.Bounds), at));
                    AgreeOnProperties(view[node], revisions[node].Where(one => one.Bounds.At(at) != Truth.False).ToList(), at);
                }

                for (var edge = 0; edge < snapshot.EdgeCount; edge++)
                {
                    Assert.Equal(view.EdgeAt(edge).Holds, At(edges[edge].Select(one => one.Bounds), at));
                    if (edges[edge].FirstOrDefault(one => one.Bounds.At(at) != Truth.False) is { } found)
                    {
                        var said = found.Properties.ToDictionary(one => one.Property);
                        Assert.All(view.EdgeAt(edge).Kind.Properties, property => Agree(view.EdgeAt(edge)[property], said.GetValueOrDefault(property)));
                    }
                }
            }
        }
    }

    [Fact]
    public void A_membership_that_a_complete_run_lacked_may_have_ended_any_time_since_it_was_last_seen()
    {
        var snapshot = new Facts()
            .Run("okta", "2025-06-01", run => run.Node("kim", "Account").Node("admins", "Group").Edge("MEMBER_OF", "kim", "admins").Complete("MEMBER_OF"))
            .Run("okta", "2025-06-03", run => run.Edge("MEMBER_OF", "kim", "admins").Complete("MEMBER_OF"))
            .Run("okta", "2025-06-05", run => run.Complete("MEMBER_OF"))
            .Snapshot();

        var interval = Assert.Single(new IntervalReader(snapshot).OfEdge(0));

        Assert.Equal(Day("2025-06-01"), interval.Bounds.SureFrom);
        Assert.Equal(Day("2025-06-03"), interval.Bounds.SureUntil);
        Assert.Equal(Day("2025-06-05"), interval.Bounds.Until);
        Assert.Equal([("okta", "")], interval.Support.Sources);
    }

    [Fact]
    public void One_that_nobody_read_for_long_is_kept_and_only_unsure()
    {
        var snapshot = Facts.Of("2025-06-01", run => run.Node("kim", "Account").Node("admins", "Group").Edge("MEMBER_OF", "kim", "admins")).Snapshot();

        var bounds = Assert.Single(new IntervalReader(snapshot).OfEdge(0)).Bounds;

        Assert.Equal(Instants.Latest, bounds.Until);
        Assert.Equal(Truth.True, bounds.At(Day("2025-07-31")));
        Assert.Equal(Truth.Unknown, bounds.At(Day("2025-07-31") + 1));
    }

    [Fact]
    public void A_state_that_changed_is_two_revisions_and_a_name_that_changed_is_none()
    {
        var snapshot = new Facts()
            .Run("okta", "2025-06-01", run => run.Node("kim", "Account", ("state", "Active"), ("name", "kim")).Complete("Account"))
            .Run("okta", "2025-06-05", run => run.Node("kim", "Account", ("state", "Disabled"), ("name", "Kim")).Complete("Account"))
            .Snapshot();

        var revisions = new IntervalReader(snapshot).RevisionsOf(0);

        Assert.Equal(["state Active", "state Disabled"], revisions.Select(one => string.Join(", ", one.Properties.Select(said => $"{said.Property} {said.Value}"))));
        Assert.Equal(revisions[0].Bounds.Until, revisions[1].Bounds.From);
        Assert.Equal(Day("2025-06-05"), revisions[1].Bounds.From);
    }

    private static long Day(string day) => Facts.Instant(day).UtcTicks;

    private static Truth At(IEnumerable<Interval> intervals, long at) => intervals.Select(one => one.At(at)).Where(truth => truth is not Truth.False).ToList() switch
    {
        [] => Truth.False,
        [var only] => only,
        var several => throw new InvalidOperationException($"{several.Count} intervals overlap"),
    };

    private static void AgreeOnProperties(Node node, List<Revision> found, long at)
    {
        var said = found.SingleOrDefault()?.Properties.ToDictionary(one => one.Property) ?? [];
        foreach (var property in PastProperties.Of(node.Kind))
        {
            Agree(node[property], said.GetValueOrDefault(property));
        }

        if (found is [var revision])
        {
            Assert.Equal(PastProperties.Of(node.Kind).All(property => node[property].Fresh), revision.Bounds.At(at) is Truth.True);
        }
    }

    private static void Agree(Reading reading, Said? said)
    {
        Assert.Equal(reading.Known, said?.Known ?? Known.NotReported);
        if (said is not null)
        {
            Assert.Equal(reading.Value, said.Value);
        }
    }
}
