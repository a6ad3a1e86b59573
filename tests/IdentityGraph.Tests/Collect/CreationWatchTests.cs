using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Collect;

/// <summary>What is said to be younger than its reading gives the time of collection away. Everything here was read on 2 June.</summary>
public sealed class CreationWatchTests
{
    [Fact]
    public void Things_that_began_after_they_were_read_are_counted_and_the_last_is_named()
    {
        var said = Warning(run => run
            .Account("kim").With(from: "2025-06-04")
            .Key("key", props: ("issuedAt", Facts.Instant("2025-06-09")))
            .Service("bot").With(from: "2025-05-01"));

        Assert.StartsWith("2 thing(s) are stated to have begun after they were read, the last `key` at 2025-06-09T00:00:00Z, read at 2025-06-02T00:00:00Z: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_is_held_against_its_own_reading() => Assert.Null(Warning(run => run.Account("kim").With(from: "2025-06-04", at: "2025-06-05")));

    [Theory]
    [InlineData("2025-06-02", false)] // the moment it was read
    [InlineData("2025-06-02T00:00:01Z", true)]
    public void To_the_second(string from, bool warns) => Assert.Equal(warns, Warning(run => run.Account("kim").With(from: from)) is not null);

    [Fact]
    public void What_is_planned_may_begin_later() => Assert.Null(Warning(run => run
        .Node("job", "Employment", ("startAt", Facts.Instant("2025-07-01"))).With(from: "2025-07-01")
        .Node("grant", "Assignment", ("startAt", Facts.Instant("2025-07-01"))).With(from: "2025-07-01")
        .Edge("OWNED_BY", "bot", "kim").With(from: "2025-07-01")
        .Service("bot").With(from: "2025-07-01", grade: EvidenceGrade.Attestation)));

    private static string? Warning(Action<Facts.Lines> lines)
    {
        var (run, observations) = new Facts().Run("source", "2025-06-02", lines).Runs.Single();
        var watch = new CreationWatch(run.Header.StartedAt);
        foreach (var observation in observations)
        {
            watch.See(observation);
        }

        return watch.Warning();
    }
}
