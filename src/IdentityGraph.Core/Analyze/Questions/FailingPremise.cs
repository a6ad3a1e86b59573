using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>A fact that stands in the way: an edge, or a property of a node.</summary>
/// <param name="Edge">Null where it is a node's.</param>
/// <param name="Node">Null where it is an edge.</param>
/// <param name="Property">What of the node; null: its being there.</param>
/// <param name="Reason">gate, expired, revoked, rotated, disabled, notPresent, pinned, protected or network.</param>
/// <param name="Gate">The word of the gate; null for other reasons.</param>
/// <param name="Since">UTC ticks; <see cref="Instants.Earliest"/> where not stated.</param>
/// <param name="Until">Until when it stands, as far as stated, UTC ticks; <see cref="Instants.Latest"/> where it is not.</param>
public sealed record FailingPremise(Edge? Edge, Node? Node, string? Property, string Reason, string? Gate, long Since, long Until)
{
    internal static FailingPremise Of(Edge edge, string reason, long since, long until = Instants.Latest, string? gate = null) =>
        new(edge, null, null, reason, gate, since, until);

    internal static FailingPremise Of(Node node, string? property, string reason, long since, long until = Instants.Latest, string? gate = null) =>
        new(null, node, property, reason, gate, since, until);

    /// <summary>By what a person reads: kind and ends of the edge, or id and property of the node.</summary>
    internal string Spelt => Edge is { } edge ? string.Join('\n', edge.Kind.Name, edge.Of.Id, edge.To.Id, edge.Key) : string.Join('\n', Node?.Id, Property);
}
