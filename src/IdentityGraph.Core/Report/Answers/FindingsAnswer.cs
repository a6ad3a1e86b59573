using System.Text.Json;

namespace IdentityGraph.Report.Answers;

/// <summary>Every breach found, and every rule that could not be evaluated with why.</summary>
public sealed record FindingsAnswer
{
    /// <summary>Gravest first, certain before possible, then by rule, subject, fingerprint.</summary>
    public required IReadOnlyList<FindingAnswer> Findings { get; init; }

    /// <summary>Rules whose data was not read to its end: no finding of theirs means nothing.</summary>
    public required IReadOnlyList<NotEvaluated> NotEvaluated { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> Proofs { get; init; }
}

public sealed record NotEvaluated(string Rule, string Why);

public sealed record FindingAnswer
{
    /// <summary>IG-O01…</summary>
    public required string Rule { get; init; }

    public required string Title { get; init; }

    /// <summary>Node id; of a finding about a source, the source's name.</summary>
    public required string Subject { get; init; }

    /// <summary>Other nodes it is about: target, automation, credential…</summary>
    public required IReadOnlyList<string> Others { get; init; }

    public required string Reason { get; init; }

    /// <summary>What it sums up; null where it sums up nothing.</summary>
    public required long? Count { get; init; }

    /// <summary>The numbers and ids that the rule names: text, list of texts, flag or number.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Details { get; init; }

    /// <summary>Info, Low, Medium, High or Critical.</summary>
    public required string Severity { get; init; }

    /// <summary>Base, then each step up or down in words.</summary>
    public required IReadOnlyList<string> SeverityWhy { get; init; }

    /// <summary>Certain or Possible.</summary>
    public required string Certainty { get; init; }

    /// <summary>Earliest instant since which it holds without a break; null where nothing tells when it began.</summary>
    public required DateTimeOffset? FirstTrueAt { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>New, Open, Confirmed, Accepted, FalsePositive, Resolved or Reopened; Open as long as decisions on findings are not kept.</summary>
    public required string Status { get; init; }

    /// <summary>The policy value used; null where none is.</summary>
    public required PolicyValueAnswer? Policy { get; init; }

    /// <summary>Key into proofs: what is reached and how, then a last step, named by the rule, with the facts that make it a finding.</summary>
    public required string? Proof { get; init; }

    public required string Remediation { get; init; }

    /// <summary>Framework name to control ids.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Frameworks { get; init; }
}

public sealed record PolicyValueAnswer(string Name, string Value);

/// <summary>The rules and what each is about.</summary>
public sealed record RulesAnswer
{
    /// <summary>By id.</summary>
    public required IReadOnlyList<RuleAnswer> Rules { get; init; }
}

public sealed record RuleAnswer
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Before the steps that a finding adds.</summary>
    public required string Severity { get; init; }

    /// <summary>When the base is another; null: never.</summary>
    public required string? SeverityNote { get; init; }

    public required string Fires { get; init; }

    public required string Remediation { get; init; }

    /// <summary>Kinds of facts that must have been read to their end; else it is not evaluated.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>Framework name to control ids.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Frameworks { get; init; }

    /// <summary>Its page in the documentation.</summary>
    public required string Page { get; init; }
}
