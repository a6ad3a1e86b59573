namespace IdentityGraph.Analyze;

/// <summary>How grave a finding is.</summary>
public enum Severity : byte
{
    Info = 0,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>How sure a finding is.</summary>
public enum Certainty : byte
{
    /// <summary>Every fact it rests on is known.</summary>
    Certain = 0,

    /// <summary>Only unknown facts support it: listed in its own group, one severity lower.</summary>
    Possible,
}

/// <summary>One step from the rule's severity.</summary>
/// <param name="By">+1 or -1.</param>
/// <param name="Why">In words.</param>
public readonly record struct SeverityStep(int By, string Why)
{
    public override string ToString() => $"{(By < 0 ? "-1" : "+1")}: {Why}";
}

/// <summary>From a rule's severity to a finding's.</summary>
public static class Severities
{
    /// <summary>The severity that many steps away, Info and Critical at the ends.</summary>
    public static Severity Step(this Severity severity, int by) => (Severity)Math.Clamp((int)severity + by, (int)Severity.Info, (int)Severity.Critical);
}
