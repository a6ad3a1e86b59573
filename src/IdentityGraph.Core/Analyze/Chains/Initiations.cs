using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>
/// Who initiated a handoff and for whom, down to the human at the root: nested actors by depth (RFC 8693 `act`), then whom the
/// record names. That no human stands behind it is said only where the record was read and names none.
/// </summary>
public sealed class Initiations(PersonLinks links)
{
    public Initiation Of(Node handoff)
    {
        var initiator = InitiatorsOf(handoff).FirstOrDefault();
        var named = handoff[Properties.OnBehalfOf];
        List<Node> actors = [];
        Add(initiator);
        foreach (var actor in handoff.Out(EdgeKinds.ActsFor).Past()
            .OrderBy(edge => edge[Properties.ActDepth].Number ?? double.MaxValue)
            .ThenBy(edge => edge.To.Id, StringComparer.Ordinal))
        {
            Add(actor.To);
        }

        Add(named.Text is { } text ? handoff.View.Find(text) : null);
        var start = initiator is null ? 0 : 1;
        var next = actors.Count > start ? actors[start].Id : named.Text ?? (named.IsNone ? Initiation.Nobody : null);
        return new Initiation(initiator, next, RootHuman(actors, named), actors);

        void Add(Node? actor)
        {
            if (actor is { } known && !actors.Contains(known))
            {
                actors.Add(known);
            }
        }
    }

    /// <summary>Principals recorded as having started it, by id.</summary>
    public static IEnumerable<Node?> InitiatorsOf(Node handoff) => handoff.Out(EdgeKinds.InitiatedBy).Past().Select(edge => (Node?)edge.To);

    private string? RootHuman(List<Node> actors, Reading named)
    {
        for (var depth = actors.Count - 1; depth >= 0; depth--)
        {
            var actor = actors[depth];
            if (actor.Kind == NodeKinds.Person)
            {
                return actor.Id;
            }

            if (actor.Kind == NodeKinds.Account)
            {
                return (links.Certain(actor) ?? actor).Id;
            }
        }

        return named.IsNone ? Initiation.Nobody : null;
    }
}
