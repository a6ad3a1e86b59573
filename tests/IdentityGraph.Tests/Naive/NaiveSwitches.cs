namespace IdentityGraph.Tests.Naive;

/// <summary>What is taken away from the rules to see whether it decides anything.</summary>
/// <param name="Rules">D1 to D20: never applied.</param>
/// <param name="Gates">Words without their argument: always satisfied.</param>
internal sealed record NaiveSwitches(IReadOnlySet<string> Rules, IReadOnlySet<string> Gates)
{
    public static NaiveSwitches None { get; } = new(new HashSet<string>(), new HashSet<string>());

    public static NaiveSwitches WithoutRule(string rule) => None with { Rules = new HashSet<string> { rule } };

    public static NaiveSwitches WithoutGate(string gate) => None with { Gates = new HashSet<string> { gate } };
}
