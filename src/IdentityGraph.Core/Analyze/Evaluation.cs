using IdentityGraph.Graph;

namespace IdentityGraph.Analyze;

/// <summary>Every rule asked, at one moment.</summary>
public sealed record Evaluation
{
    /// <summary>Gravest first, certain before possible, then by rule, subject, fingerprint.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Rules of which finding nothing, or nothing more, means nothing: with why.</summary>
    public required IReadOnlyList<(FindingRule Rule, string Why)> NotEvaluated { get; init; }

    /// <summary>Findings whose beginning lies too far back to be traced.</summary>
    public required int Untraced { get; init; }

    /// <summary>The time was up before every rule was evaluated and every beginning traced.</summary>
    public bool IsCutShort { get; init; }

    /// <param name="analysis">The moment.</param>
    /// <param name="analyzers">The rules.</param>
    /// <param name="certainOnly">Leave out what only unknown facts support.</param>
    /// <param name="progress">Told what is counted, how many are done, and of how many.</param>
    public static Evaluation Of(Analysis analysis, IReadOnlyList<IAnalyzer> analyzers, bool certainOnly = false, Action<string, int, int>? progress = null)
    {
        var stakes = new Stakes(analysis);
        List<(IAnalyzer, Finding)> found = [];
        List<(FindingRule, string)> blind = [];
        foreach (var analyzer in analyzers)
        {
            progress?.Invoke("rules", analyzers.TakeWhile(other => other != analyzer).Count(), analyzers.Count);
            var gaps = analyzer.Rule.Needs.Select(analysis.Coverage.Gap).OfType<string>().ToList();
            try
            {
                analysis.Stop.ThrowIfCancellationRequested();
                foreach (var finding in analysis.All(analyzer).Where(finding => !certainOnly || finding.Certainty is Certainty.Certain))
                {
                    found.Add((analyzer, finding.Node is { } node ? finding with { Steps = [.. finding.Steps, .. analyzer.Rule.WeighsSubject ? stakes.Of(node) : []] } : finding));
                }
            }
            catch (OperationCanceledException) when (analysis.IsSpent)
            {
                gaps.Add("the time budget ended before it was evaluated to the end");
            }

            if (gaps.Count > 0)
            {
                blind.Add((analyzer.Rule, string.Join("; ", gaps)));
            }
        }

        var beginnings = new Beginnings(analysis);
        return new Evaluation
        {
            Findings = [.. beginnings.Of(found).Select(UsedSince)
                .OrderByDescending(finding => finding.Severity)
                .ThenBy(finding => finding.Certainty)
                .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)
                .ThenBy(finding => finding.Subject, StringComparer.Ordinal)
                .ThenBy(finding => finding.Fingerprint, StringComparer.Ordinal)],
            NotEvaluated = blind,
            Untraced = beginnings.Untraced,
            IsCutShort = analysis.IsSpent,
        };
    }

    /// <summary>Use after the event makes a finding graver; it never makes or ends one.</summary>
    private static Finding UsedSince(Finding finding)
    {
        if ((finding.Trigger ?? finding.FirstTrueAt) is not { } trigger)
        {
            return finding;
        }

        var used = finding.UseMatters.Select(node => (Node: node, At: Stakes.LastUse(node))).Where(use => use.At > trigger && use.At <= use.Node.View.AsOf).ToList();
        return used.Count == 0 ? finding : finding with { Steps = [.. finding.Steps, new SeverityStep(1, $"{used[0].Node.Id} was used since ({Instants.ToText(used[0].At!.Value)})")] };
    }
}
