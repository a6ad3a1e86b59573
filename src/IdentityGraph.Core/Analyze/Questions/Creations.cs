using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>Something that something else made.</summary>
/// <param name="Node">What was made; it may be gone by now.</param>
/// <param name="By">What made it.</param>
/// <param name="At">When, UTC ticks; null where it is only known to have been there when it was first read.</param>
/// <param name="Truth">Whether it surely was made by the view's instant.</param>
/// <param name="Children">What it made in its turn, by id.</param>
public sealed record Creation(Node Node, Node By, long? At, Truth Truth, IReadOnlyList<Creation> Children);

/// <summary>
/// What a node made, what that made, and so on (`SPAWNED`). To have been made is no state that ends: it stays so when the child, or the
/// record of it, is gone. What several parents made stands under each; what it made in its turn, under the first.
/// </summary>
internal sealed class Creations
{
    /// <summary>Generations told: an answer that is nested deeper cannot be read by common readers of JSON.</summary>
    public const int MostGenerations = 25;

    private readonly HashSet<int> _told = [];
    private readonly CancellationToken _cancel;

    private Creations(Node root, CancellationToken cancel)
    {
        _told.Add(root.Index);
        _cancel = cancel;
        Of = Below(root, 1);
    }

    /// <summary>The first generation, by id.</summary>
    public IReadOnlyList<Creation> Of { get; }

    /// <summary>There are generations below the last one told.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Finds them.</summary>
    /// <param name="root">What made the first of them.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static Creations By(Node root, CancellationToken cancellationToken) => new(root, cancellationToken);

    private List<Creation> Below(Node parent, int generation)
    {
        _cancel.ThrowIfCancellationRequested();
        var made = parent.Out(EdgeKinds.Spawned).ToList()
            .Where(edge => edge.To != parent && edge.HasHeld != Truth.False)
            .GroupBy(edge => edge.To.Index)
            .Select(edges => (edges.First().To, At: edges.Select(edge => edge.FirstHeldAt).Min(), Truth: edges.Aggregate(Truth.False, (truth, edge) => truth.Or(edge.HasHeld))))
            .OrderBy(child => child.To.Id, StringComparer.Ordinal)
            .ToList();
        if (generation > MostGenerations && made.Count > 0)
        {
            IsCut = true;
            return [];
        }

        return made.ConvertAll(child => new Creation(child.To, parent, child.At, child.Truth, _told.Add(child.To.Index) ? Below(child.To, generation + 1) : []));
    }
}
