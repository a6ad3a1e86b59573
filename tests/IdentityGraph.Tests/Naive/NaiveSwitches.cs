namespace IdentityGraph.Tests.Naive;

/// <summary>What is taken away from the rules or from the facts they read: to see whether it decides anything, or what is left without it.</summary>
/// <param name="Rules">D1 to D20: never applied.</param>
/// <param name="Gates">Words without their argument: always satisfied.</param>
internal sealed record NaiveSwitches(IReadOnlySet<string> Rules, IReadOnlySet<string> Gates)
{
    public static NaiveSwitches None { get; } = new(new HashSet<string>(), new HashSet<string>());

    /// <summary>Nodes taken as dead: neither live nor attained; every fact about them stays.</summary>
    public IReadOnlySet<string> Dead { get; init; } = new HashSet<string>();

    /// <summary>Edges that no rule may use; what they restrict, and what lives by them, stays as it is.</summary>
    public IReadOnlySet<NaiveEdge> DeadEdges { get; init; } = new HashSet<NaiveEdge>();

    /// <summary>Premises that count as met wherever they are asked for: liveness, pinned, protected or network.</summary>
    public string? Waived { get; init; }

    /// <summary>What a what-if takes for dead.</summary>
    public static NaiveSwitches Under(NaiveOverlay overlay) => None with { Dead = overlay.Dead };

    public static NaiveSwitches WithoutRule(string rule) => None with { Rules = new HashSet<string> { rule } };

    public static NaiveSwitches WithoutGate(string gate) => None with { Gates = new HashSet<string> { gate } };

    public static NaiveSwitches WithoutPremise(string premise) => None with { Waived = premise };

    public static NaiveSwitches Without(params IEnumerable<string> dead) => None with { Dead = dead.ToHashSet() };

    public static NaiveSwitches Without(IEnumerable<NaiveEdge> dead) => None with { DeadEdges = dead.ToHashSet() };
}
