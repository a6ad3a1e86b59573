namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>A literal graph, and which literals are whose.</summary>
/// <param name="Graph">The literals.</param>
/// <param name="NodeOf">By literal, the node it says something of, dense index; -1: it stands for premises alone.</param>
/// <param name="AnyOf">By node, the literal that is attained once anything of it is; -1: nothing can be.</param>
internal sealed record NodeLiterals(LiteralGraph Graph, int[] NodeOf, int[] AnyOf);
