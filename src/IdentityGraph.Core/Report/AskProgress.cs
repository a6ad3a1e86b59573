namespace IdentityGraph.Report;

/// <summary>How far a question is, for whoever watches.</summary>
/// <param name="Doing">What is counted, in a word or two.</param>
/// <param name="Done">How many so far.</param>
/// <param name="Of">Out of how many.</param>
public readonly record struct AskProgress(string Doing, int Done, int Of);
