using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>The four cells of control as condensed graphs for some starts; cells in which nothing differs share one.</summary>
internal sealed class CellGraphs
{
    // Above so many clauses graphs are laid out one after the other, for what that takes is gone again before the next.
    private const int ManyClauses = 32_000_000;

    private static readonly Cell[] s_cells = [Cell.CertainDirect, Cell.CertainAmplified, Cell.PossibleDirect, Cell.PossibleAmplified];

    private readonly CondensedGraph[] _byCell = new CondensedGraph[4];

    private CellGraphs(LiteralClauses clauses, IReadOnlyList<IReadOnlyList<Seed>> starts, Tallies tallies, int workers, CancellationToken cancellationToken)
    {
        var begun = Beginning.Of(clauses, starts);
        var words = WordsOf(begun);
        int[] like = [.. s_cells.Select(cell => Array.FindIndex(s_cells, 0, (int)cell, other => IsSame(clauses, words, (int)other, (int)cell)))];
        Cell[] distinct = [.. s_cells.Where(cell => like[(int)cell] < 0)];
        var side = new ParallelOptions { MaxDegreeOfParallelism = clauses.Count > ManyClauses ? 1 : Math.Max(1, workers), CancellationToken = cancellationToken };
        Parallel.ForEach(distinct, side, cell => _byCell[(int)cell] = Condensing.Of(LiteralGraphBuilder.Build(clauses, tallies, cell, begun, cancellationToken), cancellationToken));
        foreach (var cell in s_cells)
        {
            _byCell[(int)cell] ??= _byCell[like[(int)cell]];
        }

        Distinct = [.. s_cells.GroupBy(cell => _byCell[(int)cell], ReferenceEqualityComparer.Instance).Select(group => ((CondensedGraph)group.Key!, group.ToArray()))];
    }

    /// <summary>Each graph once, with the cells it stands for.</summary>
    public IReadOnlyList<(CondensedGraph Graph, Cell[] Cells)> Distinct { get; }

    /// <summary>Covers the starts and builds their graphs.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="tallies">As what literals count.</param>
    /// <param name="clauses">Clauses that cover the starts; null: all of the control graph.</param>
    /// <param name="workers">At most so many graphs side by side.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static CellGraphs Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, Tallies tallies, LiteralClauses? clauses, int workers, CancellationToken cancellationToken)
    {
        lock (control.Gate)
        {
            return new CellGraphs(clauses ?? Covering(control, starts, cancellationToken), starts, tallies, workers, cancellationToken);
        }
    }

    /// <summary>The same for one cell alone.</summary>
    public static CondensedGraph One(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, Tallies tallies, Cell cell, CancellationToken cancellationToken)
    {
        lock (control.Gate)
        {
            var clauses = Covering(control, starts, cancellationToken);
            return Condensing.Of(LiteralGraphBuilder.Build(clauses, tallies, cell, Beginning.Of(clauses, starts), cancellationToken), cancellationToken);
        }
    }

    private static LiteralClauses Covering(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, CancellationToken cancellationToken)
    {
        var clauses = control.Literals ??= new LiteralClauses(control);
        clauses.Cover(starts.SelectMany(start => start), cancellationToken);
        return clauses;
    }

    private static HashSet<uint> WordsOf(Beginning[][] begun)
    {
        var words = new HashSet<uint>();
        foreach (var start in begun)
        {
            foreach (var seed in start)
            {
                words.Add(seed.Word);
            }
        }

        return words;
    }

    private static bool IsSame(LiteralClauses clauses, HashSet<uint> words, int one, int other)
    {
        foreach (var word in words)
        {
            if ((((word >> one) ^ (word >> other)) & CellBits.Replicate(1)) != 0)
            {
                return false;
            }
        }

        return clauses.AreSame(one, other);
    }
}
