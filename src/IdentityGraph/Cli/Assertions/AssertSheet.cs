using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli.Assertions;

/// <summary>Claims as a table: a row for one that passed, a row for each thing that breaks one.</summary>
internal static class AssertSheet
{
    /// <param name="data">What was judged.</param>
    /// <param name="sources">What it was judged on.</param>
    public static Sheet Of(AssertAnswer data, IReadOnlyList<SourceAnswer> sources) => Sheet.Of(
        $"{(data.Title is null ? "" : $"{data.Title}: ")}{data.Passed} passed, {data.Failed} failed{OnWhat(sources)}",
        ["assertion", "result", "by", "target", "certainty", "what", "how"],
        data.Assertions.SelectMany(one => Rows(one, data)),
        [
            .. data.Assertions.SelectMany(one => one.Because.Select(note => data.Assertions.Count == 1 ? note : $"{one.Name}: {note}")),
            .. data.Assertions.Where(static one => one.Broken > one.Offences.Count).Select(static one => $"{one.Name}: {one.Broken - one.Offences.Count} more break it and are not listed"),
            .. data.Assertions.Any(static one => one.Holds == "Unknown" && !one.Passed && one.Judged) ? ["Unknown: only possibly broken, or by what nobody can follow; --allow-possible lets that pass."] : Array.Empty<string>(),
        ]);

    private static IEnumerable<string?[]> Rows(AssertionAnswer one, AssertAnswer data) => one.Offences.Count == 0
        ? [[one.Name, Result(one), "", "", "", one.Claim == one.Name ? "" : one.Claim, ""]]
        : one.Offences.Select(offence => new[]
        {
            one.Name,
            Result(one),
            string.Join(" & ", offence.Subject),
            offence.Target ?? "",
            offence.Certainty,
            offence.What,
            offence.Proof is { } key && data.Proofs.TryGetValue(key, out var steps) ? Proof(steps) : "",
        });

    /// <summary>A claim about one thing has no steps; then its facts are the proof.</summary>
    private static string Proof(IReadOnlyList<ProofStep> steps) =>
        steps is [{ Rule: not "seed", From.Count: 0 } only] ? string.Join("; ", only.Facts.Select(ProofText.Fact)) : ProofText.Line(steps);

    private static string OnWhat(IReadOnlyList<SourceAnswer> sources) => sources.Count(static source => source.State != "complete") is > 0 and var some
        ? $"; {some} of {sources.Count} sources were not read to their end, and what they do not say may break a claim (--require-complete makes that exit 4)"
        : "";

    private static string Result(AssertionAnswer one) => (one.Passed, one.Holds, one.Judged) switch
    {
        (true, "True", _) => "passed",
        (true, _, _) => "passed, possibly broken",
        (_, "False", _) => "FAILED",
        (_, _, false) => one.Scope == 0 ? "NOTHING TO JUDGE" : "NOT JUDGED TO THE END",
        _ => "UNKNOWN",
    };
}
