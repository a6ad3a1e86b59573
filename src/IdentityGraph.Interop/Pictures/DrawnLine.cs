namespace IdentityGraph.Interop.Pictures;

/// <summary>A line of an arrow.</summary>
/// <param name="Arrow">Whose it is.</param>
/// <param name="HasHead">It is the one that leads to the end, and has the label.</param>
public sealed record DrawnLine(Arrow Arrow, bool HasHead);
