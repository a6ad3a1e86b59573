using IdentityGraph.Analyze;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Findings as people read them.</summary>
internal static class FindingsText
{
    public static Sheet Table(FindingsAnswer data) => Sheet.Of(
        $"{data.Findings.Count} finding(s){(data.Findings.Count == 0 ? "" : ": ")}{string.Join(", ", data.Findings.GroupBy(finding => finding.Severity).Select(group => $"{group.Count()} {group.Key}"))}{(data.NotEvaluated.Count == 0 ? "" : $"; {data.NotEvaluated.Count} rule(s) not evaluated")}",
        ["severity", "rule", "title", "subject", "reason", "others", "certainty", "since", "count", "fingerprint"],
        data.Findings.Select(finding => new[]
        {
            finding.Severity,
            finding.Rule,
            finding.Title,
            finding.Subject,
            finding.Reason,
            string.Join(", ", finding.Others),
            finding.Certainty,
            finding.FirstTrueAt is { } since ? Instants.ToText(since) : null,
            finding.Count?.ToString(),
            finding.Fingerprint,
        }),
        [.. data.NotEvaluated.Select(blind => $"not evaluated: {blind.Rule}: {blind.Why}")]);

    /// <summary>One finding, line by line, with its proof.</summary>
    public static Sheet Page(FindingsAnswer data)
    {
        var finding = data.Findings[0];
        return Sheet.Of(
            $"{finding.Rule} {finding.Title}: {finding.Subject}",
            ["what", "value"],
            [
                ["reason", finding.Reason],
                ["others", string.Join(", ", finding.Others)],
                ["severity", $"{finding.Severity} ({string.Join("; ", finding.SeverityWhy)})"],
                ["certainty", finding.Certainty],
                ["since", finding.FirstTrueAt is { } since ? Instants.ToText(since) : "not known"],
                .. finding.Count is { } count ? new string?[][] { ["count", count.ToString()] } : [],
                .. finding.Details.Select(detail => new[] { detail.Key, detail.Value.ToString() }),
                .. finding.Policy is { } policy ? new string?[][] { ["policy", $"{policy.Name} {policy.Value}"] } : [],
                ["fix", finding.Remediation],
                .. finding.Frameworks.Where(framework => framework.Value.Count > 0).Select(framework => new[] { framework.Key, string.Join(", ", framework.Value) }),
                ["status", finding.Status],
                ["fingerprint", finding.Fingerprint],
            ],
            ["proof:", .. ProofText.Lines(data.Proofs[finding.Proof!])]);
    }

    /// <summary>Nothing there that any of the rules asked for could be judged by.</summary>
    /// <param name="answer">What they found.</param>
    /// <param name="asked">Their ids, as often as somebody typed them; empty or null: every rule.</param>
    public static bool IsOutOfScope(Answer<FindingsAnswer> answer, string[]? asked) =>
        answer.Truncated is null && answer.Data.Findings.Count == 0
        && answer.Data.NotEvaluated.Count == (asked is { Length: > 0 } ? asked.Distinct(StringComparer.OrdinalIgnoreCase).Count() : Analyzers.All.Count);
}
