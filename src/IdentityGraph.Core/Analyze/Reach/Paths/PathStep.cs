namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>What a literal may be concluded from, by one rule from one premise: one application, or as many as there are walks.</summary>
/// <param name="Rule">Position of the rule among all.</param>
/// <param name="Premise">What it starts from: of a walk, who walks.</param>
/// <param name="Clause">That concludes.</param>
internal readonly record struct PathChoice(byte Rule, PathLiteral Premise, int Clause);

/// <summary>An application that concludes a literal from one other alone.</summary>
/// <param name="Premise">What it starts from: of a walk, who walks.</param>
/// <param name="Clauses">Of the walk in the order of its steps, then the one that concludes.</param>
internal sealed record PathStep(PathLiteral Premise, int[] Clauses);
