using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

/// <summary>
/// What to ask about instead of a group, role or the like, which nobody attains itself: the gravest of what its members attain by being in it.
/// </summary>
internal static class WhatItGives
{
    private const int Named = 3;

    /// <summary>"ask about what it gives rights on, the gravest first: `app` (DRW), `vault` (DR)", or that nothing is known of it.</summary>
    public static string InWords(ControlGraph control, Node walked, CancellationToken stop)
    {
        var reach = control.Reach(Seeding.Of(walked, control.Liveness), new ReachOptions { Stop = stop, WithoutProofs = true }, CancellationToken.None);
        List<Node> places = [.. Gravest(reach, walked).Take(Named)];
        return places.Count > 0
            ? $"ask about what it gives rights on, the gravest first: {string.Join(", ", places.Select(place => $"`{place.Id}` ({Rights(reach[place])})"))}"
            : reach.IsCutShort ? "ask about what it gives rights on" : "no fact says what it gives rights on";
    }

    private static IEnumerable<Node> Gravest(ReachResult reach, Node walked) =>
        from node in reach.Attained
        where node != walked && !Walker.IsWalked(node.Kind)
        let rights = reach[node].Of(reach[node].Strongest)
        orderby Stakes.IsGrave(node, rights) descending, reach[node].CertainAmplified != Graph.Rights.None descending, Rank(node.Kind), rights descending, reach.Hops(node), node.Id
        select node;

    private static int Rank(NodeKind kind) => kind == NodeKinds.System ? 0 : kind == NodeKinds.Resource ? 1 : 2;

    private static string Rights(in Cells cells) => cells.Of(cells.Strongest).ToLetters() + (cells.CertainAmplified == Graph.Rights.None ? ", possibly" : "");
}
