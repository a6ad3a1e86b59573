using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>The chosen proof that control of one thing gives control of another.</summary>
    /// <inheritdoc cref="PathAsync(Ask, PathQuestion, CancellationToken)"/>
    public ValueTask<Answer<PathAnswer>> PathAsync(Ask ask, string from, string to, Level? level = null, CancellationToken cancellationToken = default) =>
        PathAsync(ask, new PathQuestion { From = from, To = to, Level = level }, cancellationToken);

    /// <summary>
    /// How control of one thing gives control of another: proofs of the highest right, certain before possible, whose facts are
    /// minimal, the chosen one first.
    /// </summary>
    /// <param name="ask">As of when, as known when, against which profile, within which time.</param>
    /// <param name="question">From where to where, how many, without what.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<PathAnswer>> PathAsync(Ask ask, PathQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(question.Count, 1, nameof(question));
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var target = Known(opened.View, question.To);
        var liveness = Control(opened).Liveness;
        var avoided = question.Avoid.Select(id => Known(opened.View, id).Index).ToHashSet();
        using var stop = StopOf(ask);
        var options = new ReachOptions
        {
            Stop = stop.Token,
            FewProofs = ask.Budget is null,
            Avoid = avoided.Count == 0 && !question.LiveOnly ? null : node => avoided.Contains(node) || (question.LiveOnly && IsDead(opened.View[node], liveness)),
        };
        var (reach, warnings) = ReachFrom(opened, [question.From], null, options, cancellationToken);
        warnings.AddRange(NotFollowed(opened.View, reach.ComesNear));
        var truncated = CutShort(reach);
        if (GoalOf(reach, target, question.Level) is not { } goal)
        {
            warnings.InsertRange(0, [.. NeverAttained(Control(opened), target, stop.Token), .. WhyNothing.In(reach, BlastRadius.Of(reach))]);
            warnings.AddRange(NotReadToTheEnd(opened.View, isNo: true));
            var because = truncated is null && options.Avoid is not null ? KeptOff(opened, question, target, stop.Token, cancellationToken) : null;
            return Seal(opened, "path", new PathAnswer { Paths = [], Because = because ?? NoPath.Because(reach, question.From, target, truncated is not null, question.Level is not null), All = truncated is null }, truncated, warnings);
        }

        if (question.Count == 1)
        {
            var chosen = reach.Proof(target, goal.Right, goal.Cell);
            return Seal(opened, "path", new PathAnswer { Paths = chosen is null ? [] : [ProofSteps.Of(chosen)], Because = null, All = null }, truncated, warnings);
        }

        var proofs = ProofList.Of(reach, target, goal.Right, goal.Cell, question.Count, cancellationToken, Watched(ask, "proofs found"));
        truncated ??= proofs.IsCapped ? "more proofs may exist, or shorter ones: the search for them was cut by its limit of branches or time"
            : proofs.LeavesWaysOut && proofs.Proofs.Count < question.Count ? "more proofs may exist: only some of the walks over memberships that lead to one end through gates of an account's own are told apart"
            : null;
        return Seal(opened, "path", new PathAnswer { Paths = [.. proofs.Proofs.Select(ProofSteps.Of)], Because = null, All = proofs.IsWhole }, truncated, warnings);
    }

    /// <summary>How the target is attained where nothing is kept off; null: it is not.</summary>
    private string? KeptOff(Opened opened, PathQuestion question, Node target, CancellationToken stop, CancellationToken cancellationToken)
    {
        var without = ReachFrom(opened, [question.From], null, new ReachOptions { Stop = stop }, cancellationToken).Reach;
        return GoalOf(without, target, question.Level) is { } goal ? NoPath.KeptOff(question, without, target, goal)
            : without.IsCutShort ? "no path that keeps off what was named; the time did not last to see whether there is another"
            : null;
    }

    private static bool IsDead(Node node, Liveness liveness) => node.Kind == NodeKinds.Credential && liveness.Of(node) == Truth.False;

    /// <summary>The right of the level, or the highest attained, in the strongest cell it is attained in; null where it is not.</summary>
    private static (Rights Right, Cell Cell)? GoalOf(ReachResult reach, Node target, Level? level)
    {
        var cells = reach[target];
        var right = level is null ? cells.Highest(cells.Strongest) : RightOf(level, target);
        return right == Rights.None ? null
            : cells.CertainAmplified.Has(right) ? (right, Cell.CertainAmplified)
            : cells.PossibleAmplified.Has(right) ? (right, Cell.PossibleAmplified)
            : null;
    }
}
