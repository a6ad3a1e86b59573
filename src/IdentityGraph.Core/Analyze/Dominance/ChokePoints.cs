using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Dominance;

/// <summary>A node without which some targets are not attained, not even possibly.</summary>
/// <param name="Node">Dense index.</param>
/// <param name="Lost">How many targets, itself apart.</param>
internal readonly record struct ChokePoint(int Node, int Lost);

/// <summary>
/// The nodes each of which alone keeps most targets from being attained by some starts together, exact. A search tells a derivation of
/// every target, and so the most that a node can take away; a dominator tree tells what it takes away at least. Where the two are the
/// same nothing is to be tried; of all others those that could be among the most are left out, 512 at once, until no other can be.
/// </summary>
/// <param name="Points">Most targets first, then by place in the view; no more than asked for. Any other takes away no more than the last of them.</param>
/// <param name="Targets">How many targets are attained.</param>
/// <param name="Candidates">How many nodes lie on the derivations.</param>
/// <param name="Tried">How many of these had to be left out to know.</param>
/// <param name="Others">Nodes beyond those told take away targets too, or may.</param>
internal sealed record ChokePoints(IReadOnlyList<ChokePoint> Points, int Targets, int Candidates, int Tried, bool Others)
{
    /// <summary>Finds them.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="seeds">What is attained before any rule, together.</param>
    /// <param name="isTarget">By node.</param>
    /// <param name="most">How many to tell.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="progress">Told what is done, how many of it, out of how many; null: nobody watches.</param>
    public static ChokePoints Of(ControlGraph control, IReadOnlyList<Seed> seeds, Predicate<Node> isTarget, int most, CancellationToken cancellationToken, Action<string, int, int>? progress = null)
    {
        const string Parts = "parts of the search";
        progress?.Invoke(Parts, 0, 4);
        var ways = Ways(control, seeds, cancellationToken);
        List<int> targets = [.. Enumerable.Range(0, control.View.NodeCount).Where(node => ways.PlaceOf(node) >= 0 && isTarget(control.View[node]))];
        progress?.Invoke(Parts, 1, 4);
        var nodes = new NodeWays(ways, control.View.NodeCount);
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Invoke(Parts, 2, 4);
        var least = new DominatorTree(nodes).Dominated(targets.Select(target => nodes.VertexOf[target]));
        var through = ways.Through(targets);
        var isOwn = targets.ToHashSet();
        var never = seeds.Where(static seed => IsNeverCut(seed.Node)).Select(static seed => seed.Node.Index).ToHashSet();
        List<Bounds> candidates = [];
        for (var node = 0; node < through.Length; node++)
        {
            var own = isOwn.Contains(node) ? 1 : 0;
            if (through[node] > own && !never.Contains(node) && BlastRadius.IsListed(control.View[node].Kind))
            {
                candidates.Add(new Bounds(node, least[nodes.VertexOf[node]] - own, (int)through[node] - own));
            }
        }

        candidates.Sort(static (one, other) => (-one.Most, -one.Least, one.Node).CompareTo((-other.Most, -other.Least, other.Node)));
        progress?.Invoke(Parts, 3, 4);
        return Narrow(control, ways, targets, candidates, most, progress, cancellationToken);
    }

    /// <summary>Attained possibly, with amplification: what a cut is judged by.</summary>
    internal static AttainedWays Ways(ControlGraph control, IReadOnlyList<Seed> seeds, CancellationToken cancellationToken)
    {
        lock (control.Gate)
        {
            var clauses = control.Literals ??= new LiteralClauses(control);
            clauses.Cover(seeds, cancellationToken);
            return new AttainedWays(LiteralGraphBuilder.Named(clauses, new Tallies(control), Cell.PossibleAmplified, Beginning.Of(clauses, [seeds]), cancellationToken), cancellationToken);
        }
    }

    /// <summary>As starts they are what is asked about, not what is cut.</summary>
    private static bool IsNeverCut(Node node) =>
        node.Kind == NodeKinds.Resource || node.Kind == NodeKinds.System || node.Kind == NodeKinds.Organization || node.Kind == NodeKinds.Person;

    private static ChokePoints Narrow(ControlGraph control, AttainedWays ways, List<int> targets, List<Bounds> candidates, int most, Action<string, int, int>? progress, CancellationToken cancellationToken)
    {
        List<ChokePoint> known = [.. candidates.Where(static one => one.Least == one.Most).Select(static one => new ChokePoint(one.Node, one.Least))];
        List<Bounds> open = candidates.FindAll(static one => one.Least < one.Most);
        var tried = 0;
        using var blocks = new RemovalBlocks(ways, control.View.NodeCount);
        while (tried < open.Count && open[tried].Most > LowestOf(known, most))
        {
            progress?.Invoke("candidates left out", tried, open.Count);
            int[] block = [.. open.Skip(tried).Take(RemovalBlocks.Width).Select(static one => one.Node)];
            var lost = blocks.Run(block, targets, cancellationToken);
            known.AddRange(block.Zip(lost).Where(static one => one.Second > 0).Select(static one => new ChokePoint(one.First, one.Second)));
            tried += block.Length;
        }

        known.Sort(static (one, other) => (-one.Lost, one.Node).CompareTo((-other.Lost, other.Node)));
        return new ChokePoints([.. known.Take(most)], targets.Count, candidates.Count, tried, known.Count > most || tried < open.Count);
    }

    /// <summary>How many the last of the most takes away as far as is known; 0: there are fewer.</summary>
    private static int LowestOf(List<ChokePoint> known, int most) =>
        known.Count < most ? 0 : known.Select(static one => one.Lost).OrderDescending().ElementAt(most - 1);

    /// <param name="Node">Dense index.</param>
    /// <param name="Least">How many targets it dominates, itself apart.</param>
    /// <param name="Most">How many derivations go through it, its own apart.</param>
    private readonly record struct Bounds(int Node, int Least, int Most);
}
