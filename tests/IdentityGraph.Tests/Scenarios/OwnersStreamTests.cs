using IdentityGraph.Analyze.Ownership;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// For which kinds an owners listing that was read to its end could have named owners: a stream named for owners, of everything its
/// source describes; one of another name, of the kinds of which it ever named one. The listing names an owner of a robot, none of the app.
/// </summary>
public sealed class OwnersStreamTests
{
    [Theory]
    [InlineData("OWNED_BY", true, OrphanReason.O1)]
    [InlineData("owners", true, OrphanReason.O1)]
    [InlineData("owners of robots", true, OrphanReason.O7)]
    [InlineData("OWNED_BY", false, OrphanReason.O7)] // somebody else's app
    public void An_app_without_an_owner_was_never_owned_only_where_the_listing_could_have_named_one(string stream, bool describesApps, OrphanReason reason)
    {
        var facts = Company(stream, describesApps, complete: true);

        Assert.Equal((reason is OrphanReason.O1 ? OwnershipState.Orphaned : OwnershipState.Unknown, (OrphanReason?)reason), (facts.Of("app").State, facts.Of("app").Reason));
        Assert.Equal(OrphanReason.O1, facts.Of("idle").Reason); // a robot like the one that is owned
        Assert.Null(facts.Of("robot").Reason);
    }

    [Fact]
    public void A_listing_that_broke_off_says_nothing_of_either()
    {
        var facts = Company("OWNED_BY", describesApps: true, complete: false);

        Assert.Equal([OrphanReason.O7, OrphanReason.O7], new[] { "app", "idle" }.Select(id => facts.Of(id).Reason!.Value));
    }

    private static Facts Company(string stream, bool describesApps, bool complete) => new Facts()
        .Run("hr", OwnershipLattice.Today, run => OwnershipLattice.Employs(run, "ann").Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"))
        .Run("catalogue", OwnershipLattice.Today, run =>
        {
            OwnershipLattice.Runs(OwnershipLattice.Runs(run, "robot"), "idle").Complete("ServiceIdentity").Edge("OWNED_BY", "robot", "ann").With(stream: stream);
            _ = complete ? run.Complete(stream) : run.Incomplete(stream);
            _ = describesApps ? App(run) : run;
        })
        .Run("shop", OwnershipLattice.Today, run => _ = describesApps ? run : App(run));

    private static Facts.Lines App(Facts.Lines run) => run.Node("app", "Application", ("state", "Active")).Complete("Application");
}
