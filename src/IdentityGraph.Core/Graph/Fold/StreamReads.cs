using System.Collections.ObjectModel;

namespace IdentityGraph.Graph.Fold;

/// <summary>What is known of one stream of one source: its runs in the order of their starts, and which of them prove absence.</summary>
internal sealed class StreamReads(string source, string tenant, string stream, int owner)
{
    private readonly List<(long StartedAt, int Run)> _fullComplete = [];
    private readonly List<long> _fullStarts = [];
    private readonly HashSet<string> _states = new(StringComparer.Ordinal);

    public string Source { get; } = source;

    public string Tenant { get; } = tenant;

    public string Stream { get; } = stream;

    /// <summary>Number of its (source, tenant).</summary>
    public int Owner { get; } = owner;

    public long? LastCompleteAt { get; private set; }

    public long? LastReadAt { get; private set; }

    /// <summary>Number of the last full run that read it to its end; -1: none yet.</summary>
    public int LastProof => _fullComplete.Count == 0 ? -1 : _fullComplete[^1].Run;

    /// <summary>Full runs that read it to their end, oldest start first.</summary>
    public IReadOnlyList<(long StartedAt, int Run)> Proofs => _fullComplete;

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
        LastReadAt = LastReadAt is { } read ? Instants.FromTicks(read) : null,
        Interval = interval,
        States = new ReadOnlySet<string>(_states),
    };
}
