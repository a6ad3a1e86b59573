using System.Text;
using IdentityGraph.Analyze;

namespace IdentityGraph.Report;

/// <summary>The head of a rule's page in the documentation, made from the rule.</summary>
public static class RuleText
{
    private static readonly string[] s_owasp =
    [
        "Improper Offboarding", "Secret Leakage", "Vulnerable Third-Party NHI", "Insecure Authentication", "Overprivileged NHI",
        "Insecure Cloud Deployment Configurations", "Long-Lived Secrets", "Environment Isolation", "NHI Reuse", "Human Use of NHI",
    ];

    /// <summary>Title and table, in Markdown.</summary>
    public static string Head(FindingRule rule)
    {
        var text = new StringBuilder();
        text.Append($"# {rule.Id} {rule.Title}\n\n| | |\n|---|---|\n");
        text.Append($"| severity | {rule.Severity}{(rule.SeverityNote is { } note ? $"; {note}" : "")} |\n");
        text.Append($"| fires when | {rule.Fires} |\n");
        text.Append($"| must have been read to the end | {(rule.Needs.Count == 0 ? "nothing" : string.Join(", ", rule.Needs))} |\n");
        text.Append($"| fix | {rule.Remediation} |\n");
        foreach (var (name, ids) in rule.Frameworks.All)
        {
            text.Append($"| {name} | {(ids.Count == 0 ? "none" : string.Join(", ", ids.Select(id => Named(name, id))))} |\n");
        }

        return text.ToString();
    }

    private static string Named(string framework, string id) =>
        framework == "OWASP NHI" && int.TryParse(id.AsSpan(3), out var number) ? $"{id}:2025 {s_owasp[number - 1]}" : id;
}
