using IdentityGraph.Analyze.Leavers;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// SC-13: a former employee knows the administrator's login of a standalone test environment that no lifecycle process covers
/// (NCS, 2022/23). They left on 2022-11-16 and first came back on 2023-01-06.
/// </summary>
public sealed class KnownLoginTests
{
    private const string Today = "2023-01-06";

    [Fact]
    public void SC_13_a_login_that_was_never_changed_still_opens_the_environment()
    {
        var leaver = Company(run => Environment(run)).Leaver("lee", Today);
        Assert.Equal(["R1 Certain a3 login → test-env L5"], leaver.Lines());
        Assert.Equal(LeaverVerdict.Reachable, leaver.Verdict);
        Assert.Equal(RemovalState.NotStarted, leaver.StateOf("test-env"));
    }

    [Fact]
    public void SC_13_an_environment_nobody_collected_leaves_the_verdict_unverified_never_clear()
    {
        var leaver = Company(_ => { }).Leaver("lee", Today);
        Assert.Empty(leaver.Lines());
        Assert.Equal(LeaverVerdict.Unverified, leaver.Verdict);
        Assert.Contains(leaver.Unknown, words => words.Contains("login", StringComparison.Ordinal));
    }

    [Fact]
    public void SC_13_a_login_changed_after_they_left_is_closed_once_it_is_read()
    {
        var leaver = Company(run => Environment(run), rotated: Facts.Instant("2022-11-17")).Leaver("lee", Today);
        Assert.Empty(leaver.Lines());
        Assert.Equal(LeaverVerdict.Clear, leaver.Verdict);
        Assert.Equal(RemovalState.Verified, leaver.StateOf("test-env"));
    }

    internal static Facts Company(Action<Facts.Lines> more, DateTimeOffset? rotated = null) => Facts.Of(Today, run =>
    {
        run.Person("lee", "2022-11-16")
            .Person("max", null)
            .Secret("login", "password", "test-admin", ("rotatedAt", rotated))
            .Edge("HELD_BY", "login", "lee").With(from: "2022-01-01")
            .Edge("HELD_BY", "login", "max").With(from: "2022-01-01");
        more(run);
    });

    internal static void Environment(Facts.Lines run) => run
        .Node("test-env", "System", ("category", "cloud"))
        .Node("test-admin", "Account", ("state", "Active"), ("mfa", false))
        .Edge("IN_SYSTEM", "test-admin", "test-env")
        .Reads("test-admin", "test-env", "L5");
}
