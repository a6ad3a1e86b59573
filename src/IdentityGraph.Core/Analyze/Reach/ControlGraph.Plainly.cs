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

        _plainClauses ??= new PlainClauses(this);
        _plainState ??= new PlainState(_plainClauses, View.NodeCount);
        var search = new PlainSearch(this, _plainClauses, _plainState, options.Stop, cancellationToken);
        return search.Run(seeds, out var stopped) is { } found ? new ReachResult(this, seeds, found, options, stopped) : null;
    }
}
