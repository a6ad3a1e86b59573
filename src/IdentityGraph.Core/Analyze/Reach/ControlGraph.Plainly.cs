using IdentityGraph.Analyze.Reach.Plain;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class ControlGraph
{
    private PlainClauses? _plainClauses;
    private PlainState? _plainState;
    private bool _isAskedAgain;

    /// <summary>
    /// The same answer by a search that remembers nothing for proofs; null where the question is not for one. A graph that is asked once
    /// is not laid out for it.
    /// </summary>
    private ReachResult? Plainly(Seed[] seeds, ReachOptions options, CancellationToken cancellationToken)
    {
        if (!_isAskedAgain || _scratch is not null || !options.IsPlain || _plainClauses is { IsMixed: true } || Array.Exists(seeds, static seed => seed.IsLate || seed.Hop > 0))
        {
            _isAskedAgain = true;
            return null;
        }

        var search = PlainSearch(options, cancellationToken);
        var found = search.Run(seeds.Select(seed => (seed.Node.Index, WordOf(seed))), null, out var stopped);
        return found is null || (stopped && (options.LateProofs || options.FewProofs)) ? null : new ReachResult(this, seeds, found, options, stopped);
    }

    /// <summary>Whether a word on one node surely gives a word on another without some edges; false where that cannot be told so.</summary>
    /// <param name="from">Dense index and word that are attained.</param>
    /// <param name="to">Dense index and word asked for.</param>
    /// <param name="options">What is cut.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    internal bool Gives((int Node, uint Word) from, (int Node, uint Word) to, ReachOptions options, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (!options.IsPlain || _plainClauses is { IsMixed: true })
            {
                return false;
            }

            var found = PlainSearch(options, cancellationToken).Run([from], to, out _);
            return found is not null && Array.BinarySearch(found.Nodes, to.Node) is >= 0 and var place && (to.Word & ~found.Words[place]) == 0;
        }
    }

    private PlainSearch PlainSearch(ReachOptions options, CancellationToken cancellationToken)
    {
        _plainClauses ??= new PlainClauses(this);
        _plainState ??= new PlainState(_plainClauses, View.NodeCount);
        return new PlainSearch(this, _plainClauses, _plainState, options, cancellationToken);
    }
}
