using System.Text.RegularExpressions;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.GitHubWorkflows;

/// <summary>What words in workflow files mean.</summary>
/// <remarks>https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax</remarks>
internal static partial class WorkflowWords
{
    /// <summary>Events that outsiders can fire, in which the workflow has the repository's secrets and a token that writes.</summary>
    private static readonly string[] s_outsiders = ["pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment"];

    private static readonly string[] s_manual = ["workflow_dispatch", "workflow_call", "repository_dispatch"];

    /// <summary>The events of `on`, which YAML 1.1 reads as the word true: a text, a list, or a mapping.</summary>
    public static IReadOnlyList<string> Triggers(EntryNode workflow)
    {
        var on = On(workflow);
        return on?.Text is { } one ? [one]
            : on?.Items is { } items ? [.. items.Select(item => item.Text).OfType<string>()]
            : on?.Members is { } members ? [.. members.Select(member => member.Key)]
            : [];
    }

    public static EntryNode? On(EntryNode workflow) => workflow.Find("on") ?? workflow.Find("true");

    /// <summary>event, schedule or manual: what starts it by itself counts before what a person starts. Null: nothing is said.</summary>
    public static string? Trigger(IReadOnlyList<string> triggers) =>
        triggers.Count == 0 ? null
        : triggers.Any(trigger => trigger != "schedule" && !s_manual.Contains(trigger)) ? "event"
        : triggers.Contains("schedule") ? "schedule"
        : triggers.Contains("repository_dispatch") ? "event"
        : "manual";

    public static bool ByOutsiders(IReadOnlyList<string> triggers) => triggers.Any(trigger => s_outsiders.Contains(trigger));

    /// <summary>Whether a checked out reference is what somebody proposes, and not what the repository holds.</summary>
    public static bool IsProposed(string reference) => Proposed().IsMatch(reference);

    /// <summary>Whether a command fetches what somebody proposes, or puts their words into a script.</summary>
    public static bool RunsProposed(string command) => Fetched().IsMatch(command) || Injected().IsMatch(command);

    /// <summary>The names in `secrets.NAME` and `secrets['NAME']` of the expressions in a text.</summary>
    public static IEnumerable<string> Secrets(string text)
    {
        if (!text.Contains("secrets", StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        foreach (Match expression in Expression().Matches(text))
        {
            foreach (Match name in SecretName().Matches(expression.Value))
            {
                yield return name.Groups["name"].Value.ToUpperInvariant();
            }
        }
    }

    public static bool IsExpression(string text) => text.Contains("${{", StringComparison.Ordinal);

    /// <summary>Whether `uses` is fixed to content that nobody can change: a whole commit, or the digest of an image.</summary>
    public static bool IsPinned(string reference) => Pinned().IsMatch(reference);

    [GeneratedRegex(@"github\.event\.pull_request\.(?:head|number|merge_commit_sha)|github\.head_ref|github\.event\.workflow_run\.(?:head_|pull_requests)|refs/pull/|github\.event\.issue\.number", RegexOptions.CultureInvariant)]
    private static partial Regex Proposed();

    [GeneratedRegex(@"\bgh\s+pr\s+checkout\b|\bgit\s+(?:fetch|pull|checkout)\b[^\n]*(?:\bpull/|github\.head_ref|github\.event\.pull_request\.head|workflow_run\.head_)", RegexOptions.CultureInvariant)]
    private static partial Regex Fetched();

    [GeneratedRegex(@"\$\{\{[^}]*github\.(?:event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|comment\.body|review\.body|discussion\.(?:title|body)|workflow_run\.(?:head_branch|head_commit\.message|display_title)|head_commit\.message)|head_ref)[^}]*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Injected();

    [GeneratedRegex(@"\$\{\{.{0,2000}?\}\}", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\bsecrets\s*(?:\.\s*(?<name>[A-Za-z_][A-Za-z0-9_]{0,254})|\[\s*['""](?<name>[A-Za-z_][A-Za-z0-9_]{0,254})['""]\s*\])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\A(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|sha256:[0-9a-fA-F]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pinned();
}
