using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// From a contractor to the vault there are three ways: an entitlement of the group, a workflow that may be changed and runs as the
/// robot, and an old copy of the robot's key.
/// </summary>
public sealed class PathQuestionTests
{
    private static readonly Action<Facts.Lines> s_vault = l => l
        .Account("contractor").Resource("vault").Service("robot").Workflow("nightly").Resource("notes")
        .Node("builders", "Group").Edge("MEMBER_OF", "contractor", "builders").Edge("ENTITLES", "builders", "vault", ("level", "L2"))
        .Edge("CAN_MODIFY", "contractor", "nightly").Edge("RUNS_AS", "nightly", "robot").Edge("ENTITLES", "robot", "vault", ("level", "L2"))
        .Edge("ENTITLES", "contractor", "notes", ("level", "L2")).Key("copy").Edge("STORED_IN", "copy", "notes").Edge("AUTHENTICATES_AS", "copy", "robot");

    [Fact]
    public async Task Every_minimal_proof_is_given_shortest_first_and_said_to_be_all()
    {
        var answer = await Ask(s_vault, new PathQuestion { From = "contractor", To = "vault", Count = 10 });

        Assert.Equal(["contractor vault", "contractor nightly robot vault", "contractor notes copy robot vault"], Nodes(answer));
        Assert.True(answer.Data.All);
        Assert.Null(answer.Truncated);
    }

    [Fact]
    public async Task Fewer_are_the_best_ones_and_there_are_more()
    {
        var answer = await Ask(s_vault, new PathQuestion { From = "contractor", To = "vault", Count = 2 });

        Assert.Equal(["contractor vault", "contractor nightly robot vault"], Nodes(answer));
        Assert.False(answer.Data.All);
        Assert.Null((await Ask(s_vault, new PathQuestion { From = "contractor", To = "vault" })).Data.All);
    }

    /// <summary>Roles within a role that eve can give: each is a way to the vault of its own, and only the first few are told apart.</summary>
    [Theory]
    [InlineData(6, true)]
    [InlineData(30, false)]
    public async Task Ways_that_are_not_told_apart_are_never_said_to_be_all(int roles, bool all)
    {
        var answer = await Ask(
            l =>
            {
                l.Account("eve").Resource("vault").Node("lead", "Role").Node("open", "Entitlement").Edge("CAN_GRANT", "eve", "lead").Edge("ENTITLES", "open", "vault", ("level", "L2"));
                for (var role = 0; role < roles; role++)
                {
                    l.Node($"role{role}", "Role").Edge("HAS_ROLE", "lead", $"role{role}").Edge("GRANTS", $"role{role}", "open");
                }
            },
            new PathQuestion { From = "eve", To = "vault", Count = 100 });

        Assert.Equal(all, answer.Data.All);
        Assert.Equal(all, answer.Truncated is null);
        Assert.True(all ? answer.Data.Paths.Count == roles : answer.Data.Paths.Count < roles, $"{answer.Data.Paths.Count} paths");
    }

    [Fact]
    public async Task What_is_to_be_avoided_is_on_no_step_not_even_of_a_walk()
    {
        Assert.Equal(["contractor vault"], Nodes(await Ask(s_vault, new PathQuestion { From = "contractor", To = "vault", Count = 10, Avoid = ["robot"] })));
        Assert.Equal(["contractor notes copy robot vault"], Nodes(await Ask(s_vault, new PathQuestion { From = "contractor", To = "vault", Count = 10, Avoid = ["builders", "nightly"] })));
        Assert.Empty(Nodes(await Ask(s_vault, new PathQuestion { From = "contractor", To = "vault", Count = 10, Avoid = ["builders", "robot"] })));
    }

    [Fact]
    public async Task Two_ways_to_one_of_two_things_needed_make_two_proofs()
    {
        var answer = await Ask(
            l => l.Account("eve").Resource("cipher").Resource("left").Resource("right").Key("secret").Key("key", "encryptionKey")
                .Edge("ENTITLES", "eve", "cipher", ("level", "L2")).Edge("ENTITLES", "eve", "left", ("level", "L2")).Edge("ENTITLES", "eve", "right", ("level", "L2"))
                .Edge("STORED_IN", "secret", "cipher").Edge("ENCRYPTED_WITH", "secret", "key").Edge("STORED_IN", "key", "left").Edge("STORED_IN", "key", "right"),
            new PathQuestion { From = "eve", To = "secret", Count = 5 });

        Assert.Equal(["eve cipher left key secret", "eve cipher right key secret"], Nodes(answer));
        Assert.True(answer.Data.All);
    }

    [Fact]
    public async Task Held_material_that_is_dead_is_on_a_path_unless_only_live_ones_are_asked_for()
    {
        Action<Facts.Lines> store = l => l.Account("eve").Resource("wiki").Edge("ENTITLES", "eve", "wiki", ("level", "L2"))
            .Key("old", "apiKey", ("state", "Disabled")).Edge("STORED_IN", "old", "wiki");

        Assert.Equal(["eve wiki old"], Nodes(await Ask(store, new PathQuestion { From = "eve", To = "old", Count = 3 })));
        Assert.Empty(Nodes(await Ask(store, new PathQuestion { From = "eve", To = "old", Count = 3, LiveOnly = true })));
    }

    [Theory]
    [InlineData("robot", "no path that keeps off `nightly` and `copy` and credentials that are dead; without that `robot` is attained with U (certain)")]
    [InlineData("nightly", "no path that keeps off `nightly` and `copy` and credentials that are dead; without that `nightly` is attained with U (certain)")]
    [InlineData("stranger", "no path, certain or possible, by what is known at that moment; `why-not` says what stands in the way")]
    public async Task That_no_path_keeps_off_something_does_not_say_that_there_is_none(string to, string because)
    {
        var kept = new PathQuestion { From = "contractor", To = to, Avoid = ["nightly", "copy"], LiveOnly = true };

        Assert.Equal(because, (await Ask(l => s_vault(l.Service("stranger")), kept)).Data.Because);
    }

    [Fact]
    public async Task A_possible_proof_is_given_only_where_none_is_certain()
    {
        Action<Facts.Lines> unsure = l => l.Account("eve").Node("bot", "ServiceIdentity").Resource("db")
            .Edge("CAN_ASSUME", "eve", "bot").Edge("ENTITLES", "bot", "db", ("level", "L2"));

        Assert.Equal("Unknown", (await Ask(unsure, new PathQuestion { From = "eve", To = "db", Count = 4 })).Data.Paths.Single()[1].Truth);
        var sure = (await Ask(l => unsure(l.Edge("ENTITLES", "eve", "db", ("level", "L2"))), new PathQuestion { From = "eve", To = "db", Count = 4 })).Data.Paths.Single();
        Assert.All(sure, step => Assert.Equal("True", step.Truth));
    }

    [Fact]
    public async Task A_level_that_is_not_attained_has_no_proof() =>
        Assert.Empty(Nodes(await Ask(s_vault, new PathQuestion { From = "contractor", To = "vault", Count = 3, Level = Level.L3 })));

    [Theory]
    [InlineData("contractor", "builders", "a Group is never attained itself: what `contractor` leads to is in it and has what it gives: ask for the path to that; `contractor` leads to what can give it to others: `foreman`; ask for the path to that")]
    [InlineData("robot", "builders", "a Group is never attained itself: what `robot` leads to is not in it; it can be given by `foreman`, to which `robot` does not lead")]
    [InlineData("robot", "nightly", "no path, certain or possible, by what is known at that moment; `why-not` says what stands in the way")]
    [InlineData("contractor", "vault", null)]
    public async Task Where_there_is_no_path_the_answer_says_what_is_true(string from, string to, string? because)
    {
        Action<Facts.Lines> facts = l => s_vault(l.App("foreman").Edge("CAN_GRANT", "foreman", "builders").Edge("CAN_MODIFY", "contractor", "foreman"));

        var answer = await Ask(facts, new PathQuestion { From = from, To = to });
        Assert.Equal(because, answer.Data.Because);
        Assert.Equal(because is null, answer.Data.Paths.Count > 0);
    }

    [Fact]
    public async Task Instead_of_a_group_the_gravest_of_what_it_gives_is_named()
    {
        Action<Facts.Lines> facts = l => l.Account("eve").Node("admins", "Group").Resource("note").Node("directory", "System", ("tier", 0)).Node("wiki", "System")
            .Edge("MEMBER_OF", "eve", "admins").Edge("ENTITLES", "admins", "note", ("level", "L5")).Edge("ENTITLES", "admins", "wiki", ("level", "L3")).Edge("ENTITLES", "admins", "directory", ("level", "L3"));

        var answer = await Ask(facts, new PathQuestion { From = "eve", To = "admins" });

        Assert.Contains("`admins` is of kind Group: nobody attains it itself; ask about what it gives rights on, the gravest first: `directory` (DRW), `wiki` (DRW), `note` (DRWUA)", answer.Warnings);
    }

    [Fact]
    public async Task A_level_that_is_too_high_says_what_is_attained() =>
        Assert.Equal("no path to that level; `vault` is attained with DR", (await Ask(s_vault, new PathQuestion { From = "contractor", To = "vault", Level = Level.L3 })).Data.Because);

    [Fact]
    public async Task An_id_to_avoid_that_nobody_stated_is_refused() =>
        Assert.Equal("robbot", (await Assert.ThrowsAsync<UnknownIdentityException>(() => Ask(s_vault, new PathQuestion { From = "contractor", To = "vault", Avoid = ["robbot"] }))).Id);

    private static string[] Nodes(Answer<PathAnswer> answer) => [.. answer.Data.Paths.Select(path => string.Join(' ', path.Select(step => step.Node)))];

    private static async Task<Answer<PathAnswer>> Ask(Action<Facts.Lines> lines, PathQuestion question) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, lines)).PathAsync(FactsStore.As(Estate.Day), question, TestContext.Current.CancellationToken);
}
