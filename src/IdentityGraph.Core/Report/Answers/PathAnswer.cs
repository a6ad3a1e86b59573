namespace IdentityGraph.Report.Answers;

/// <summary>How one thing gives control of another.</summary>
public sealed record PathAnswer
{
    /// <summary>Proofs, shortest first, each as steps with premises before conclusions; empty where there is none.</summary>
    public required IReadOnlyList<IReadOnlyList<ProofStep>> Paths { get; init; }
}
