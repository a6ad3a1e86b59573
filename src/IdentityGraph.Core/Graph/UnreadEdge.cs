namespace IdentityGraph.Graph;

/// <summary>An edge of a kind nobody here knows: that it exists is kept, what it means is not known, and no rule follows it.</summary>
/// <param name="Kind">As said.</param>
/// <param name="Of">Where it starts.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Key">Tells parallel ones apart; "" where nothing does.</param>
/// <param name="Holds">Whether it holds at the view's instant.</param>
public readonly record struct UnreadEdge(string Kind, Node Of, Node To, string Key, Truth Holds);
