using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Paths;

namespace IdentityGraph.Analyze.Questions;

/// <summary>Where every conclusion rests on one other alone: proofs are paths, and nothing need be left out to find them.</summary>
public sealed partial class ProofList
{
    /// <summary>Paths looked at before it gives up: most may prove no more than others found before.</summary>
    private const int MostPaths = 5_000;

    /// <summary>Whether the proofs are paths that were followed.</summary>
    internal bool HasFollowed { get; private set; }

    /// <summary>
    /// Follows paths until it has one more than are asked for, so that it knows whether there are others. Whether it followed all;
    /// null, with nothing found: some conclusion needs more than one other, or there are too many paths to look at.
    /// </summary>
    private bool? Follow(int count, CancellationToken cancellationToken)
    {
        var isWhole = FollowPaths(count, cancellationToken);
        HasFollowed = isWhole is not null;
        return isWhole;
    }

    private bool? FollowPaths(int count, CancellationToken cancellationToken)
    {
        lock (_control.Gate)
        {
            if (PathsInOrder.To(_reach, _goal.Target, _goal.Right, _goal.Cell) is not { } paths || Chosen() is not { } chosen)
            {
                return null;
            }

            _found.Add(chosen);
            var looked = 0;
            foreach (var tie in paths.Ties(cancellationToken))
            {
                foreach (var facts in tie)
                {
                    if (!_found.Exists(found => found.Facts.SetEquals(facts)) && new FactsAlone(_reach, _goal.Cell, facts) is var alone && alone.AreAllNeeded(_goal.Target.Index, _goal.Right))
                    {
                        _found.Add(Told(alone, facts, cancellationToken));
                    }
                }

                looked += tie.Count;
                Progress?.Invoke(Math.Min(_found.Count, count), count);
                if (_found.Count > count)
                {
                    return false;
                }

                if (_options.Stop.IsCancellationRequested)
                {
                    IsCapped = true;
                    return false;
                }

                if (looked > MostPaths)
                {
                    break;
                }
            }

            if (paths.IsWhole)
            {
                return true;
            }

            _found.Clear();
            return null;
        }
    }

    /// <summary>The proof that is told where only one is asked for; null where some of its facts can be left out.</summary>
    private FoundProof? Chosen()
    {
        var proof = _reach.Proof(_goal.Target, _goal.Right, _goal.Cell)!;
        var facts = FactsOf(proof);
        return new FactsAlone(_reach, _goal.Cell, facts).AreAllNeeded(_goal.Target.Index, _goal.Right) ? new FoundProof(proof, proof.Steps[^1].Hop, facts) : null;
    }

    /// <summary>The proof by some facts alone.</summary>
    private FoundProof Told(FactsAlone alone, IReadOnlySet<Fact> facts, CancellationToken cancellationToken) =>
        Prove(_control.Reach(_seeds, _options with { Only = facts, Clauses = alone.Clauses, Stop = default }, cancellationToken))!;
}
