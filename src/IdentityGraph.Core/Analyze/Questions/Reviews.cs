using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>What certifications say of a node. Use is no decision, and neither is a campaign that was closed without one.</summary>
/// <param name="view">The moment.</param>
internal sealed class Reviews(GraphView view)
{
    private static readonly string[] s_byNeed = ["Open", "Unknown", "Closed", "Decided"];

    private readonly bool _read = new Coverage(view).Gap(EdgeKinds.Reviews.Name) is null;

    /// <summary>Whether somebody decided about it; unknown where no source that states reviews was read to its end.</summary>
    public Truth Of(Node node)
    {
        var decided = _read ? Truth.False : Truth.Unknown;
        foreach (var edge in node.In(EdgeKinds.Reviews))
        {
            decided = decided.Or(edge.Holds.And(IsDecided(edge.Of)));
        }

        return decided;
    }

    /// <summary>The item about it that is most in need of somebody: an open one first, then by id. Null: there is none.</summary>
    public static (Node Item, string State)? ItemOf(Node node)
    {
        var items = node.In(EdgeKinds.Reviews).ToList()
            .Where(edge => edge.Holds != Truth.False)
            .Select(edge => (Item: edge.Of, State: StateOf(edge.Of)))
            .OrderBy(one => Array.IndexOf(s_byNeed, one.State))
            .ThenBy(one => one.Item.Id, StringComparer.Ordinal)
            .ToList();
        return items.Count == 0 ? null : items[0];
    }

    /// <summary>Decided; Open where the item says there is no decision yet; Closed where its campaign ended without one; Unknown.</summary>
    private static string StateOf(Node item)
    {
        var decided = IsDecided(item);
        return decided == Truth.True ? "Decided"
            : IsClosed(item) == Truth.True ? "Closed"
            : decided == Truth.False ? "Open"
            : "Unknown";
    }

    private static Truth IsDecided(Node item)
    {
        var decision = item.Get("decision");
        return decision.IsNone && decision.Fresh ? Truth.False : decision.HasValue ? Truth.True : Truth.Unknown;
    }

    private static Truth IsClosed(Node item)
    {
        var closed = Truth.False;
        foreach (var edge in item.Out(EdgeKinds.PartOf))
        {
            var state = edge.To.Get("state");
            closed = closed.Or(edge.Holds.And(state.HasValue ? TruthLogic.Of(state.Text == "closed") : Truth.Unknown));
        }

        return closed;
    }
}
