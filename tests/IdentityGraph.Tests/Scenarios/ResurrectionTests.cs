using IdentityGraph.Analyze.Leavers;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// SC-19: a hub removes the leaver's account in A at 10:00, read from A; a rule of B makes it again at 10:20, with single sign-on
/// only, and the identity provider's account is disabled.
/// </summary>
public sealed class ResurrectionTests
{
    private const string Asked = "2025-03-04";

    [Fact]
    public void SC_19_an_account_that_came_back_without_a_way_in_is_latent()
    {
        var leaver = Company("sso").Leaver("rob", Asked);
        Assert.Equal(["R2 Certain a1 rob@a → files L2"], leaver.Lines());
        Assert.Equal(LeaverVerdict.Latent, leaver.Verdict);
        Assert.Equal(RemovalState.Reappeared, leaver.StateOf("a"));
    }

    [Fact]
    public void SC_19_with_a_local_login_it_is_reachable()
    {
        var leaver = Company("sso", "local").Leaver("rob", Asked);
        Assert.Equal(["R1 Certain a1 rob@a → files L2"], leaver.Lines());
        Assert.Equal(LeaverVerdict.Reachable, leaver.Verdict);
    }

    [Fact]
    public void SC_19_before_it_came_back_the_leaver_was_out()
    {
        var leaver = Company("sso").At("2025-03-02T10:10:00Z", asKnownAt: "2025-03-02T10:10:00Z").Leaver("rob");
        Assert.Empty(leaver.Lines());
        Assert.Equal(RemovalState.Verified, leaver.StateOf("a"));
        Assert.Equal(LeaverVerdict.Clear, leaver.Verdict);
    }

    internal static Facts Company(params string[] methods) => new Facts()
        .Run("hr", "2025-02-01", run => run.Person("rob", "2025-03-01").Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"))
        .Run("idp", "2025-03-02T09:00:00Z", run => Complete(run.Node("idp", "System").Account("rob@idp", "rob", "idp", "Disabled", "local")))
        .Run("a", "2025-03-01T09:00:00Z", run => Complete(WithAccount(Files(run), methods)))
        .Run("a", "2025-03-02T10:00:00Z", run => Complete(Files(run)))
        .Run("a", "2025-03-02T10:20:00Z", run => Complete(WithAccount(Files(run), methods)));

    private static Facts.Lines Files(Facts.Lines run) => run.Node("a", "System").Node("files", "Resource").Edge("IN_SYSTEM", "files", "a");

    private static Facts.Lines WithAccount(Facts.Lines run, string[] methods) =>
        run.Account("rob@a", "rob", "a", "Active", methods).Edge("AUTHENTICATED_VIA", "rob@a", "rob@idp").Reads("rob@a", "files");

    private static void Complete(Facts.Lines run)
    {
        foreach (var stream in (string[])["Account", "System", "Resource", "BELONGS_TO", "IN_SYSTEM", "AUTHENTICATED_VIA", "ENTITLES"])
        {
            run.Complete(stream);
        }
    }
}
