using IdentityGraph.Collect;

namespace IdentityGraph.Graph.Fold;

/// <summary>
/// Takes in runs in the order of their starts and merges what periodic runs repeat, so that it grows with the facts and not
/// with the runs. It only gathers; <see cref="Presence"/> and the reading of properties decide.
/// </summary>
internal sealed partial class FactCollector
{
    private readonly FoldOptions _options;
    private readonly Dictionary<(string Source, string Tenant, string Stream), int> _streamNumbers = [];
    private readonly Dictionary<int, TimeSpan> _intervals = [];
    private readonly Interner<(string Source, string Tenant)> _owners = new();
    private readonly RunStreams _streamsOfRun = new();
    private int _run = -1;
    private int _startedAt;
    private int _owner;
    private RunHeader _header = new() { Source = "", StartedAt = default };

    public FactCollector(FoldOptions options)
    {
        _options = options;
        Times.Add(Instants.Earliest);
        Times.Add(Instants.Latest);
        Keys.Add("");
    }

    /// <summary>Every instant, by number; 0 is the earliest, 1 the latest.</summary>
    public Interner<long> Times { get; } = new();

    public Interner<string> Keys { get; } = new(StringComparer.Ordinal);

    public PropertyNames PropertyNames { get; } = new();

    public Interner<PropertyValue> Values { get; } = new();

    public List<string[]> Evidence { get; } = [];

    public NodeTable Nodes { get; } = new();

    public EdgeTable Edges { get; } = new();

    public SightingRows NodeSightings { get; } = new(beginningsCount: false);

    public SightingRows EdgeSightings { get; } = new(beginningsCount: true);

    /// <summary>Edges of kinds nobody here knows.</summary>
    public UnreadTable Unread { get; } = new();

    public SayingRows NodeSayings { get; } = new();

    public SayingRows EdgeSayings { get; } = new();

    public List<StreamReads> Streams { get; } = [];

    /// <summary>Record times of the runs, by number (UTC ticks).</summary>
    public List<long> RecordedAt { get; } = [];

    /// <summary>Starts of the runs, by number and ascending (UTC ticks).</summary>
    public List<long> StartedAt { get; } = [];

    private SightingMarks OfRun => _header.Mode == RunMode.Delta ? SightingMarks.Delta : SightingMarks.None;

    public TimeSpan IntervalOf(StreamReads stream) => _intervals.GetValueOrDefault(stream.Owner, _options.DefaultInterval);

    public void Take(SealedRun run, IEnumerable<Observation> observations, CancellationToken cancellationToken)
    {
        Begin(run);
        var taken = 0;
        foreach (var observation in observations)
        {
            if ((++taken & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Take(observation);
        }

        _streamsOfRun.Close(run, _run, Streams);
    }

    private void Begin(SealedRun run)
    {
        _header = run.Header;
        _run++;
        _startedAt = Times.Add(run.Header.StartedAt.UtcTicks);
        _owner = _owners.Add((run.Header.Source, run.Header.Tenant));
        StartedAt.Add(run.Header.StartedAt.UtcTicks);
        RecordedAt.Add((run.Header.RecordedAt ?? run.Header.StartedAt).UtcTicks);
        if (run.Header.Interval is { } interval)
        {
            _intervals[_owner] = interval;
        }
    }

    private void Take(Observation observation)
    {
        switch (observation)
        {
            case Observation.SawNode node:
                TakeNode(node);
                break;
            case Observation.SawEdge edge:
                TakeEdge(edge);
                break;
            case Observation.SeenUnreadable seen:
                TakeSeen(seen);
                break;
            case Observation.EndOf end:
                var stream = StreamNumber(end.Stream ?? "");
                _streamsOfRun.End(stream, end);
                break;
        }
    }

    private void TakeNode(Observation.SawNode line)
    {
        var node = Nodes.Add(line.Id);
        var stream = StreamNumber(line.Stream ?? line.Kind ?? Nodes.LabelOf(node) ?? "");
        var sighting = SightingOf(line, stream);
        if (line.Kind is { } label)
        {
            Nodes.Label(node, label, new LabelRank(false, line.Grade, IsOfItsSystem(line.Id), Times[sighting.FirstAt], Times[sighting.From]));
            Streams[stream].States(label);
        }

        if (!sighting.IsBareEnd)
        {
            Nodes.Describe(node);
        }

        if (line.Grade == EvidenceGrade.SystemState && line.Properties.Any(property => property.Key == Properties.State.Name))
        {
            sighting.Marks |= SightingMarks.ReadsState;
        }

        NodeSightings.Add(node, sighting, Streams, Times);
        Say(NodeSayings, node, line, sighting);
        if (line.Kind is { } said && NodeKind.Find(said) is null)
        {
            Say(NodeSayings, node, SayingOf(line, sighting), UnknownLabel, PropertyValue.Of(said));
        }
    }

    /// <summary>Whether the source of the run reads the system that the id begins with.</summary>
    private bool IsOfItsSystem(string id) => id.StartsWith(_header.Source, StringComparison.Ordinal) && id.Length > _header.Source.Length && id[_header.Source.Length] == ':';

    /// <summary>The property under which a label we do not know is kept.</summary>
    public const string UnknownLabel = "kind-as-said";

    private void TakeEdge(Observation.SawEdge line)
    {
        var of = Nodes.Add(line.Of);
        var to = Nodes.Add(line.To);
        var stream = StreamNumber(line.Stream ?? line.Kind);
        Streams[stream].States(line.Kind);
        var sighting = SightingOf(line, stream);
        if (EdgeKind.Find(line.Kind) is not { } kind)
        {
            Unread.Add(line.Kind, of, to, Nfc.Of(line.Key ?? ""), sighting, Streams, Times);
            return;
        }

        var edge = Edges.Add(kind.Index, of, to, Keys.Add(Nfc.Of(line.EffectiveKey)));
        EdgeSightings.Add(edge, sighting, Streams, Times);
        Say(EdgeSayings, edge, line, sighting);
    }

    private Sighting SightingOf(Observation.Fact line, int stream)
    {
        var at = line.At is { } stated ? Times.Add(stated.UtcTicks) : _startedAt;
        var sighting = new Sighting
        {
            Stream = stream,
            FirstRun = _run,
            LastRun = _run,
            From = at,
            Until = NodeTable.Latest,
            FirstAt = at,
            LastAt = at,
            Evidence = EvidenceOf(line),
            Grade = line.Grade,
            Marks = OfRun,
        };
        if (line.From is { } from && line.Precision != Precision.Observed)
        {
            sighting.From = Times.Add(Days.Resolve(from, line, _options));
            sighting.LastFrom = sighting.From;
            sighting.Marks |= SightingMarks.FromStated | (line.Precision == Precision.Day ? SightingMarks.FromIsDay : SightingMarks.None);
        }

        if (line.Until is { } until)
        {
            sighting.Until = Times.Add(Days.Resolve(until, line, _options));
            sighting.Marks |= SightingMarks.UntilStated;
            if (line is { From: not null, Precision: Precision.Observed } && Times[sighting.Until] > Times[at])
            {
                // Read as there, and for how long yet.
                sighting.LastFrom = sighting.From;
                sighting.Marks |= SightingMarks.FromStated | SightingMarks.FromObserved;
            }
        }

        return sighting;
    }

    private void Say(SayingRows rows, int subject, Observation.Fact line, in Sighting sighting)
    {
        var saying = SayingOf(line, sighting);
        if (sighting.IsBareEnd && line is Observation.SawEdge)
        {
            // What a source says of an edge as it ends its claim restricts nobody else's.
            return;
        }

        foreach (var (name, value) in line.Properties)
        {
            Say(rows, subject, saying, name, value);
        }

        foreach (var (name, json) in line.Unrecognised)
        {
            Say(rows, subject, saying, name, PropertyValue.OfJson(json));
        }
    }

    private void Say(SayingRows rows, int subject, Saying saying, string name, PropertyValue value)
    {
        if (_decided is not null && _decided.TryGetValue((ReferenceEquals(rows, NodeSayings), subject, name), out var decided))
        {
            SayAround(rows, subject, saying, name, value, decided);
            return;
        }

        Add(rows, subject, saying, name, value);
    }

    private void Add(SayingRows rows, int subject, Saying saying, string name, PropertyValue value)
    {
        saying.Property = PropertyNames.Add(name);
        saying.Value = Values.Add(value);
        var sightings = ReferenceEquals(rows, NodeSayings) ? NodeSightings : EdgeSightings;
        rows.Add(subject, saying, sightings, Streams, Times);
    }

    private static Saying SayingOf(Observation.Fact line, in Sighting sighting) => new()
    {
        Stream = sighting.Stream,
        FirstRun = sighting.FirstRun,
        LastRun = sighting.LastRun,
        From = sighting.From,

        // A bare end states its values for the moment it was read; what it ends is the presence.
        Until = sighting.IsBareEnd ? NodeTable.Latest : sighting.Until,
        FirstAt = sighting.FirstAt,
        LastAt = sighting.LastAt,
        Evidence = sighting.Evidence,
        Grade = sighting.Grade,
        Precision = sighting.Has(SightingMarks.FromStated) ? line.Precision : Precision.Observed,
        FromStated = sighting.Has(SightingMarks.FromStated),
        IsDelta = sighting.Has(SightingMarks.Delta),
    };

    private int EvidenceOf(Observation.Fact line)
    {
        if (line.Evidence.Count == 0)
        {
            return -1;
        }

        Evidence.Add([.. line.Evidence.Select(reference => reference.Ref)]);
        return Evidence.Count - 1;
    }

    private int StreamNumber(string stream)
    {
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_streamNumbers, (_header.Source, _header.Tenant, stream), out var known);
        if (!known)
        {
            number = Streams.Count;
            Streams.Add(new StreamReads(_header.Source, _header.Tenant, stream, _owner));
        }

        _streamsOfRun.Touch(number);
        return number;
    }
}
