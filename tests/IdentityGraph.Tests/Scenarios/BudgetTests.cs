using IdentityGraph.Report;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Every long question ends when its time is up, with what it found by then and the word that more may be; a cancellation throws.</summary>
public sealed class BudgetTests
{
    private static readonly Facts s_company = OwnershipLattice.Company(run => run
        .Node("flow", "Workflow", ("state", "Active")).Node("run", "Run").Edge("RUN_OF", "run", "flow")
        .Node("one", "StepRun").Edge("STEP_OF", "one", "run").Node("two", "StepRun").Edge("STEP_OF", "two", "run")
        .Node("handoff", "Handoff", ("method", "manual")).Edge("HANDOFF_FROM", "handoff", "one").Edge("HANDOFF_TO", "handoff", "two"));

    public static TheoryData<string> Questions => ["orphans", "analyze", "findings", "leavers", "handoffs"];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task An_answer_whose_time_was_up_says_so(string question)
    {
        var answer = await Ask(question, OwnershipTime with { Budget = TimeSpan.FromTicks(1) }, TestContext.Current.CancellationToken);
        Assert.StartsWith("time budget", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task An_answer_without_a_limit_is_whole(string question) =>
        Assert.Null(await Ask(question, OwnershipTime with { Budget = null }, TestContext.Current.CancellationToken));

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Whoever_cancels_gets_no_answer(string question)
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(question, OwnershipTime with { Budget = TimeSpan.FromTicks(1) }, cancelled.Token));
    }

    [Fact]
    public async Task Rules_that_were_not_reached_stand_as_not_evaluated()
    {
        var answer = await Asked().AnalyzeAsync(OwnershipTime with { Budget = TimeSpan.FromTicks(1) }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(IdentityGraph.Analyze.Analyzers.All.Count, answer.Data.NotEvaluated.Count);
        Assert.All(answer.Data.NotEvaluated, blind => Assert.EndsWith("the time budget ended before it was evaluated to the end", blind.Why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_leaver_judged_in_a_hurry_is_never_clear()
    {
        var answer = await Asked().LeaversAsync(OwnershipTime with { Budget = TimeSpan.FromTicks(1) }, ["bob"], TestContext.Current.CancellationToken);
        Assert.NotEqual("Clear", Assert.Single(answer.Data.Leavers).Verdict);
        Assert.Equal("time budget: more secrets may be known to leavers", answer.Truncated);
    }

    [Fact]
    public async Task Whoever_watches_is_told_how_far_it_is()
    {
        var told = new List<AskProgress>();
        await Asked().OrphansAsync(OwnershipTime with { Progress = new Told(told) }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(new AskProgress("identities", 18, 18), told[^1]);
    }

    /// <summary>A clock by which every limit is over at once.</summary>
    private static Investigation Asked() => new(new FactsStore(s_company), new(), new SpentTime());

    private static Ask OwnershipTime => FactsStore.As(OwnershipLattice.Today);

    /// <summary>What the answer says was cut.</summary>
    private static async Task<string?> Ask(string question, Ask ask, CancellationToken cancellationToken)
    {
        var investigation = Asked();
        return question switch
        {
            "orphans" => (await investigation.OrphansAsync(ask, true, cancellationToken)).Truncated,
            "analyze" => (await investigation.AnalyzeAsync(ask, cancellationToken: cancellationToken)).Truncated,
            "findings" => (await investigation.FindingsAsync(ask, cancellationToken: cancellationToken)).Truncated,
            "leavers" => (await investigation.LeaversAsync(ask, null, cancellationToken)).Truncated,
            _ => (await investigation.HandoffListAsync(ask, cancellationToken)).Truncated,
        };
    }

    private sealed class Told(List<AskProgress> told) : IProgress<AskProgress>
    {
        public void Report(AskProgress value) => told.Add(value);
    }
}
