using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

/// <summary>Where a way to a target ends with a right that leads no further: what is attained there, and which right would go on.</summary>
internal static class TooSmall
{
    private const int Named = 5;

    /// <summary>Places looked at, nearest first.</summary>
    private const int Looked = 20;

    private static readonly (Rights Right, string Letter)[] s_rights = [(Rights.Read, "R"), (Rights.Write, "W"), (Rights.Use, "U"), (Rights.Admin, "A")];

    /// <summary>"`host` is attained with DRW only; with U or A it would lead to `key`", nearest first; empty where no greater right on anything attained would.</summary>
    /// <param name="reach">What is attained.</param>
    /// <param name="target">What is not.</param>
    /// <param name="stop">Ends it early.</param>
    public static IReadOnlyList<string> In(ReachResult reach, Node target, CancellationToken stop)
    {
        List<Node> ends = [.. reach.Attained.Where(node => node != target && !Walker.IsWalked(node.Kind) && !ControlGraph.OnlyKnowsUse(node.Kind))];
        if (ends.Count == 0 || With(reach, [.. ends.Select(static end => (end, RightsLogic.Of(Level.L5)))], stop)[target].IsEmpty)
        {
            return [];
        }

        // Asked after that search, which wrote every clause that could matter.
        var leading = reach.Graph.LeadingTo(target);
        List<string> found = [];
        foreach (var end in ends.Where(end => leading[end.Index]).OrderBy(reach.Hops).ThenBy(static end => end.Id, StringComparer.Ordinal).Take(Looked))
        {
            var had = reach[end].PossibleAmplified;
            List<string> enough = [.. s_rights.Where(one => !had.Has(one.Right) && !With(reach, [(end, one.Right)], stop)[target].IsEmpty).Select(static one => one.Letter)];
            if (enough.Count > 0 && !stop.IsCancellationRequested)
            {
                found.Add($"`{end.Id}` is attained with {had.ToLetters()} only; with {string.Join(" or ", enough)} it would lead to `{target.Id}`");
            }
        }

        return found.Count <= Named ? found : [.. found.Take(Named), $"{found.Count - Named} more like that"];
    }

    private static ReachResult With(ReachResult reach, IEnumerable<(Node Node, Rights Rights)> more, CancellationToken stop) =>
        reach.Graph.Reach([.. reach.Seeds, .. more.Select(static one => new Seed { Node = one.Node, Rights = one.Rights })], new ReachOptions { Stop = stop, WithoutProofs = true }, CancellationToken.None);
}
