using System.Collections.ObjectModel;

namespace IdentityGraph.Graph.Fold;

/// <summary>What is known of one stream of one source: its runs in the order of their starts, and which of them prove absence.</summary>
internal sealed class StreamReads(string source, string tenant, string stream, int owner)
{
    private readonly List<(long StartedAt, int Run)> _fullComplete = [];
    private readonly List<(long StartedAt, int Run)> _held = [];
    private readonly List<long> _fullStarts = [];
    private readonly HashSet<string> _states = new(StringComparer.Ordinal);

    public string Source { get; } = source;

    public string Tenant { get; } = tenant;

    public string Stream { get; } = stream;

    /// <summary>What a what-if says rather than a source.</summary>
    public bool IsOverlay { get; init; }

    /// <summary>Number of its (source, tenant).</summary>
    public int Owner { get; } = owner;

    public long? LastCompleteAt { get; private set; }

    public long? LastReadAt { get; private set; }

    /// <summary>Number of the last full run that read it to its end; -1: none yet.</summary>
    public int LastProof => _fullComplete.Count == 0 ? -1 : _fullComplete[^1].Run;

    /// <summary>Number of the last full run that touched it, whether it read it to its end or not; -1: none yet.</summary>
    public int LastFull { get; private set; } = -1;

    /// <summary>Full runs that read it to their end, oldest start first.</summary>
    public IReadOnlyList<(long StartedAt, int Run)> Proofs => _fullComplete;

    /// <summary>Full runs that read it to their end and lack so much that nothing ends by them until it is confirmed, oldest start first.</summary>
    public IReadOnlyList<(long StartedAt, int Run)> Held => _held;

    /// <summary>Called after <see cref="Read"/>, for a run whose disappearances are held.</summary>
    public void Keep(int run, long startedAt) => _held.Add((startedAt, run));

    /// <summary>The decision on the held run of that start: it proves absence, or nothing.</summary>
    public void Decide(long startedAt, bool confirmed)
    {
        var found = _held.FindIndex(held => held.StartedAt == startedAt);
        if (found >= 0)
        {
            if (confirmed)
            {
                _fullComplete.Add(_held[found]);
            }

            _held.RemoveAt(found);
        }
    }

    public void States(string kind) => _states.Add(kind);

    /// <summary>Called once a run that touched it, in the order of starts.</summary>
    public void Read(int run, long startedAt, bool full, bool complete)
    {
        LastReadAt = startedAt;
        if (complete)
        {
            LastCompleteAt = startedAt;
        }

        if (full)
        {
            LastFull = run;
            _fullStarts.Add(startedAt);
        }

        if (full && complete)
        {
            _fullComplete.Add((startedAt, run));
        }
    }

    /// <summary>Starts of its full runs, ascending: when it restated what it had.</summary>
    public long[] FullStarts() => [.. _fullStarts];

    public StreamCoverage Coverage(TimeSpan interval) => new()
    {
        Source = Source,
        Tenant = Tenant,
        Stream = Stream,
        LastCompleteAt = LastCompleteAt is { } complete ? Instants.FromTicks(complete) : null,
        ReadWholeAt = [.. _fullComplete.Select(proof => proof.StartedAt).Order().Select(Instants.FromTicks)],
        LastReadAt = LastReadAt is { } read ? Instants.FromTicks(read) : null,
        HeldAt = _held.Count > 0 ? Instants.FromTicks(_held[^1].StartedAt) : null,
        Interval = interval,
        IsOverlay = IsOverlay,
        States = new ReadOnlySet<string>(_states),
    };
}
