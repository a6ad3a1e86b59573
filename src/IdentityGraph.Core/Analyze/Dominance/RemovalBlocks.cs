using IdentityGraph.Analyze.Mass;

namespace IdentityGraph.Analyze.Dominance;

/// <summary>
/// What is left where a node gives nothing, for up to 512 nodes at once: a bit a node, set where something is attained without it. Of
/// premises of which one is enough the bits are united, of those needed together intersected, and what a node gives lacks its own bit.
/// That is the search with the node left out, 512 times, to the least fixpoint: exact, with premises needed together and with several
/// rights on one node.
/// </summary>
internal sealed class RemovalBlocks : IDisposable
{
    /// <summary>Nodes a block.</summary>
    public const int Width = 512;

    private const int Block = 4096;

    private readonly AttainedWays _ways;
    private readonly Rows _rows;

    // By node, its column in this block; -1: none.
    private readonly int[] _column;

    /// <param name="ways">What is attained with all nodes.</param>
    /// <param name="nodes">How many nodes there are.</param>
    public RemovalBlocks(AttainedWays ways, int nodes)
    {
        (_ways, _rows, _column) = (ways, new Rows(ways.Count), new int[nodes]);
        Array.Fill(_column, -1);
    }

    /// <summary>Edges passed so far, for measures.</summary>
    public long Passed { get; private set; }

    /// <summary>How many of the targets, but itself, each takes away.</summary>
    /// <param name="candidates">Nodes, at most <see cref="Width"/>.</param>
    /// <param name="targets">Nodes that are attained.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public int[] Run(ReadOnlySpan<int> candidates, IReadOnlyList<int> targets, CancellationToken cancellationToken)
    {
        var whole = new ulong[Rows.Words];
        for (var column = 0; column < candidates.Length; column++)
        {
            _column[candidates[column]] = column;
            whole[column >> 6] |= 1UL << (column & 63);
        }

        var all = Row512.Of(whole);
        foreach (var start in _ways.Starts)
        {
            _rows.Or(start, all);
            _rows.Change(start);
        }

        Spread(cancellationToken);
        var lost = new int[candidates.Length];
        foreach (var target in targets)
        {
            var own = _column[target];
            foreach (var column in _rows[_ways.PlaceOf(target)].Missing(all))
            {
                lost[column] += column == own ? 0 : 1;
            }
        }

        _rows.Drain(static (_, _) => { });
        foreach (var node in candidates)
        {
            _column[node] = -1;
        }

        return lost;
    }

    public void Dispose() => _rows.Dispose();

    private void Spread(CancellationToken cancellationToken)
    {
        var checkAt = Passed + Block;
        for (var place = _rows.NextChanged(0); place >= 0;)
        {
            var lowest = int.MaxValue;
            if (_ways.Inputs[place] is not { } inputs || _rows.Or(place, Joined(inputs)))
            {
                var outs = _ways.OutOf(place);
                Passed += outs.Length + 1;
                lowest = _rows.Push(outs, Given(place));
            }

            if (Passed > checkAt)
            {
                cancellationToken.ThrowIfCancellationRequested();
                checkAt = Passed + Block;
            }

            place = _rows.NextChanged(Math.Min(lowest, place));
        }
    }

    private Row512 Joined(int[] inputs)
    {
        var all = Given(inputs[0]);
        for (var i = 1; i < inputs.Length; i++)
        {
            all = all.And(Given(inputs[i]));
        }

        return all;
    }

    /// <summary>What a place passes on: all it has, but for its own node.</summary>
    private Row512 Given(int place)
    {
        var row = _rows[place];
        return _ways.NodeOf[place] is >= 0 and var node && _column[node] is >= 0 and var column ? row.Without(column) : row;
    }
}
