using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report.Assertions;

/// <summary>More falls than a budget allows.</summary>
/// <param name="Measure">nodes, score, share or crownJewels.</param>
/// <param name="Measured">What falls; where that is only possible, the most that may.</param>
/// <param name="Limit">What may at most.</param>
/// <param name="IsCertain">False: so much falls only possibly, or it is not certain that the budget is meant.</param>
/// <param name="Why">What makes it possible only, to end a sentence; empty where it is certain.</param>
internal sealed record BlastBreach(string Measure, double Measured, double Limit, bool IsCertain, string Why);

/// <summary>A budget that counts for a start.</summary>
/// <param name="Limits">What may fall at most.</param>
/// <param name="Words">Whose budget it is, to end a sentence.</param>
/// <param name="IsSure">False: it may not be the right one.</param>
internal sealed record BlastBudget(BlastLimits Limits, string Words, bool IsSure = true)
{
    /// <summary>Those that count for what is held together; none where it has none.</summary>
    public static IReadOnlyList<BlastBudget> Of(MaxBlastAssertion claim, IEnumerable<Node> held)
    {
        List<BlastBudget> budgets = claim.Limits is { } all ? [new BlastBudget(all, "")] : [];
        if (claim.PerTier.Count == 0 && claim.UnknownTier is null)
        {
            return budgets;
        }

        // One thing of an unknown tier among those held together may be of a lower one than the rest.
        List<int?> tiers = [.. held.Select(Tiers.Of)];
        if (tiers.Min() is { } tier && claim.PerTier.TryGetValue(tier, out var its))
        {
            budgets.Add(new BlastBudget(its, $" in tier {tier}"));
        }

        if (tiers.Contains(null))
        {
            budgets.Add(claim.UnknownTier is { } unknown ? new BlastBudget(unknown, " where the tier is unknown") : new BlastBudget(Strictest(claim.PerTier.Values), ", the strictest budget, because no source states the tier", IsSure: false));
        }

        return budgets;
    }

    /// <param name="summary">How much falls.</param>
    /// <param name="whole">All criticality there is.</param>
    public IEnumerable<BlastBreach> Breaches(ReachSummary summary, double whole)
    {
        (string Name, double? Limit, double Certain, double Possible)[] measures =
        [
            ("nodes", Limits.Nodes, summary.NodesIn(Analyze.Reach.Cell.CertainAmplified), summary.NodesIn(Analyze.Reach.Cell.PossibleAmplified)),
            ("score", Limits.Score, summary.Raw, summary.PossibleRaw),
            ("share", Limits.Share, summary.Share, whole == 0 ? 0 : summary.PossibleRaw / whole),
            ("crownJewels", Limits.CrownJewels, summary.CrownJewels, summary.PossibleCrownJewels),
        ];
        foreach (var (name, limit, certain, possible) in measures)
        {
            if (limit is { } most && possible > most)
            {
                var isCertain = certain > most;
                yield return new BlastBreach(name, isCertain ? certain : possible, most, isCertain && IsSure, Words + (isCertain ? "" : ", some of it only possibly"));
            }
        }
    }

    private static BlastLimits Strictest(IEnumerable<BlastLimits> all)
    {
        var limits = all.ToList();
        return new BlastLimits(limits.Min(static one => one.Nodes), limits.Min(static one => one.Score), limits.Min(static one => one.Share), limits.Min(static one => one.CrownJewels));
    }
}
