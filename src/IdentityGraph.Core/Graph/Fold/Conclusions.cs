namespace IdentityGraph.Graph.Fold;

/// <summary>Puts concluded edges beside the stated ones.</summary>
internal static class Conclusions
{
    public static void Conclude(this FactCollector facts, Conclusion conclusion)
    {
        var edge = facts.Edges.Add(conclusion.Kind.Index, conclusion.Of, conclusion.To, facts.Keys.Add(Nfc.Of(conclusion.Key)));
        var stream = Stalest(facts, conclusion.Streams);
        facts.Evidence.Add([conclusion.Evidence]);
        var sighting = new Sighting
        {
            Stream = stream,

            // A conclusion is drawn anew from every run: none of them lacks it.
            FirstRun = 0,
            LastRun = int.MaxValue,
            From = facts.Times.Add(conclusion.From),
            Until = facts.Times.Add(conclusion.Until),
            FirstAt = facts.Times.Add(conclusion.FirstAt),
            LastAt = facts.Times.Add(Math.Max(conclusion.FirstAt, conclusion.LastAt)),
            Evidence = facts.Evidence.Count - 1,
            Grade = EvidenceGrade.Inference,
            Marks = SightingMarks.Concluded | (conclusion.FromStated ? SightingMarks.FromStated : SightingMarks.None),
        };
        facts.EdgeSightings.Add(edge, sighting, facts.Streams, facts.Times);
        foreach (var (property, value) in conclusion.Properties)
        {
            facts.EdgeSayings.Add(edge, SayingOf(facts, sighting, property, value), sightings: null, facts.Streams, facts.Times);
        }
    }

    private static Saying SayingOf(FactCollector facts, in Sighting sighting, Property property, PropertyValue value) => new()
    {
        Stream = sighting.Stream,
        FirstRun = sighting.FirstRun,
        LastRun = sighting.LastRun,
        From = sighting.From,
        Until = sighting.Until,
        FirstAt = sighting.FirstAt,
        LastAt = sighting.LastAt,
        Evidence = sighting.Evidence,
        Value = facts.Values.Add(value),
        Property = facts.PropertyNames.Add(property.Name),
        Grade = EvidenceGrade.Inference,
        FromStated = sighting.Has(SightingMarks.FromStated),
    };

    // A conclusion is as fresh as the stalest of what it was drawn from.
    private static int Stalest(FactCollector facts, int[] streams) => streams
        .OrderBy(stream => facts.Streams[stream].Coverage(facts.IntervalOf(facts.Streams[stream])).FreshUntil)
        .ThenBy(stream => facts.Streams[stream].Source, StringComparer.Ordinal)
        .ThenBy(stream => facts.Streams[stream].Tenant, StringComparer.Ordinal)
        .ThenBy(stream => facts.Streams[stream].Stream, StringComparer.Ordinal)
        .First();
}
