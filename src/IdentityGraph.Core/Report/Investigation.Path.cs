using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>How control of one thing gives control of another: the chosen proof of the highest right, certain before possible.</summary>
    /// <param name="ask">As of when, as known when, against which profile.</param>
    /// <param name="from">Node id.</param>
    /// <param name="to">Node id.</param>
    /// <param name="level">The right asked for is the highest of this level; null: the highest attained.</param>
    /// <param name="count">How many proofs; at least 1. Only the chosen one is given so far, with a warning.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<PathAnswer>> PathAsync(Ask ask, string from, string to, Level? level = null, int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var target = Known(opened.View, to);
        var (reach, warnings) = ReachFrom(opened, [from], null, cancellationToken);
        if (count > 1)
        {
            warnings.Add($"{count} proofs were asked for; only the chosen one is given");
        }

        var proof = Chosen(reach, target, level);
        warnings.AddRange(Unread(opened.View, reach.ComesNear));
        var data = new PathAnswer { Paths = proof is null ? [] : [ProofSteps.Of(proof)] };
        return Seal(opened, "path", data, CutShort(reach), warnings);
    }

    private static Proof? Chosen(ReachResult reach, Node target, Level? level)
    {
        if (level is not { } wanted)
        {
            return reach.Proof(target);
        }

        var highest = new Cells(CellBits.Word(RightsLogic.Of(wanted), 1)).Highest(Cell.CertainDirect);
        var right = ControlGraph.OnlyKnowsUse(target.Kind) ? Rights.Use : highest;
        return reach.Proof(target, right, Cell.CertainAmplified) ?? reach.Proof(target, right, Cell.PossibleAmplified);
    }
}
