namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>
/// One cell of control as a graph of literals: (node, right) attained, and for systems and resources (node, this right or a higher
/// one), which is what scores count. An edge says that the one gives the other. What needs several is a literal of its own, behind
/// the plain ones: it is attained once all its inputs are.
/// </summary>
/// <param name="Plain">How many literals need one premise of many; those from here on need all of theirs.</param>
/// <param name="Count">How many literals in all.</param>
/// <param name="OutStart">Where the edges of each literal start; one more than there are literals.</param>
/// <param name="Out">Literals they lead to.</param>
/// <param name="Inputs">Of each literal that needs all: which; with an edge from each.</param>
/// <param name="Tally">As what class each literal counts; -1: not at all.</param>
/// <param name="Starts">For each start the literals it begins with.</param>
/// <param name="Own">For each start the counted literals of its own nodes, which do not count for it.</param>
internal sealed record LiteralGraph(int Plain, int Count, int[] OutStart, int[] Out, int[][] Inputs, int[] Tally, int[][] Starts, int[][] Own)
{
    public bool IsJoint(int literal) => literal >= Plain;

    public ReadOnlySpan<int> OutOf(int literal) => Out.AsSpan(OutStart[literal]..OutStart[literal + 1]);

    public ReadOnlySpan<int> InputsOf(int joint) => Inputs[joint - Plain];
}
