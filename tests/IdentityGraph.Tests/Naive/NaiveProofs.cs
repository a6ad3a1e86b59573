namespace IdentityGraph.Tests.Naive;

/// <summary>"All minimal proofs = the inclusion-minimal fact sets": found by leaving edges out.</summary>
/// <param name="view">The facts at one moment.</param>
/// <param name="profile">Which attacker.</param>
/// <param name="seed">What is held.</param>
internal sealed class NaiveProofs(NaiveView view, NaiveProfile profile, string seed)
{
    private readonly List<NaiveEdge> _edges = [.. view.Edges.Select(pair => pair.Edge)];
    private int _tried;

    /// <summary>
    /// Every inclusion-minimal set of edges from which the right follows; null where more than <paramref name="most"/> sets would have to be
    /// tried. Of any other minimal set some edge of each that was found is missing, so the rest without that edge holds it.
    /// </summary>
    /// <param name="node">On which node.</param>
    /// <param name="right">One letter of DRWUAC.</param>
    /// <param name="possible">From True or Unknown premises; else from True ones.</param>
    /// <param name="most">How often reach is computed at most.</param>
    public IReadOnlyList<IReadOnlySet<NaiveEdge>>? Minimal(string node, char right, bool possible, int most)
    {
        List<IReadOnlySet<NaiveEdge>> found = [];
        HashSet<string> seen = [];
        var open = new Stack<List<NaiveEdge>>([_edges]);
        while (open.TryPop(out var edges))
        {
            if (!seen.Add(string.Join('\n', edges)))
                continue;
            if (_tried > most)
                return null;
            var minimal = found.FirstOrDefault(set => set.All(edges.Contains));
            if (minimal is null)
            {
                if (HopsOf(edges, node, right, possible) is null)
                    continue;
                found.Add(minimal = Shrunk(edges, node, right, possible));
            }

            foreach (var edge in minimal)
                open.Push([.. edges.Where(other => other != edge)]);
        }

        return found;
    }

    /// <summary>Fewest hops by which the right follows from some edges only; null: it does not.</summary>
    public int? HopsOf(IReadOnlyCollection<NaiveEdge> edges, string node, char right, bool possible)
    {
        _tried++;
        var world = new NaiveWorld(view, profile, NaiveSwitches.Without(_edges.Except(edges)));
        return new NaiveFixpoint(world, [new NaiveSeed(seed)], possible, amplified: true).Hops(node, right);
    }

    private HashSet<NaiveEdge> Shrunk(List<NaiveEdge> edges, string node, char right, bool possible)
    {
        var left = edges.ToHashSet();
        foreach (var edge in edges)
        {
            left.Remove(edge);
            if (HopsOf(left, node, right, possible) is null)
                left.Add(edge);
        }

        return left;
    }
}
