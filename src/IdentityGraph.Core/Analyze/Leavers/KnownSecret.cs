using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>By what a leaver's accounts could once reach a secret and keep it: everything that held together at one moment before they left.</summary>
/// <param name="Edges">From the links between accounts and person on.</param>
/// <param name="NodeFacts">Properties of nodes it rested on then; "live" and "state" as in proofs.</param>
/// <param name="Gates">Gates that were passed.</param>
/// <param name="Still">None of it is over, and of nodes the same is said now.</param>
public sealed record KnownSecret(IReadOnlyList<Edge> Edges, IReadOnlyList<(Node Node, string Property)> NodeFacts, IReadOnlyList<string> Gates, bool Still)
{
    /// <param name="person">Who left.</param>
    /// <param name="proof">From their accounts, at that moment.</param>
    /// <param name="now">Judged at the moment asked about.</param>
    internal static KnownSecret Of(Node person, Proof proof, Liveness now)
    {
        List<Edge> edges = [.. proof.Steps.SelectMany(line => line.Rule is null ? LinksOf(line.Node, person) : line.Edges).Distinct()];
        List<(Node Node, string Property)> facts = [.. proof.Steps.SelectMany(line => line.NodeFacts).Distinct()];
        var still = edges.TrueForAll(edge => now.View.EdgeAt(edge.Index).Holds != Truth.False) && facts.TrueForAll(fact => IsStill(fact.Node, fact.Property, now));
        return new KnownSecret(edges, facts, [.. proof.Steps.SelectMany(line => line.Gates).Distinct(StringComparer.Ordinal)], still);
    }

    private static bool IsStill(Node then, string property, Liveness now)
    {
        var node = now.View[then.Index];
        if (property is "live" or "state")
        {
            return now.Of(node) != Truth.False;
        }

        var (said, before) = (node.Get(property), then.Get(property));
        return said.Known == before.Known && (!said.HasValue || said.Value.Equals(before.Value));
    }

    /// <summary>What made the account theirs then.</summary>
    private static IEnumerable<Edge> LinksOf(Node account, Node person) =>
        account.Out(EdgeKinds.BelongsTo).ToList().Where(link => link.To.Index == person.Index && link.Holds != Truth.False).Take(1);
}
