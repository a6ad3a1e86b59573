namespace IdentityGraph.Report.Answers;

/// <summary>Every breach found, and every rule that could not be evaluated with why.</summary>
public sealed record FindingsAnswer
{
    /// <summary>Gravest first, then rule, subject, fingerprint.</summary>
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

    /// <summary>Node id.</summary>
    public required string Subject { get; init; }

    /// <summary>Other nodes it is about: target, automation, credential…</summary>
    public required IReadOnlyList<string> Others { get; init; }

    public required string Reason { get; init; }

    /// <summary>What it sums up; null where it sums up nothing.</summary>
    public required long? Count { get; init; }

    /// <summary>The numbers and ids that the rule names.</summary>
    public required IReadOnlyDictionary<string, string> Details { get; init; }

    /// <summary>Info, Low, Medium, High or Critical.</summary>
    public required string Severity { get; init; }

    /// <summary>Base, then each step up or down in words.</summary>
    public required IReadOnlyList<string> SeverityWhy { get; init; }

    /// <summary>Certain or Possible.</summary>
    public required string Certainty { get; init; }

    /// <summary>Earliest instant since which it holds without a break.</summary>
    public required DateTimeOffset? FirstTrueAt { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>New, Open, Confirmed, Accepted, FalsePositive, Resolved or Reopened.</summary>
    public required string Status { get; init; }

    /// <summary>The policy value used; null where none is.</summary>
    public required PolicyValueAnswer? Policy { get; init; }

    /// <summary>Key into proofs; null where the proof is a list of facts in details.</summary>
    public required string? Proof { get; init; }

    public required string Remediation { get; init; }

    /// <summary>Framework name to control ids.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Frameworks { get; init; }
}

public sealed record PolicyValueAnswer(string Name, string Value);
