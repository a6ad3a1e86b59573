using IdentityGraph.Collect;

namespace IdentityGraph.Graph.Fold;

/// <summary>What a what-if adds, changes and takes away, beside what runs state.</summary>
internal sealed partial class FactCollector
{
    /// <summary>What answers call the source of what a what-if says.</summary>
    public const string OverlaySource = "what-if";

    // By subject and property, the stretches a what-if decides; null where there is no what-if.
    private Dictionary<(bool IsNode, int Subject, string Property), List<(long From, long Until)>>? _decided;
    private int _overlayStream = -1;
    private int _overlayRun;

    /// <summary>Called before the runs are taken in: what they say of the properties and times that the overlay decides is left out.</summary>
    public void Expect(Overlay overlay)
    {
        _decided = [];
        foreach (var fact in overlay.Facts)
        {
            var (isNode, subject) = fact is Observation.SawNode node ? (true, Nodes.Add(node.Id)) : (false, EdgeOf((Observation.SawEdge)fact));
            foreach (var (name, _) in fact.Properties)
            {
                var stretches = _decided.TryGetValue((isNode, subject, name), out var known) ? known : _decided[(isNode, subject, name)] = [];
                stretches.Add(StretchOf(fact));
            }
        }
    }

    /// <summary>Called after the runs are taken in, before anything is derived.</summary>
    /// <param name="overlay">What is added and changed.</param>
    /// <param name="at">When it counts as read last.</param>
    public void Take(Overlay overlay, DateTimeOffset at)
    {
        // No source has this tenant: a run's header holds no control characters.
        var owner = _owners.Add((OverlaySource, "\0"));
        _intervals[owner] = TimeSpan.MaxValue;
        _overlayStream = Streams.Count;
        var stream = new StreamReads(OverlaySource, "", "", owner) { IsOverlay = true };
        stream.Read(0, at.UtcTicks, full: false, complete: false);
        Streams.Add(stream);
        _overlayRun = RecordedAt.Count;
        RecordedAt.Add(at.UtcTicks);
        foreach (var fact in overlay.Facts)
        {
            if (fact is Observation.SawNode node)
            {
                TakeAdded(node, at.UtcTicks);
            }
            else
            {
                TakeAdded((Observation.SawEdge)fact, at.UtcTicks);
            }
        }
    }

    /// <summary>Called once everything is derived: ends what is taken away before it began.</summary>
    public void Remove(Overlay overlay)
    {
        foreach (var id in overlay.RemovedNodes)
        {
            NodeSightings.Add(Nodes.Add(id), End(NodeTable.Earliest), Streams, Times);
        }

        foreach (var removed in overlay.RemovedEdges)
        {
            if (EdgeKind.Find(removed.Kind) is not { } kind)
            {
                continue;
            }

            var (of, to, key) = (Nodes.Add(removed.Of), Nodes.Add(removed.To), removed.Key is null ? -1 : Keys.Add(Nfc.Of(removed.Key)));
            for (var edge = 0; edge < Edges.Count; edge++)
            {
                if (Edges.Of[edge] == of && Edges.To[edge] == to && Edges.Kind[edge] == kind.Index && (key < 0 || Edges.Key[edge] == key))
                {
                    EdgeSightings.Add(edge, End(NodeTable.Earliest), Streams, Times);
                }
            }
        }
    }

    private int EdgeOf(Observation.SawEdge line) =>
        Edges.Add(EdgeKind.Find(line.Kind)!.Index, Nodes.Add(line.Of), Nodes.Add(line.To), Keys.Add(Nfc.Of(line.EffectiveKey)));

    private (long From, long Until) StretchOf(Observation.Fact fact) => (
        fact.From is { } from ? Days.Resolve(from, fact, _options) : Instants.Earliest,
        fact.Until is { } until && fact.From is not null ? Days.Resolve(until, fact, _options) : Instants.Latest);

    private void TakeAdded(Observation.SawNode line, long at)
    {
        var node = Nodes.Add(line.Id);
        var isNew = NodeSightings.Head(node) < 0;
        var sighting = Added(line, at, Instants.Always);
        if (line.Kind is { } label)
        {
            Nodes.Label(node, label, new LabelRank(true, EvidenceGrade.SystemState, true, Instants.Latest, Instants.Latest));
        }

        Nodes.Describe(node);
        if (sighting.IsBareEnd)
        {
            NodeSightings.Add(node, End(sighting.Until), Streams, Times);
        }
        else if (isNew || line.Kind is not null)
        {
            // Of a node that is there, a line without a kind only changes properties.
            sighting.Marks |= line.Properties.Any(property => property.Key == Properties.State.Name) ? SightingMarks.ReadsState : SightingMarks.None;
            NodeSightings.Add(node, sighting, Streams, Times);
        }

        SayAdded(NodeSayings, node, line, sighting);
    }

    private void TakeAdded(Observation.SawEdge line, long at)
    {
        var edge = EdgeOf(line);
        var sighting = Added(line, at, Begun(edge));
        EdgeSightings.Add(edge, sighting.IsBareEnd ? End(sighting.Until) : sighting, Streams, Times);
        SayAdded(EdgeSayings, edge, line, sighting);
    }

    /// <summary>Where the overlay does not say since when, an edge that was there before holds since then, and a new one always has.</summary>
    private long Begun(int edge)
    {
        var begun = Instants.Latest;
        for (var row = EdgeSightings.Head(edge); row >= 0; row = EdgeSightings.Rows[row].Next)
        {
            begun = EdgeSightings.Rows[row].IsBareEnd ? begun : Math.Min(begun, Times[EdgeSightings.Rows[row].From]);
        }

        return begun == Instants.Latest ? Instants.Always : begun;
    }

    private Sighting Added(Observation.Fact line, long at, long begun)
    {
        var from = line.From is { } stated ? Days.Resolve(stated, line, _options) : begun;
        var isEnd = line.Until is not null && line.From is null;
        return new Sighting
        {
            Stream = _overlayStream,
            FirstRun = _overlayRun,
            LastRun = int.MaxValue,
            From = Times.Add(from),
            Until = line.Until is { } until ? Times.Add(Days.Resolve(until, line, _options)) : NodeTable.Latest,
            FirstAt = Times.Add(from),
            LastAt = Times.Add(Math.Max(from, at)),
            Evidence = EvidenceOf(line),
            Grade = line.Grade,
            Marks = SightingMarks.WhatIf | (isEnd ? SightingMarks.UntilStated : SightingMarks.FromStated | SightingMarks.Concluded),
        };
    }

    private Sighting End(int until) => new()
    {
        Stream = _overlayStream,
        FirstRun = _overlayRun,
        LastRun = int.MaxValue,
        Until = until,
        From = NodeTable.Earliest,
        FirstAt = Times.Add(Instants.Always),
        LastAt = Times.Add(Instants.Always),
        Evidence = -1,
        Grade = EvidenceGrade.SystemState,
        Marks = SightingMarks.WhatIf | SightingMarks.UntilStated,
    };

    private void SayAdded(SayingRows rows, int subject, Observation.Fact line, in Sighting sighting)
    {
        var (from, until) = StretchOf(line);
        var saying = SayingOf(line, sighting) with { From = Times.Add(Math.Max(Instants.Always, from)), Until = Times.Add(until), Precision = Precision.Instant, FromStated = true };
        foreach (var (name, value) in line.Properties)
        {
            Add(rows, subject, saying, name, value);
        }
    }

    /// <summary>Adds what a run says, but for the times that the what-if decides.</summary>
    private void SayAround(SayingRows rows, int subject, Saying saying, string name, PropertyValue value, List<(long From, long Until)> decided)
    {
        foreach (var (from, until) in decided)
        {
            if (Times[saying.Until] <= from || Times[saying.From] >= until)
            {
                continue;
            }

            if (Times[saying.Until] > until)
            {
                SayAround(rows, subject, saying with { From = Times.Add(until), FromStated = true, Precision = Precision.Instant }, name, value, decided);
            }

            if (Times[saying.From] < from)
            {
                SayAround(rows, subject, saying with { Until = Times.Add(from) }, name, value, decided);
            }

            return;
        }

        Add(rows, subject, saying, name, value);
    }
}
