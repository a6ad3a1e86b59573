namespace IdentityGraph.Report.Answers;

/// <summary>Which claims hold, and what breaks the others.</summary>
public sealed record AssertAnswer
{
    /// <summary>What the claims together are called; null: they have no name.</summary>
    public required string? Title { get; init; }

    public required int Passed { get; init; }

    public required int Failed { get; init; }

    /// <summary>In the order asked.</summary>
    public required IReadOnlyList<AssertionAnswer> Assertions { get; init; }

    /// <summary>Key to steps, premises first.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> Proofs { get; init; }
}

public sealed record AssertionAnswer
{
    /// <summary>As it was called, else the claim.</summary>
    public required string Name { get; init; }

    /// <summary>`no-path`, `max-blast`, `no-orphans` or `no-live-leaver`.</summary>
    public required string Assert { get; init; }

    /// <summary>The claim in words.</summary>
    public required string Claim { get; init; }

    public required string Profile { get; init; }

    /// <summary>True; False: it is certainly broken; Unknown: it is possibly broken, or was not judged to the end.</summary>
    public required string Holds { get; init; }

    /// <summary>Whether it passes: it holds, or it is only possibly broken and that was allowed.</summary>
    public required bool Passed { get; init; }

    /// <summary>Whether all it is about was looked at; false: time ran out, or there is nothing it is about.</summary>
    public required bool Judged { get; init; }

    /// <summary>How many pairs, starts, identities or people it is about; 0: nothing, so that it was not judged.</summary>
    public required int Scope { get; init; }

    /// <summary>What is not known, and what else should be known of it, in words.</summary>
    public required IReadOnlyList<string> Because { get; init; }

    /// <summary>How many break it, certainly or possibly.</summary>
    public required int Broken { get; init; }

    /// <summary>Those that break it, certain before possible, then worst first; at most 50.</summary>
    public required IReadOnlyList<OffenceAnswer> Offences { get; init; }
}

/// <summary>What breaks a claim.</summary>
public sealed record OffenceAnswer
{
    /// <summary>Ids of the starts that are needed, or of the one thing that breaks the claim; sorted.</summary>
    public required IReadOnlyList<string> Subject { get; init; }

    /// <summary>What is attained; null where the claim is not about a target.</summary>
    public required string? Target { get; init; }

    /// <summary>Certain or Possible.</summary>
    public required string Certainty { get; init; }

    /// <summary>In words.</summary>
    public required string What { get; init; }

    /// <summary>What is limited: nodes, score, share or crownJewels; null where nothing is measured.</summary>
    public required string? Measure { get; init; }

    public required double? Measured { get; init; }

    public required double? Limit { get; init; }

    /// <summary>Key into proofs; null where there is none to show.</summary>
    public required string? Proof { get; init; }
}
