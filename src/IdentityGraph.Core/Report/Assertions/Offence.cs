using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report.Assertions;

/// <summary>What breaks a claim. Its proof is drawn only if it is listed.</summary>
internal sealed record Offence
{
    public required IReadOnlyList<string> Subject { get; init; }

    public string? Target { get; init; }

    public required bool IsCertain { get; init; }

    public required string What { get; init; }

    /// <summary>Larger is worse, among those of one claim.</summary>
    public double Badness { get; init; }

    public string? Measure { get; init; }

    public double? Measured { get; init; }

    public double? Limit { get; init; }

    /// <summary>The starts that the proof needs, what it ends in, and its steps; null where there is none to show.</summary>
    public Func<Shown?> Show { get; init; } = static () => null;
}

/// <param name="Subject">Ids of the starts that are needed; null: as the offence says.</param>
/// <param name="Target">What is attained; null: as the offence says.</param>
/// <param name="Steps">Premises before conclusions.</param>
internal sealed record Shown(IReadOnlyList<string>? Subject, string? Target, IReadOnlyList<ProofStep> Steps);
