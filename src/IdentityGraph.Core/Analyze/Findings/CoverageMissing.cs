using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>A source of which some stream was never read to its end, or not recently enough: what it shows as true is unknown by now.</summary>
public sealed class CoverageMissing : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-D01", "Coverage missing or stale", Severity.Low)
    {
        Fires = "A stream of a source was never read to its end, or longer ago than twice the interval of its source.",
        Remediation = "Repair or run the collector.",
        Frameworks = new([], ["ID.AM-02", "DE.CM-09"], ["CA-7", "CM-8"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) =>
        from source in analysis.View.Snapshot.Streams.GroupBy(stream => (stream.Source, stream.Tenant))
        from finding in Of(analysis, source.Key.Source, source.Key.Tenant, [.. source])
        select finding;

    private IEnumerable<Finding> Of(Analysis analysis, string source, string tenant, List<StreamCoverage> streams)
    {
        var view = analysis.View;
        var read = streams.Where(stream => stream.LastReadAt is { } at && at <= view.AsOf).ToList();
        var never = read.Where(stream => stream.LastCompleteAt is null).ToList();
        var stale = read.Where(stream => stream.LastCompleteAt is not null && !view.IsFresh(stream)).ToList();
        if (never.Count + stale.Count == 0)
        {
            yield break;
        }

        var since = stale.Select(stream => Instants.FromTicksOrNull(stream.FreshUntil + 1)).Concat(never.Select(stream => stream.LastReadAt)).Min();
        yield return new Finding
        {
            Rule = Rule,
            Subject = tenant.Length == 0 ? source : $"{source}/{tenant}",
            Certainty = Certainty.Certain,
            Reason = never.Count == 0 ? "stale" : stale.Count == 0 ? "never read to its end" : "stale, and never read to its end",
            Count = never.Count + stale.Count,
            TrueSince = since,
            Policy = PolicyValue.Of("interval", streams.Max(stream => stream.Interval)),
            Details = Detail.Of(
                ("stale", stale.Select(stream => stream.Stream).Order(StringComparer.Ordinal)),
                ("neverComplete", never.Select(stream => stream.Stream).Order(StringComparer.Ordinal)),
                ("lastCompleteAt", streams.Max(stream => stream.LastCompleteAt))),
        };
    }
}
