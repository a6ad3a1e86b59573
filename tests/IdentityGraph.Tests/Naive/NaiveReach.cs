namespace IdentityGraph.Tests.Naive;

/// <summary>A node that is attained, as <c>reached[]</c> prints it: rights as letters, cell by cell.</summary>
/// <param name="Id">The node.</param>
/// <param name="Kind">Its label.</param>
/// <param name="CertainDirect">By True premises, amplifying rules off.</param>
/// <param name="CertainAmplified">By True premises.</param>
/// <param name="PossibleDirect">By True or Unknown premises, amplifying rules off.</param>
/// <param name="PossibleAmplified">By True or Unknown premises.</param>
/// <param name="Level">L0 to L6 of certain/amplified; of possible/amplified with a <c>?</c> where nothing is certain.</param>
/// <param name="Hops">Of the highest right of the cell that the level names.</param>
/// <param name="Durable">A credential the attacker keeps, by that cell.</param>
internal sealed record NaiveReached(
    string Id,
    string Kind,
    string CertainDirect,
    string CertainAmplified,
    string PossibleDirect,
    string PossibleAmplified,
    string Level,
    int Hops,
    bool Durable);

/// <summary>The four fixpoints from one set of seeds.</summary>
internal sealed class NaiveReach
{
    private readonly NaiveWorld _world;
    private readonly List<string> _given;

    public NaiveReach(NaiveWorld world, IEnumerable<NaiveSeed> seeds)
    {
        _world = world;
        var planted = seeds.ToList();
        _given = [.. planted.Select(seed => seed.Node)];
        CertainDirect = new(world, planted, possible: false, amplified: false);
        CertainAmplified = new(world, planted, possible: false, amplified: true);
        PossibleDirect = new(world, planted, possible: true, amplified: false);
        PossibleAmplified = new(world, planted, possible: true, amplified: true);
    }

    public NaiveFixpoint CertainDirect { get; }
    public NaiveFixpoint CertainAmplified { get; }
    public NaiveFixpoint PossibleDirect { get; }
    public NaiveFixpoint PossibleAmplified { get; }

    /// <summary>The seeds given, and for an Exposure the nodes it seeds.</summary>
    public IEnumerable<string> Seeds => _given.Concat(PossibleAmplified.Seeds).Distinct();

    /// <summary>Nodes of the listed kinds without the seeds, by id. Certain ⊆ possible and direct ⊆ amplified, so one cell names them all.</summary>
    public IReadOnlyList<NaiveReached> Reached =>
    [
        .. PossibleAmplified.Attained
            .Where(node => NaiveWords.Listed.Contains(_world.View.Kind(node)) && !Seeds.Contains(node))
            .Order(StringComparer.Ordinal)
            .Select(Row),
    ];

    /// <summary>Every premise and conclusion in the proofs of what is reached, of the highest right of the cell that the level names.</summary>
    public IEnumerable<(string From, string To)> Proofs => Reached
        .Select(row => (row.Id, Cell: Strongest(row.Id)))
        .SelectMany(
            row => row.Cell.Proof(row.Id, NaiveRights.Highest(row.Cell.Rights(row.Id))!.Value),
            (row, step) => (row.Cell, Step: step))
        .SelectMany(proof => proof.Cell.ConcludedFrom(proof.Step.Node, proof.Step.Right), (proof, from) => (from, proof.Step.Node))
        .Distinct();

    /// <summary>"`durable[]`: ids an attacker keeps", seed credentials among them.</summary>
    public IReadOnlyList<string> Durable =>
    [
        .. PossibleAmplified.Attained.Where(node => _world.View.Kind(node) == "Credential" && Strongest(node).IsDurable(node)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The cell that the level names: certain/amplified, or possible/amplified where nothing is certain.</summary>
    private NaiveFixpoint Strongest(string node) => CertainAmplified.Rights(node).Length > 0 ? CertainAmplified : PossibleAmplified;

    private NaiveReached Row(string node)
    {
        var cell = Strongest(node);
        var rights = cell.Rights(node);
        return new NaiveReached(
            node,
            _world.View.Kind(node),
            CertainDirect.Rights(node),
            CertainAmplified.Rights(node),
            PossibleDirect.Rights(node),
            PossibleAmplified.Rights(node),
            "L" + NaiveRights.LevelOf(rights) + (cell == CertainAmplified ? "" : "?"),
            cell.Hops(node, NaiveRights.Highest(rights)!.Value)!.Value,
            _world.View.Kind(node) == "Credential" && cell.IsDurable(node));
    }
}
