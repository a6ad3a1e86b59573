using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>What one application has to give for the next one of a path: rights on a node, in the cell of the proof.</summary>
/// <param name="Node">Dense index.</param>
/// <param name="Rights">One right; or those that are handed on together with Read, without which nothing is.</param>
internal readonly record struct PathLiteral(int Node, Rights Rights);
