using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Why control of one thing does not give control of another: which premise fails on the way, since and until when.</summary>
    /// <param name="ask">As of when, as known when, against which profile, within which time.</param>
    /// <param name="from">Node id of what is held.</param>
    /// <param name="to">Node id of the target.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<WhyNotAnswer>> WhyNotAsync(Ask ask, string from, string to, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var target = Known(opened.View, to);
        using var stop = StopOf(ask);
        var (reach, warnings) = ReachFrom(opened, [from], null, new ReachOptions { Stop = stop.Token }, cancellationToken);
        var why = WhyNot.Of(reach, target, stop.Token, cancellationToken);
        List<string> notTaken = why.Reached == Truth.False ? [.. NotTaken.In(reach, target, stop.Token, cancellationToken)] : [];
        var data = new WhyNotAnswer
        {
            From = from,
            To = to,
            Reached = why.Reached.ToString(),
            Because = Walker.IsWalked(target.Kind) && why.Reached == Truth.False
                ? NoPath.Because(reach, from, target, isCutShort: false, isLevelAsked: false)
                : Because(why, notTaken),
            Blocked = [.. why.Blocked.Select(Told)],
        };
        if (NeverDescribed.IsIt(target) && why.Reached == Truth.False)
        {
            data = data with { Because = $"no source describes `{to}`: it counts as never live, and whether it is reached is not known" };
        }

        warnings.AddRange(NeverAttained(Control(opened), target, stop.Token));
        warnings.AddRange(NotFollowed(opened.View, reach.ComesNear).Concat(NotReadToTheEnd(opened.View, why.Reached == Truth.False)));
        if (why.Reached == Truth.False && notTaken.Count == 0 && !Walker.IsWalked(target.Kind) && TooSmall.In(reach, target, stop.Token) is { Count: > 0 } small)
        {
            var isNothingElse = data.Because == Because(why) && why.Blocked.Count == 0;
            data = data with { Because = isNothingElse ? string.Join("; ", small) : $"{data.Because}; besides, {string.Join("; ", small)}" };
        }

        return Seal(opened, "why-not", data, why.IsCutShort || reach.IsCutShort || stop.IsCancellationRequested ? "time budget: more premises may fail" : null, warnings);
    }

    private static string Because(WhyNot why, List<string> notTaken) =>
        notTaken.Count == 0 ? Because(why)
        : why.HasWay ? $"{Because(why)}; besides, {string.Join("; ", notTaken)}"
        : string.Join("; ", notTaken);

    private static string Because(WhyNot why) => (why.Reached, why.HasWay, why.IsCutShort, why.Blocked.Count) switch
    {
        (Truth.True, _, _, _) => "it is reached: `path` shows how",
        (Truth.Unknown, _, _, _) => "it is possibly reached, by premises nobody knows: `path` shows which",
        (_, _, true, _) => "the time ran out before every kind of premise was looked at",
        (_, false, _, _) => "no facts that are known lead there, live or dead, gated or not",
        (_, _, _, 0) => "every step on the way fails by more than one kind of premise, or by rights that are too small",
        _ => "these premises fail",
    };

    private static BlockedAnswer Told(FailingPremise premise) => new()
    {
        Fact = premise.Edge is { } edge
            ? ProofSteps.Of(edge)
            : new ProofFact { Node = premise.Node?.Id, Property = premise.Property },
        Reason = premise.Reason,
        Gate = premise.Gate,
        Since = Instants.FromTicksOrNull(premise.Since),
        Until = Instants.FromTicksOrNull(premise.Until),
    };
}
