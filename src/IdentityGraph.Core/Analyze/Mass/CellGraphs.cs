using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>The four cells of control as condensed graphs for some starts; cells in which nothing differs share one.</summary>
internal sealed class CellGraphs
{
    private static readonly Cell[] s_cells = [Cell.CertainDirect, Cell.CertainAmplified, Cell.PossibleDirect, Cell.PossibleAmplified];

    private readonly CondensedGraph[] _byCell = new CondensedGraph[4];

    private CellGraphs(LiteralClauses clauses, IReadOnlyList<IReadOnlyList<Seed>> starts, Tallies tallies, CancellationToken cancellationToken)
    {
        var words = starts.SelectMany(start => start.Select(clauses.WordOf)).Distinct().ToArray();
        foreach (var cell in s_cells)
        {
            var same = Array.FindIndex(s_cells, 0, (int)cell, other => IsSame(clauses, words, (int)other, (int)cell));
            _byCell[(int)cell] = same >= 0
                ? _byCell[same]
                : Condensing.Of(LiteralGraphBuilder.Build(clauses, tallies, cell, starts, cancellationToken), cancellationToken);
        }

        Distinct = [.. s_cells.GroupBy(cell => _byCell[(int)cell], ReferenceEqualityComparer.Instance).Select(group => ((CondensedGraph)group.Key!, group.ToArray()))];
    }

    public CondensedGraph this[Cell cell] => _byCell[(int)cell];

    /// <summary>Each graph once, with the cells it stands for.</summary>
    public IReadOnlyList<(CondensedGraph Graph, Cell[] Cells)> Distinct { get; }

    /// <summary>Covers the starts and builds their graphs.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="tallies">As what literals count.</param>
    /// <param name="clauses">Clauses that cover the starts; null: all of the control graph.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static CellGraphs Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, Tallies tallies, LiteralClauses? clauses, CancellationToken cancellationToken)
    {
        lock (control.Gate)
        {
            if (clauses is null)
            {
                clauses = control.Literals ??= new LiteralClauses(control);
                clauses.Cover(starts.SelectMany(start => start), cancellationToken);
            }

            return new CellGraphs(clauses, starts, tallies, cancellationToken);
        }
    }

    /// <summary>The same for one cell alone.</summary>
    public static CondensedGraph One(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, Tallies tallies, Cell cell, CancellationToken cancellationToken)
    {
        lock (control.Gate)
        {
            var clauses = control.Literals ??= new LiteralClauses(control);
            clauses.Cover(starts.SelectMany(start => start), cancellationToken);
            return Condensing.Of(LiteralGraphBuilder.Build(clauses, tallies, cell, starts, cancellationToken), cancellationToken);
        }
    }

    private static bool IsSame(LiteralClauses clauses, uint[] words, int one, int other)
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
