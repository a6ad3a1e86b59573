using IdentityGraph.Analyze;
using IdentityGraph.Policies;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Every breach of the rules, and which rules could not be evaluated.</summary>
    /// <param name="ask">As of when, as known when; the profile decides which gates count as passed.</param>
    /// <param name="rules">Ids; null: every rule.</param>
    /// <param name="certainOnly">Leave out what only unknown facts support.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownRuleException">An id no rule has.</exception>
    public async ValueTask<Answer<FindingsAnswer>> AnalyzeAsync(Ask ask, IReadOnlyList<string>? rules = null, bool certainOnly = false, CancellationToken cancellationToken = default)
    {
        var (opened, evaluation, truncated) = await EvaluateAsync(ask, rules, certainOnly, cancellationToken).ConfigureAwait(false);
        return Seal(opened, "analyze", Told(evaluation, evaluation.Findings), truncated, Warnings(evaluation));
    }

    /// <summary>The same as one list to look through: only findings of a rule, or at least that grave.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="rules">Ids; null: every rule.</param>
    /// <param name="least">The least severity listed.</param>
    /// <param name="certainOnly">Leave out what only unknown facts support.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownRuleException">An id no rule has.</exception>
    public async ValueTask<Answer<FindingsAnswer>> FindingsAsync(
        Ask ask,
        IReadOnlyList<string>? rules = null,
        Severity least = Severity.Info,
        bool certainOnly = false,
        CancellationToken cancellationToken = default)
    {
        var (opened, evaluation, truncated) = await EvaluateAsync(ask, rules, certainOnly, cancellationToken).ConfigureAwait(false);
        return Seal(opened, "findings list", Told(evaluation, [.. evaluation.Findings.Where(finding => finding.Severity >= least)]), truncated, Warnings(evaluation));
    }

    /// <summary>One finding with its proof.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="fingerprint">Or the beginning of one, where only one begins so.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">No finding, or more than one, has a fingerprint that begins so.</exception>
    public async ValueTask<Answer<FindingsAnswer>> FindingAsync(Ask ask, string fingerprint, CancellationToken cancellationToken = default)
    {
        var (opened, evaluation, truncated) = await EvaluateAsync(ask, null, false, cancellationToken).ConfigureAwait(false);
        var found = evaluation.Findings.Where(finding => finding.Fingerprint.StartsWith(fingerprint, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 1
            ? Seal(opened, "findings show", Told(evaluation, found), truncated, Warnings(evaluation))
            : throw new UnknownIdentityException(fingerprint, found.Count == 0 && truncated is not null
                ? " among the findings made before the time budget ended; give it more time"
                : found.Count == 0
                ? " as a finding at that moment; `findings list` shows them"
                : $" one finding but {found.Count}; give more of the fingerprint");
    }

    /// <summary>The rules, or one of them; needs no store.</summary>
    /// <param name="ask">When; nothing of it decides.</param>
    /// <param name="policy">Named in the answer.</param>
    /// <param name="time">Names the moment where none is asked for.</param>
    /// <param name="rule">Id; null: all.</param>
    /// <exception cref="UnknownRuleException">An id no rule has.</exception>
    public static Answer<RulesAnswer> Rules(Ask ask, AnalysisPolicy policy, TimeProvider time, string? rule = null)
    {
        var now = time.GetUtcNow();
        return new Answer<RulesAnswer>
        {
            Command = rule is null ? "rules list" : "rules show",
            AsOf = ask.AsOf ?? now,
            AsKnownAt = ask.AsKnownAt ?? now,
            Profile = ask.Profile.ToString(),
            Policy = PolicyName(policy),
            Store = StoreAnswer.NotFolded,
            Data = new RulesAnswer { Rules = [.. Chosen(rule is null ? null : [rule]).Select(analyzer => Told(analyzer.Rule)).OrderBy(told => told.Id, StringComparer.Ordinal)] },
        };
    }

    private async ValueTask<(Opened Opened, Evaluation Evaluation, string? Truncated)> EvaluateAsync(
        Ask ask, IReadOnlyList<string>? rules, bool certainOnly, CancellationToken cancellationToken)
    {
        var analyzers = Chosen(rules);
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var evaluation = Evaluation.Of(new Analysis(opened.View, Policy, ask.Profile, clock.Token, clock.Budget), analyzers, certainOnly, clock.Report);
        cancellationToken.ThrowIfCancellationRequested();
        return (opened, evaluation, evaluation.IsCutShort ? "time budget: some rules were not evaluated to the end, or some beginnings not traced" : null);
    }

    private static IReadOnlyList<IAnalyzer> Chosen(IReadOnlyList<string>? rules) => rules is null or []
        ? Analyzers.All
        : [.. rules.Select(id => Analyzers.Find(id) ?? throw new UnknownRuleException(id)).Distinct()];

    private static List<string> Warnings(Evaluation evaluation) => evaluation.Untraced == 0
        ? []
        : [$"the beginning of {evaluation.Untraced} finding(s) lies too many changes back to be traced; their firstTrueAt is null"];

    private static FindingsAnswer Told(Evaluation evaluation, IReadOnlyList<Finding> findings)
    {
        var proofs = new Dictionary<string, IReadOnlyList<ProofStep>>(StringComparer.Ordinal);
        List<FindingAnswer> told = [];
        foreach (var finding in findings)
        {
            var key = $"p{told.Count + 1}";
            proofs[key] = ProofSteps.Of(finding);
            told.Add(Told(finding, key));
        }

        return new FindingsAnswer
        {
            Findings = told,
            NotEvaluated = [.. evaluation.NotEvaluated.Select(blind => new NotEvaluated(blind.Rule.Id, blind.Why))],
            Proofs = proofs,
        };
    }

    private static FindingAnswer Told(Finding finding, string proof) => new()
    {
        Rule = finding.Rule.Id,
        Title = finding.Rule.Title,
        Subject = finding.Subject,
        Others = [.. finding.Others.Select(other => other.Id)],
        Reason = finding.Reason,
        Count = finding.Count,
        Details = finding.Details.ToDictionary(detail => detail.Key, detail => JsonValues.Of(detail.Value), StringComparer.Ordinal),
        Severity = finding.Severity.ToString(),
        SeverityWhy = finding.SeverityWhy,
        Certainty = finding.Certainty.ToString(),
        FirstTrueAt = finding.FirstTrueAt,
        Fingerprint = finding.Fingerprint,
        Status = "Open",
        Policy = finding.Policy is { } used ? new PolicyValueAnswer(used.Name, used.Value) : null,
        Proof = proof,
        Remediation = finding.Rule.Remediation,
        Frameworks = Told(finding.Rule.Frameworks),
    };

    private static RuleAnswer Told(FindingRule rule) => new()
    {
        Id = rule.Id,
        Title = rule.Title,
        Severity = rule.Severity.ToString(),
        SeverityNote = rule.SeverityNote,
        Fires = rule.Fires,
        Remediation = rule.Remediation,
        Needs = rule.Needs,
        Frameworks = Told(rule.Frameworks),
        Page = $"docs/findings/{rule.Id}.md",
    };

    private static Dictionary<string, IReadOnlyList<string>> Told(Frameworks frameworks) =>
        frameworks.All.ToDictionary(framework => framework.Name, framework => framework.Ids, StringComparer.Ordinal);
}

/// <summary>An id that no rule has.</summary>
public sealed class UnknownRuleException(string id) : Exception($"`{id}` is no rule; `rules list` shows them")
{
    public string Id { get; } = id;
}
