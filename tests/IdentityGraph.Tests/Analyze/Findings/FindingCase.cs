using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Policies;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Findings;

/// <summary>A story in which a rule finds something, or the nearest one in which it does not.</summary>
/// <param name="Rule">Id.</param>
/// <param name="Story">What is told, as a sentence.</param>
/// <param name="Found">"severity certainty reason" of the findings on the subject, in order, with " | " between; null: there is none, not even a possible one.</param>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Facts">The facts.</param>
/// <param name="AsOf">When it is asked.</param>
internal sealed record FindingCase(string Rule, string Story, string? Found, string Subject, Func<Facts> Facts, string AsOf)
{
    public override string ToString() => $"{Rule} {Story}";

    /// <summary>What one rule finds, with its beginnings.</summary>
    public static Evaluation Evaluate(Facts facts, string asOf, params string[] rules) => Evaluation.Of(
        new Analysis(facts.At(asOf), new AnalysisPolicy(), AttackerProfile.ExternalBearer),
        rules.Length == 0 ? Analyzers.All : [.. rules.Select(rule => Analyzers.Find(rule)!)]);

    public static string Say(Finding finding) => $"{finding.Severity} {finding.Certainty} {finding.Reason}";

    /// <summary>"subject: severity certainty reason", in the order of the answer.</summary>
    public static string[] Told(Facts facts, string asOf, string rule) =>
        [.. Evaluate(facts, asOf, rule).Findings.Select(finding => $"{finding.Subject}: {Say(finding)}")];
}
