namespace IdentityGraph.Tests.Naive;

/// <summary>Which one kind of premise, if it were met everywhere, would let one thing control another that it does not.</summary>
/// <param name="view">The facts at one moment.</param>
/// <param name="profile">Which attacker.</param>
/// <param name="from">What is held.</param>
internal sealed class NaiveWhyNot(NaiveView view, NaiveProfile profile, string from)
{
    private static readonly string[] s_gates = ["mfaFactor", "allowListIp", "corpNetwork", "managedDevice", "humanApproval", "pamApproval", "senderKey"];

    private readonly string _base = AttainedIn(Reach(view, profile, from, NaiveSwitches.None));

    /// <summary>Kinds of premise that stand in the way alone: gate words without their argument, liveness, pinned, protected, network.</summary>
    public IReadOnlyList<string> Alone(string to) => [.. Kinds.Where(kind => Without(kind).Rights(to).Length > 0)];

    /// <summary>Whether anything at all follows that did not, once a kind of premise is met everywhere.</summary>
    public bool Opens(string kind) => AttainedIn(Without(kind)) != _base;

    public static IEnumerable<string> Kinds => [.. s_gates, "liveness", "pinned", "protected", "network"];

    private NaiveFixpoint Without(string kind) =>
        Reach(view, profile, from, s_gates.Contains(kind) ? NaiveSwitches.WithoutGate(kind) : NaiveSwitches.WithoutPremise(kind));

    private static NaiveFixpoint Reach(NaiveView view, NaiveProfile profile, string from, NaiveSwitches off) =>
        new(new NaiveWorld(view, profile, off), [new NaiveSeed(from)], possible: true, amplified: true);

    private static string AttainedIn(NaiveFixpoint reach) => string.Join(' ', reach.Attained.Order(StringComparer.Ordinal).Select(node => node + reach.Rights(node)));
}
