using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.Naive;

/// <summary>Everything known at asKnownAt: the claims of every stream on every node and edge, never anything about now.</summary>
internal sealed class NaiveFacts
{
    private readonly List<NaiveRun> _runs;
    private readonly Dictionary<string, string> _firstKinds = [];

    /// <param name="runs">In record order.</param>
    /// <param name="asKnownAt">Runs recorded after it are not known.</param>
    /// <param name="overlay">A what-if; null: none.</param>
    public NaiveFacts(IEnumerable<IReadOnlyList<JsonObject>> runs, DateTimeOffset asKnownAt, NaiveOverlay? overlay = null)
    {
        Overlay = overlay ?? NaiveOverlay.None;
        _runs = [.. runs.Select(lines => new NaiveRun(lines)).Where(run => run.RecordedAt <= asKnownAt)];
        var lines = _runs.SelectMany(run => run.Lines).ToList();
        foreach (var line in lines.Concat(Overlay.Lines).Where(line => line.Node is not null && line.Kind is not null))
            _firstKinds.TryAdd(line.Node!, line.Kind!);
        Nodes = Claims(lines.Where(line => line.Node is not null), line => line.Node!);
        var stated = Claims(lines.Where(line => line.Edge is not null), line => line.Edge!);
        var added = Overlay.Lines.Where(line => line.Edge is not null).Select(line => line.Edge!).Distinct().Where(edge => !stated.ContainsKey(edge));
        Edges = stated.Where(pair => !Overlay.Removes(pair.Key)).Concat(added.Select(edge => KeyValuePair.Create(edge, new List<NaiveClaim>()))).ToDictionary();
        EdgeIds = [.. Edges.Keys];
        NodeIds = [.. Nodes.Keys.Concat(Overlay.Lines.Select(line => line.Node).OfType<string>()).Concat(stated.Keys.Concat(EdgeIds).SelectMany(edge => new[] { edge.Of, edge.To })).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What is laid over the facts.</summary>
    public NaiveOverlay Overlay { get; }

    public IReadOnlyDictionary<string, List<NaiveClaim>> Nodes { get; }

    public IReadOnlyDictionary<NaiveEdge, List<NaiveClaim>> Edges { get; }

    public IReadOnlyList<NaiveEdge> EdgeIds { get; }

    /// <summary>When an edge holds: "an edge that was there before since then, a new one always, unless `from` says when".</summary>
    public IEnumerable<NaiveSpan> SpansOf(NaiveEdge edge) => Edges[edge] is { Count: > 0 } claims ? claims.SelectMany(claim => claim.Spans) : Overlay.SpansOf(edge);

    /// <summary>Every id that a line names, placeholders included, in ordinal order.</summary>
    public IReadOnlyList<string> NodeIds { get; }

    public IReadOnlyList<NaiveRun> Runs => _runs;

    /// <summary>"An end that no run ever described": named, but no line states its kind.</summary>
    public bool IsPlaceholder(string node) => _firstKinds.GetValueOrDefault(node, "Unknown") == "Unknown";

    /// <summary>Somebody read what it is; who only saw it, or only says that it ended, did not.</summary>
    public bool IsDescribed(string node) => !IsPlaceholder(node) && (Overlay.Lines.Any(line => line.Node == node) || Nodes.GetValueOrDefault(node, []).SelectMany(claim => claim.Lines).Any(line => !line.Seen && !line.IsEnd));

    public string FirstKind(string node) => _firstKinds.GetValueOrDefault(node, "Unknown");

    /// <summary>
    /// "A node ends with its absence in a complete run of the source that reads its own system (the one that stated its `state`
    /// with SystemState) … where several sources stated its state so, when all of them lack it." Decision: per stream; where
    /// nobody stated a state, every stream that described the node claims its existence.
    /// </summary>
    public IEnumerable<NaiveClaim> ExistenceClaims(string node)
    {
        var claims = Nodes.GetValueOrDefault(node, []);
        var readers = claims.Where(claim => claim.Lines.Any(line => line.Grade == NaiveWords.SystemState && line.Props.ContainsKey("state"))).ToList();
        return readers.Count > 0 ? readers : claims;
    }

    /// <summary>
    /// "Age = asOf − start of the last complete run that covers the fact, where asOf lies after it; past 2 × that source's
    /// interval"; "a stream that never completed is judged by its last run".
    /// </summary>
    public bool IsStale(NaiveStream stream, DateTimeOffset asOf)
    {
        var complete = _runs.Where(run => run.Complete.Contains(stream)).ToList();
        var judging = complete.Count > 0 ? complete : _runs.Where(run => run.Touched.Contains(stream)).ToList();
        return judging.Count > 0 && asOf - judging.Max(run => run.StartedAt) > 2 * Interval(stream);
    }

    /// <summary>The interval the source states in its runs, the newest word; none: 30 days.</summary>
    public TimeSpan Interval(NaiveStream stream) =>
        _runs.LastOrDefault(run => run.Source == stream.Source && run.Tenant == stream.Tenant && run.Interval is not null)?.Interval ?? TimeSpan.FromDays(30);

    /// <summary>
    /// Every instant at which an answer may change: those that lines state, a day's end where they state a date, the moment a
    /// stream goes stale; and the moment after each, where "after" begins.
    /// </summary>
    public IReadOnlyList<DateTimeOffset> Moments => _moments ??= [.. Changes().SelectMany(moment => new[] { moment, moment.AddTicks(1) }).Distinct().Order()];

    private IReadOnlyList<DateTimeOffset>? _moments;

    private IEnumerable<DateTimeOffset> Changes()
    {
        foreach (var run in _runs)
        {
            yield return run.StartedAt;
            foreach (var stream in run.Touched.Concat(run.Complete))
                yield return run.StartedAt + (2 * Interval(stream));
            foreach (var line in run.Lines)
            {
                yield return line.At;
                if (line.From is { } from)
                    yield return from;
                if (line.Until is { } until)
                    yield return until;
                foreach (var (_, value) in line.Props)
                {
                    if (NaiveValue.InstantOf(value?.ToString()) is { } stated)
                        yield return stated;
                }
            }
        }
    }

    /// <summary>"Only a full run can prove absence": what a stream does not state was looked for where such a run read it to its end.</summary>
    public IReadOnlyCollection<NaiveStream> ReadWhole => _readWhole ??= [.. _runs.Where(run => run.Full).SelectMany(run => run.Complete)];

    private HashSet<NaiveStream>? _readWhole;

    private Dictionary<TKey, List<NaiveClaim>> Claims<TKey>(IEnumerable<NaiveLine> lines, Func<NaiveLine, TKey> subject)
        where TKey : notnull =>
        lines.GroupBy(subject).ToDictionary(
            ofSubject => ofSubject.Key,
            ofSubject => ofSubject.GroupBy(StreamOf).Select(ofStream => Claim(ofStream.Key, [.. ofStream])).ToList());

    /// <summary>Decision: of two listings of one stream at one instant neither shows what the other states as gone.</summary>
    private NaiveClaim Claim(NaiveStream stream, List<NaiveLine> lines)
    {
        var lacks = _runs
            .Where(run => run.Full && run.Complete.Contains(stream) && !lines.Any(line => line.Run.StartedAt == run.StartedAt))
            .Select(run => run.StartedAt)
            .ToList();
        return new NaiveClaim(stream, lines, lacks);
    }

    /// <summary>A later line of a node need not repeat its kind; its stream is the kind all the same.</summary>
    private NaiveStream StreamOf(NaiveLine line) =>
        line.Stream.Name.Length > 0 ? line.Stream : line.Stream with { Name = FirstKind(line.Node!) };
}
