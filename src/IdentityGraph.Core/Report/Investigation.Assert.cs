using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;
using IdentityGraph.Report.Assertions;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>
    /// Holds claims against the facts. A claim passes only where it certainly holds and all it is about was looked at; what is possibly
    /// broken passes only if that is allowed.
    /// </summary>
    /// <param name="ask">As of when, as known when, against which profile, within which time for all claims together.</param>
    /// <param name="question">The claims.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WrongKindException">A claim about something that nobody can hold or attain, which would hold whatever the facts are.</exception>
    public async ValueTask<Answer<AssertAnswer>> AssertAsync(Ask ask, AssertQuestion question, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var begun = time.GetTimestamp();
        using var stop = StopOf(ask);
        List<(Assertion Claim, Judgement Judgement)> judged = [];
        List<string> warnings = [];
        foreach (var claim in question.Assertions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var its = ask with { AsOf = opened.AsOf, AsKnownAt = opened.AsKnownAt, Profile = claim.Profile ?? ask.Profile, Budget = Left(ask.Budget, begun) };
            var judgement = new Judgement(claim, claim is NoLiveLeaverAssertion ? Analyze.Reach.AttackerProfile.Leaver : its.Profile);
            judged.Add((claim, judgement));
            try
            {
                await JudgeAsync(opened with { Ask = its }, claim, judgement, warnings, stop.Token, cancellationToken).ConfigureAwait(false);
            }
            catch (UnknownIdentityException unknown)
            {
                judgement.Scope = 0;
                judgement.Note(unknown.Message);
            }

            if (IsNothingFresh(opened))
            {
                judgement.Doubt("no source was read recently enough for that moment: what was found missing may be there by now");
            }

            ask.Progress?.Report(new AskProgress("assertions", judged.Count, question.Assertions.Count));
        }

        var proofs = new Dictionary<string, IReadOnlyList<ProofStep>>(StringComparer.Ordinal);
        var told = judged.ConvertAll(one => one.Judgement.Told(question.AllowPossible, proofs));
        var data = new AssertAnswer
        {
            Title = question.Title,
            Passed = told.Count(static one => one.Passed),
            Failed = told.Count(static one => !one.Passed),
            Assertions = told,
            Proofs = proofs,
        };
        warnings.AddRange(NotWhollyRead(opened.View, data));
        return Seal(opened, "assert", data, judged.Find(static one => one.Judgement.Truncated is not null).Judgement?.Truncated, [.. warnings.Distinct()]);
    }

    private async ValueTask JudgeAsync(Opened opened, Assertion claim, Judgement judgement, List<string> warnings, CancellationToken stop, CancellationToken cancellationToken)
    {
        switch (claim)
        {
            case NoPathAssertion path:
                Judge(opened, path, judgement, stop, cancellationToken);
                break;
            case MaxBlastAssertion blast:
                Judge(opened, blast, judgement, stop, cancellationToken);
                break;
            case NoOrphansAssertion orphans:
                Judge(opened, orphans, judgement, cancellationToken);
                break;
            case NoLiveLeaverAssertion leavers:
                await JudgeAsync(opened, leavers, judgement, warnings, cancellationToken).ConfigureAwait(false);
                break;
            default:
                throw new NotSupportedException($"nobody judges claims of the kind {claim.Kind}");
        }
    }

    /// <summary>What is left of a budget; never nothing, because no budget means no limit.</summary>
    private TimeSpan? Left(TimeSpan? budget, long begun) =>
        budget is { } whole ? TimeSpan.FromTicks(Math.Max(1, (whole - time.GetElapsedTime(begun)).Ticks)) : null;

    /// <summary>A claim that nothing is there rests on all having been read.</summary>
    private IEnumerable<string> NotWhollyRead(GraphView view, AssertAnswer data)
    {
        var lacking = SourcesOf(view).Where(static source => source.State != "complete").Select(static source => source.InWords).ToList();
        if (lacking.Count > 0 && data.Passed > 0)
        {
            yield return $"{data.Passed} passed on what was read, and not all was: {string.Join(", ", lacking)}; with --require-complete that is exit code 4";
        }
    }
}
