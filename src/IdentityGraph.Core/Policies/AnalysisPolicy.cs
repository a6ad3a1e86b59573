using IdentityGraph.Graph;

namespace IdentityGraph.Policies;

/// <summary>Every default that findings and verdicts use; all can be overridden. Product defaults, not taken from any standard.</summary>
public sealed record AnalysisPolicy
{
    public string Name { get; init; } = "default";

    public TimeSpan LeaverTier0 { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan LeaverPrivileged { get; init; } = TimeSpan.FromHours(4);

    public TimeSpan LeaverStandard { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan Mover { get; init; } = TimeSpan.FromDays(3);

    public TimeSpan WorkflowEnded { get; init; } = TimeSpan.FromDays(7);

    public TimeSpan WorkflowEndedPrivileged { get; init; } = TimeSpan.FromDays(1);

    public TimeSpan Rotation { get; init; } = TimeSpan.FromDays(90);

    public TimeSpan LongLivedCredential { get; init; } = TimeSpan.FromDays(365);

    public TimeSpan Dormant { get; init; } = TimeSpan.FromDays(90);

    public TimeSpan QuietThenUsed { get; init; } = TimeSpan.FromDays(60);

    public TimeSpan OwnerWarning { get; init; } = TimeSpan.FromDays(30);

    public int DelegationDepth { get; init; } = 3;

    public double AmplificationAlert { get; init; } = 2.0;

    public double ShareAlert { get; init; } = 0.10;

    public TimeSpan StepTokenTtl { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan FileFreshness { get; init; } = TimeSpan.FromDays(30);

    public double CorrelationConfidence { get; init; } = 0.9;

    public int ManyReaders { get; init; } = 10;

    /// <summary>How far back a leaver's anchors are looked for.</summary>
    public TimeSpan AnchorWindow { get; init; } = TimeSpan.FromDays(400);

    /// <summary>A disappearance of more than this share of a stream, and of more than <see cref="VanishCount"/> objects, is held until confirmed.</summary>
    public double VanishShare { get; init; } = 0.20;

    public int VanishCount { get; init; } = 20;

    /// <summary>Zone of dates without a time whose source states none.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What the fold takes from it.</summary>
    public FoldOptions Fold => new() { DefaultInterval = FileFreshness, DefaultTimeZone = TimeZone };
}
