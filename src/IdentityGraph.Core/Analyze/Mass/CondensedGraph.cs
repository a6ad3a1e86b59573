namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// A literal graph without what cannot matter: what always is attained together is one part, what starts do not lead to or what
/// leads to nothing counted is gone. Parts are numbered so that edges lead from lower to higher numbers, but for cycles through
/// joint parts, and so that what is near in the graph is near in memory.
/// </summary>
/// <param name="Count">How many parts.</param>
/// <param name="OutStart">Where the edges of each part start; one more than there are parts.</param>
/// <param name="Out">Parts they lead to, each once; a joint one as its complement.</param>
/// <param name="Inputs">For a joint part, which needs all of them: its inputs, the rule's own premise first; null for any other.</param>
/// <param name="TallyStart">Where the tallies of each part start; one more than there are parts.</param>
/// <param name="Tallies">Classes a part counts as, and how often.</param>
/// <param name="Starts">For each start the parts it begins with.</param>
/// <param name="Own">For each start the tallies of its own nodes, which do not count for it, and in which part each lies.</param>
internal sealed record CondensedGraph(
    int Count,
    int[] OutStart,
    int[] Out,
    int[]?[] Inputs,
    int[] TallyStart,
    (int Class, int Times)[] Tallies,
    int[][] Starts,
    (int Part, int Class)[][] Own)
{
    /// <summary>For each start what it counts whatever else it attains, by class: of parts that only it begins with, less what is its own. Null: nothing was set apart.</summary>
    public (int Class, int Times)[][]? Sure { get; init; }

    /// <summary>Whether any part needs more than one other at once.</summary>
    public bool HasJoints { get; } = Inputs.Any(inputs => inputs is not null);

    public ReadOnlySpan<int> OutOf(int part) => Out.AsSpan(OutStart[part]..OutStart[part + 1]);

    public ReadOnlySpan<(int Class, int Times)> TalliesOf(int part) => Tallies.AsSpan(TallyStart[part]..TallyStart[part + 1]);
}
