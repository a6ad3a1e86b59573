namespace IdentityGraph.Tests.Naive;

/// <summary>One application of a rule that is allowed where only some are: what a step of a proof names.</summary>
/// <param name="Rule">D1 to D20.</param>
/// <param name="Node">What it concludes on.</param>
/// <param name="Edges">The only edges it may use. What forbids rather than enables (keys, alternatives, a grant behind a token) is read whole.</param>
/// <param name="Facts">The only properties of nodes it may rest on; <c>live</c> stands for the node's being live.</param>
/// <param name="Gates">The only gates it may pass. A list that nobody can read is the gate <c>gates</c>, such a constraint the gate <c>networkConstraint</c>.</param>
internal sealed record NaiveApplication(string Rule, string Node, IReadOnlySet<NaiveEdge> Edges, IReadOnlySet<(string Node, string Property)> Facts, IReadOnlySet<string> Gates);
