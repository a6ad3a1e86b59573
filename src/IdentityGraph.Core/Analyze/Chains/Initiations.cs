using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>
/// Who initiated a handoff and for whom, down to the human at the root: nested actors by depth (RFC 8693 `act`), then whom the
/// record names. That no human stands behind it is said only where the record was read and names none. A token exchanged without `act`
/// says whose authority it is, not who acted with it before: then the acting party is unknown.
/// </summary>
public sealed class Initiations(PersonLinks links)
{
    /// <param name="handoff">The handoff.</param>
    /// <param name="credential">What it used; null: not recorded.</param>
    /// <param name="before">Handoffs that led to where this one starts.</param>
    public Initiation Of(Node handoff, Node? credential, IReadOnlyList<Node> before)
    {
        var initiator = InitiatorsOf(handoff).FirstOrDefault();
        var named = handoff[Properties.OnBehalfOf];
        List<Node> actors = [];
        Add(initiator);
        List<Node> stated = [.. handoff.Out(EdgeKinds.ActsFor).Past()
            .OrderBy(edge => edge[Properties.ActDepth].Number ?? double.MaxValue)
            .ThenBy(edge => edge.To.Id, StringComparer.Ordinal)
            .Select(edge => edge.To)];
        foreach (var actor in stated)
        {
            Add(actor);
        }

        var isOpen = IsExchange(handoff, credential) && IsActingPartyUnknown(initiator, stated, before, named);
        Add(named.Text is { } text ? handoff.View.Find(text) : null);
        var start = initiator is null ? 0 : 1;
        var next = isOpen ? null : actors.Count > start ? actors[start].Id : named.Text ?? (named.IsNone ? Initiation.Nobody : null);
        return new Initiation(initiator, next, RootHuman(actors, named), actors) { IsActingPartyUnknown = isOpen };

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

    private static bool IsExchange(Node handoff, Node? credential) =>
        handoff[Properties.Method].Text == "tokenExchange" || (credential is { } used && Issuances.ExchangedFor(used) is not null);

    /// <summary>Whether `act` names none of those who acted right before; where nobody is known to have, no actor at all though somebody's authority is used.</summary>
    private static bool IsActingPartyUnknown(Node? initiator, List<Node> stated, IReadOnlyList<Node> before, Reading named)
    {
        List<Node> acted = [.. before.SelectMany(InitiatorsOf).OfType<Node>().Where(other => other != initiator).Distinct()];
        return acted.Count > 0 ? !acted.Exists(stated.Contains) : stated.Count == 0 && named.Text is not null;
    }

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
