using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>The proofs of one answer, told once each while its time lasts, with the boundaries they cross.</summary>
/// <param name="clock">The answer's time.</param>
/// <param name="proofs">Whether any are asked for.</param>
internal sealed class ReachTelling(AskClock clock, bool proofs)
{
    // Of all proofs of one answer together: those of a chain of ten thousand hops would be fifty million.
    public const int MostSteps = 500_000;

    private readonly Dictionary<string, IReadOnlyList<ProofStep>> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<ProofLine, ProofStep> _spelt = new(ReferenceEqualityComparer.Instance);
    private int _unproved;
    private int _untold;
    private int _steps;

    public Boundaries Boundaries { get; } = new();

    /// <summary>By key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> Proofs => _told;

    /// <summary>What had to be left out; null: nothing.</summary>
    public string? Left => _unproved > 0
        ? $"time budget: {_unproved} of the nodes reached come without proof, and the boundaries crossed on the way to them are not counted"
        : LeftOut(_untold);

    /// <summary>What is said where some have no proof because those before have as many steps as an answer tells; null: none.</summary>
    public static string? LeftOut(int untold) => untold == 0 ? null
        : $"proofs: {untold} of the nodes reached come without, because those before them have {MostSteps} steps together; the boundaries crossed on the way to them are not counted; `path` shows one, `--no-proofs` none";

    /// <summary>Key of the proof; null where none is asked for, there is none, or it is left out.</summary>
    public string? Prove(Func<IReadOnlyList<ProofLine>?> prove)
    {
        if (!proofs)
        {
            return null;
        }

        if (clock.IsSpent)
        {
            _unproved++;
            return null;
        }

        if (_steps >= MostSteps)
        {
            _untold++;
            return null;
        }

        if (prove() is not { } lines)
        {
            return null;
        }

        _steps += lines.Count;
        return Tell(ProofSteps.Of(lines, _spelt, Boundaries.Cross));
    }

    /// <summary>Key of steps that are there already.</summary>
    public string Tell(IReadOnlyList<ProofStep> steps)
    {
        var key = $"p{_told.Count + 1}";
        _told[key] = steps;
        return key;
    }
}
