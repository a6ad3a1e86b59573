using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>The words leaver tests are written in.</summary>
internal static class LeaverStory
{
    /// <summary>A person employed since 2020 whose engagement ends then; null: it does not end.</summary>
    public static Facts.Lines Person(this Facts.Lines run, string person, string? leaves) => run
        .Node(person, "Person")
        .Node($"job:{person}", "Employment", ("startAt", Facts.Instant("2020-01-01")), ("endAt", leaves is null ? null : Facts.Instant(leaves)))
        .With(from: "2020-01-01")
        .Edge("EMPLOYED_AS", person, $"job:{person}");

    /// <summary>An account of theirs that demands no second factor.</summary>
    public static Facts.Lines Account(this Facts.Lines run, string account, string person, string system, string state = "Active", params string[] methods) => run
        .Node(account, "Account", ("state", state), ("authMethods", methods), ("mfa", false))
        .Edge("BELONGS_TO", account, person)
        .Edge("IN_SYSTEM", account, system);

    public static Facts.Lines Reads(this Facts.Lines run, string principal, string target, string level = "L2") =>
        run.Edge("ENTITLES", principal, target, ("level", level));

    /// <summary>A credential that never expires.</summary>
    public static Facts.Lines Secret(this Facts.Lines run, string credential, string kind, string subject, params (string Name, object? Value)[] more) => run
        .Node(credential, "Credential", [("kind", kind), ("state", "Active"), ("expiresAt", null), .. more])
        .Edge("AUTHENTICATES_AS", credential, subject);

    public static LeaverJudgement Leaver(this GraphView view, string person) =>
        new Leavers(view, new AnalysisPolicy()).Of([view.Find(person)!.Value], TestContext.Current.CancellationToken).Single();

    public static LeaverJudgement Leaver(this Facts facts, string person, string asOf) => facts.At(asOf).Leaver(person);

    /// <summary>"R1 Certain a1 pat@chat → channel L2", a line a path.</summary>
    public static string[] Lines(this LeaverJudgement leaver) =>
        [.. leaver.Paths.Select(path => $"{path.Class} {(path.IsCertain ? "Certain" : "Possible")} {path.Anchor.Word} {path.Anchor.Node} → {path.Target} {path.Level}")];

    /// <summary>State of a footprint system.</summary>
    public static RemovalState StateOf(this LeaverJudgement leaver, string system) =>
        Assert.Single(leaver.Systems, one => one.System?.Id == system).Removal.State;
}
