using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Who can attain the target: every principal and credential, each by itself.</summary>
    /// <param name="ask">As of when, as known when, against which profile, within which time.</param>
    /// <param name="target">Node id.</param>
    /// <param name="level">The highest right of this level must be attained; null: any right.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<ExposureAnswer>> ExposureAsync(Ask ask, string target, Level? level = null, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var node = Known(opened.View, target);
        using var stop = StopOf(ask);
        var exposures = Exposures.Of(Control(opened), node, RightOf(level, node), stop.Token, cancellationToken, Watched(ask, "principals and credentials that may lead there"));
        var data = new ExposureAnswer
        {
            Target = node.Id,
            Level = level?.ToString(),
            Attackers = [.. exposures.Attackers.Select(one => Told(one, node))],
            Asked = exposures.Asked,
            Share = exposures.Untold == 0 ? Math.Round(exposures.Share, 6) : null,
            NeverAttained = Walker.IsWalked(node.Kind) ? node.Kind.Name : null,
        };
        var truncated = exposures.Untold == 0 ? null : $"time budget: {exposures.Untold} of {exposures.Asked} principals and credentials were not asked";
        return Seal(opened, "exposure", data, truncated, [.. NeverAttained(Control(opened), node, stop.Token), .. NotFollowed(opened.View, exposures.MayLead), .. NotDescribed(opened.View, [node]), .. NotReadToTheEnd(opened.View, data.Attackers.Count == 0)]);
    }

    private static AttackerAnswer Told(Attacker attacker, Node target)
    {
        var cells = attacker.Reach[target];
        return new AttackerAnswer
        {
            Id = attacker.Node.Id,
            Kind = attacker.Node.Kind.Name,
            Name = attacker.Node.Name,
            Hops = attacker.Reach.Hops(target),
            Certain = new RightsCell(cells.CertainDirect.ToLetters(), cells.CertainAmplified.ToLetters()),
            Possible = new RightsCell(cells.PossibleDirect.ToLetters(), cells.PossibleAmplified.ToLetters()),
        };
    }

    /// <summary>The right that reaching a level on the node means: the highest of the level; none where any right will do.</summary>
    private static Rights RightOf(Level? level, Node node) =>
        level is null or Level.L0 ? Rights.None
        : ControlGraph.OnlyKnowsUse(node.Kind) ? Rights.Use
        : (Rights)(1 << ((int)level - 1));

    private static IEnumerable<string> NeverAttained(ControlGraph control, Node target, CancellationToken stop) => Walker.IsWalked(target.Kind)
        ? [$"`{target.Id}` is of kind {target.Kind.Name}: nobody attains it itself; {WhatItGives.InWords(control, target, stop)}"]
        : [];

    /// <summary>Tells whoever watches how many are done out of how many; null: nobody does.</summary>
    private static Action<int, int>? Watched(Ask ask, string doing) => ask.Progress is { } progress ? (done, of) => progress.Report(new AskProgress(doing, done, of)) : null;

    /// <summary>Stops once the asked budget is spent; never without one.</summary>
    private CancellationTokenSource StopOf(Ask ask) => ask.Budget is { } budget ? new CancellationTokenSource(budget, time) : new CancellationTokenSource();
}
