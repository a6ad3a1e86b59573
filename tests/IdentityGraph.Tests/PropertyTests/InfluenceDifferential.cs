using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>What sources decide, beside the naive closure, where no right confers a capability: that is a CAN_* edge nobody states.</summary>
internal static class InfluenceDifferential
{
    public static IReadOnlyList<string> Compare(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        if (asked.Facts.EdgeIds.Any(edge => edge.Kind == "CONFERS" && asked.View.Of(edge, "capability").Said is not NaiveSaid.NotReported))
        {
            return [];
        }

        var starts = asked.Facts.NodeIds.Where(node => asked.View.Kind(node) is "System" or "Workflow" or "Connector" or "ServiceIdentity").Take(2).ToList();
        var answer = asked.Answer(investigation => investigation.InfluenceAsync(asked.Ask, starts));
        var (surely, perhaps) = (NaiveInfluence.Of(asked.View, starts, possible: false), NaiveInfluence.Of(asked.View, starts, possible: true));
        return
        [
            .. CutsDifferential.Differing(
                $"influence of {string.Join(' ', starts)}",
                perhaps.Keys.Where(node => !asked.Facts.IsPlaceholder(node)).Select(node => $"{node} {(surely.TryGetValue(node, out var hops) ? $"Certain {hops}" : $"Possible {perhaps[node]}")}"),
                answer.Influenced.Where(one => !asked.Facts.IsPlaceholder(one.Id)).Select(one => $"{one.Id} {one.Certainty} {one.Hops}")),
        ];
    }
}
