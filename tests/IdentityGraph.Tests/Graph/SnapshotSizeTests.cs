using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Graph;

/// <summary>What a snapshot costs, what it is called, and that repetition costs nothing.</summary>
public sealed class SnapshotSizeTests
{
    private static Facts Daily(int runs) => Enumerable.Range(0, runs).Aggregate(new Facts(), (facts, day) => facts.Run("okta", Facts.Instant("2025-01-01").AddDays(day).ToString("yyyy-MM-dd"), run =>
    {
        for (var i = 0; i < 500; i++)
        {
            run.Node($"okta:user/{i}", "Account", ("state", "Active")).Edge("MEMBER_OF", $"okta:user/{i}", $"okta:group/{i % 20}");
        }

        run.Complete("Account").Complete("MEMBER_OF");
    }));

    [Fact]
    public void Runs_that_repeat_what_is_known_cost_next_to_nothing()
    {
        var (one, sixty) = (Daily(1).Snapshot(), Daily(60).Snapshot());
        Assert.InRange(sixty.Bytes, one.Bytes, one.Bytes + (60 * 64));
        Assert.Equal((Facts.Instant("2025-01-01"), Facts.Instant("2025-03-01")), sixty.At(Facts.Instant("2025-03-02")).Find("okta:user/7")!.Value.Seen);
    }

    [Fact]
    public void An_edge_costs_at_most_64_bytes_and_a_node_with_a_state_at_most_200()
    {
        var snapshot = Daily(3).Snapshot();
        Assert.InRange((double)snapshot.EdgeBytes / snapshot.EdgeCount, 40, 64);
        Assert.InRange((double)snapshot.NodeBytes / snapshot.NodeCount, 80, 200);
    }

    /// <summary>A full run of 2,000 accounts, then deltas an hour apart that read 100 of them each, around and around.</summary>
    private static Facts Hourly(int deltas) => Enumerable.Range(1, deltas).Aggregate(
        new Facts().Run("okta", "2025-01-01", run => Accounts(run, 0, 2000).Complete("Account")),
        (facts, hour) => facts.Delta("okta", Facts.Instant("2025-01-01").AddHours(hour).ToString("yyyy-MM-ddTHH:mm:ssZ"), run => Accounts(run, hour * 100, 100)));

    private static Facts.Lines Accounts(Facts.Lines run, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            run.Node($"okta:user/{i % 2000}", "Account", ("state", "Active"), ("name", $"user {i % 2000}"), ("mfa", true));
        }

        return run;
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    public void What_deltas_tell_costs_by_what_they_tell_and_not_by_what_they_leave_out(int deltas) =>
        Assert.InRange((Hourly(deltas).Snapshot().Bytes - Hourly(0).Snapshot().Bytes) / (double)(deltas * 100), 0, 130);

    [Fact]
    public void Equal_facts_have_one_name_in_whatever_order_their_lines_came()
    {
        var forward = new Facts().Run("okta", "2025-03-01", run => run.Node("a", "Account", ("state", "Active"), ("mfa", true)).Node("b", "Group").Edge("MEMBER_OF", "a", "b"));
        var backward = new Facts().Run("okta", "2025-03-01", run => run.Edge("MEMBER_OF", "a", "b").Node("b", "Group").Node("a", "Account", ("mfa", true), ("state", "Active")));
        var other = new Facts().Run("okta", "2025-03-01", run => run.Node("a", "Account", ("state", "Active"), ("mfa", false)).Node("b", "Group").Edge("MEMBER_OF", "a", "b"));
        Assert.Equal(forward.Snapshot().Hash, backward.Snapshot().Hash);
        Assert.NotEqual(forward.Snapshot().Hash, other.Snapshot().Hash);
        Assert.Matches("^[0-9a-f]{64}$", forward.Snapshot().Hash);
    }

    [Fact]
    public void Every_moment_of_change_is_listed()
    {
        var points = new Facts()
            .Run("okta", "2025-03-01", run => run.Node("key", "Credential", ("expiresAt", "2025-07-01T00:00:00Z")).Edge("MEMBER_OF", "kim", "admins").With("2025-02-01", "2025-06-01"))
            .Snapshot().ChangePoints.ToArray();
        Assert.Equal(
            ["2025-02-01T00:00:00Z", "2025-03-01T00:00:00Z", "2025-04-30T00:00:00.0000001Z", "2025-06-01T00:00:00Z", "2025-07-01T00:00:00Z"],
            points.Select(Instants.ToText));
    }
}
