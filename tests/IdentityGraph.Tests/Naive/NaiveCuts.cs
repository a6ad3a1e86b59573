namespace IdentityGraph.Tests.Naive;

/// <summary>What to take as dead so that no target is attained, not even possibly: every set is tried, the smaller ones first.</summary>
/// <param name="view">The facts at one moment.</param>
/// <param name="profile">Which attacker.</param>
/// <param name="seeds">Compromised together.</param>
/// <param name="targets">None of them may be attained.</param>
internal sealed class NaiveCuts(NaiveView view, NaiveProfile profile, IReadOnlyList<string> seeds, IReadOnlyList<string> targets)
{
    private static readonly string[] s_places = ["Resource", "System", "Organization", "Person"];

    private static readonly string[] s_restricting =
        ["ENCRYPTED_WITH", "REACHED_THROUGH", "BACKED_BY", "CONTAINS", "CONSENTED_BY", "ON_BEHALF_OF", "DERIVED_FROM", "BELONGS_TO", "IN_TENANT", "EXPOSES"];

    public bool IsAttained => !Falls(NaiveSwitches.None);

    /// <summary>"By node, members are of the kinds listed"; "never cut: targets, and seeds of kind Resource, System, Organization or Person".</summary>
    public IReadOnlyList<string> Nodes
    {
        get
        {
            var planted = seeds.Concat(Reach(NaiveSwitches.None).Seeds).ToHashSet();
            return
            [
                .. view.Facts.NodeIds.Where(node => NaiveWords.Listed.Contains(view.Kind(node)) && view.Kind(node) != "Person"
                    && !view.Facts.IsPlaceholder(node) && !targets.Contains(node) && !(planted.Contains(node) && s_places.Contains(view.Kind(node)))),
            ];
        }
    }

    /// <summary>Facts that only ever open a way: "restricting facts are never members", and of those that can do both nothing is said here.</summary>
    public IReadOnlyList<NaiveEdge> Edges => [.. view.Edges.Select(pair => pair.Edge).Where(edge => Opens(edge.Kind))];

    /// <summary>Whether facts of a kind only ever open a way.</summary>
    public static bool Opens(string kind) => !s_restricting.Contains(kind);

    public IReadOnlyList<IReadOnlyList<string>> ByNode(int maxSize) => Smallest(Nodes, maxSize, dead => Falls(NaiveSwitches.Without(dead)));

    public IReadOnlyList<IReadOnlyList<NaiveEdge>> ByEdge(int maxSize) => Smallest(Edges, maxSize, dead => Falls(NaiveSwitches.Without(dead)));

    /// <summary>Whether no target is attained any more, judged on possible reach.</summary>
    public bool Falls(NaiveSwitches off)
    {
        var reach = Reach(off);
        return targets.All(target => reach.Rights(target).Length == 0);
    }

    private NaiveFixpoint Reach(NaiveSwitches off) => new(new NaiveWorld(view, profile, off), seeds.Select(seed => new NaiveSeed(seed)), possible: true, amplified: true);

    /// <summary>"Revoke 1, rotate 2, unshare 3, disable account 4, disable shared NHI 8"; two numbers where the table does not decide.</summary>
    public (int Least, int Most) CostOf(string node) => view.Kind(node) switch
    {
        "Credential" => view.From(node, "HELD_BY").Count() > 1 ? (1, 2) : (1, 1),
        "Resource" or "System" => (3, 3),
        "Account" => (4, 4),
        _ => (1, 8),
    };

    /// <summary>"Minimal = no proper subset works": of a set that works none that holds it is looked at.</summary>
    private static List<IReadOnlyList<T>> Smallest<T>(IReadOnlyList<T> candidates, int maxSize, Func<IReadOnlyList<T>, bool> works)
    {
        List<IReadOnlyList<T>> found = [];
        for (var size = 1; size <= Math.Min(maxSize, candidates.Count); size++)
            found.AddRange([.. Sets(candidates, size, 0).Where(set => !found.Any(cut => cut.All(set.Contains)) && works(set))]);
        return found;
    }

    private static IEnumerable<IReadOnlyList<T>> Sets<T>(IReadOnlyList<T> candidates, int size, int from)
    {
        if (size == 0)
            return [[]];
        return Enumerable.Range(from, candidates.Count - from).SelectMany(first => Sets(candidates, size - 1, first + 1), (first, rest) => (IReadOnlyList<T>)[candidates[first], .. rest]);
    }
}
