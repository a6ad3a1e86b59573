using IdentityGraph.Collect;
using IdentityGraph.Graph.Columns;
using IdentityGraph.Graph.Fold;

namespace IdentityGraph.Graph;

/// <summary>
/// The graph as known at one moment: every statement's valid-time interval and every state revision, immutable, in columns.
/// <see cref="At"/> is a view of it; the last few views are kept by instant. Safe for use by several threads at once.
/// </summary>
public sealed class GraphSnapshot
{
    private const int KeptViews = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<GraphView> _views = new();
    private readonly Lazy<string> _hash;
    private readonly Lazy<long[]> _changePoints;
    private readonly Lazy<CredentialCandidates> _candidates;

    private readonly FoldOptions _options;
    private readonly HashSet<int> _removed;

    private GraphSnapshot(SnapshotColumns columns, DateTimeOffset asKnownAt, FoldOptions options)
    {
        Columns = columns;
        _options = options;
        Streams = columns.Streams.Any(stream => stream.IsOverlay) ? [.. columns.Streams.Where(stream => !stream.IsOverlay)] : columns.Streams;
        _removed = [.. (options.Overlay?.RemovedNodes ?? []).Select(id => columns.IdsByForm[Nfc.Of(id)])];
        AsKnownAt = asKnownAt;
        _candidates = new Lazy<CredentialCandidates>(() => new CredentialCandidates(columns));
        _hash = new Lazy<string>(() => SnapshotHash.Of(columns));
        _changePoints = new Lazy<long[]>(() => Graph.Columns.ChangePoints.Of(columns));
        Bytes = columns.NodeBytes + columns.EdgeBytes + columns.SharedBytes;
    }

    /// <summary>
    /// Folds the runs recorded by <paramref name="asKnownAt"/>; later ones are left out. The headers are listed first, then the
    /// observations of each run are read once, one run at a time, in the order of the runs' starts.
    /// </summary>
    public static GraphSnapshot Fold(
        IEnumerable<(SealedRun Run, IEnumerable<Observation> Observations)> runs,
        DateTimeOffset asKnownAt,
        FoldOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new FoldOptions();
        var facts = new FactCollector(options);
        if (options.Overlay is { } expected)
        {
            facts.Expect(expected);
        }

        var known = runs
            .Where(run => (run.Run.Header.RecordedAt ?? run.Run.Header.StartedAt) <= asKnownAt)
            .OrderBy(run => run.Run.Header.StartedAt.UtcTicks)
            .ToList();
        foreach (var (run, observations) in known)
        {
            facts.Take(run, observations, cancellationToken);
        }

        if (options.Overlay is { } added)
        {
            facts.Take(added, asKnownAt);
        }

        foreach (var derivation in options.Derivations)
        {
            derivation.Derive(facts, cancellationToken);
        }

        if (options.Overlay is { } removed)
        {
            facts.Remove(removed);
        }

        return new GraphSnapshot(new SnapshotBuilder(facts, options, cancellationToken).Build(), asKnownAt.ToUniversalTime(), options);
    }

    /// <summary>The same facts under a what-if: what it adds, changes and removes is as it says, and nothing that is stored changes.</summary>
    /// <param name="overlay">The what-if.</param>
    /// <param name="runs">The runs this was folded from.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="RefusedInputException">It changes what is not there, or does not say which of several edges.</exception>
    public GraphSnapshot With(Overlay overlay, IEnumerable<(SealedRun Run, IEnumerable<Observation> Observations)> runs, CancellationToken cancellationToken = default) =>
        Fold(runs, AsKnownAt, _options with { Overlay = new OverlayFit(Columns).Fit(overlay) }, cancellationToken);

    public DateTimeOffset AsKnownAt { get; }

    /// <summary>SHA-256 over the folded facts, lower-case hex: equal facts in two stores have one name.</summary>
    public string Hash => _hash.Value;

    public int NodeCount => Columns.Ids.Length;

    /// <summary>Distinct (kind, start, end, key).</summary>
    public int EdgeCount => Columns.EdgeOf.Length;

    /// <summary>Bytes held by its columns.</summary>
    public long Bytes { get; }

    /// <summary>Of <see cref="Bytes"/>, those that grow with the edges alone.</summary>
    public long EdgeBytes => Columns.EdgeBytes;

    /// <summary>Of <see cref="Bytes"/>, those that grow with the nodes alone.</summary>
    public long NodeBytes => Columns.NodeBytes;

    /// <summary>Every stream of every source, sorted by source, tenant, stream.</summary>
    public IReadOnlyList<StreamCoverage> Streams { get; }

    /// <summary>Whether a what-if takes the node, by dense index, for gone: neither live nor attained.</summary>
    public bool IsRemoved(int node) => _removed.Count > 0 && _removed.Contains(node);

    /// <summary>
    /// Every instant at which a view of this snapshot may differ from the one just before: sorted UTC ticks, distinct.
    /// Statement beginnings and ends, instants stated as property values, and the ends of freshness.
    /// </summary>
    public ReadOnlyMemory<long> ChangePoints => _changePoints.Value;

    /// <summary>Dense index of each edge's start, by dense edge index.</summary>
    public ReadOnlySpan<int> EdgeOf => Columns.EdgeOf;

    /// <summary>Dense index of each edge's end, by dense edge index.</summary>
    public ReadOnlySpan<int> EdgeTo => Columns.EdgeTo;

    internal SnapshotColumns Columns { get; }

    /// <summary>Where to look for factors and fingerprints.</summary>
    internal CredentialCandidates Candidates => _candidates.Value;

    /// <summary>First and one-past-last dense index of the kind's edges.</summary>
    public Range EdgeRange(EdgeKind kind)
    {
        var edges = Columns.Kinds[kind.Index];
        return edges.First..(edges.First + edges.Count);
    }

    /// <summary>First and one-past-last dense index of the kind's nodes.</summary>
    public Range NodeRange(NodeKind kind) => Columns.KindStarts[kind.Index]..Columns.KindStarts[kind.Index + 1];

    /// <summary>The graph as of <paramref name="asOf"/> (valid time).</summary>
    public GraphView At(DateTimeOffset asOf)
    {
        lock (_lock)
        {
            for (var kept = _views.First; kept is not null; kept = kept.Next)
            {
                if (kept.Value.AsOf.UtcTicks == asOf.UtcTicks)
                {
                    _views.Remove(kept);
                    _views.AddFirst(kept);
                    return kept.Value;
                }
            }

            var view = new GraphView(this, asOf.ToUniversalTime());
            _views.AddFirst(view);
            if (_views.Count > KeptViews)
            {
                _views.RemoveLast();
            }

            return view;
        }
    }
}
