namespace IdentityGraph.Tests.Naive;

/// <summary>When something was attained over a stretch of time.</summary>
/// <param name="First">From which instant on.</param>
/// <param name="Last">The end of the last interval in which it was.</param>
/// <param name="AtEnd">Still attained at the end of the stretch.</param>
internal sealed record NaiveAttained(DateTimeOffset First, DateTimeOffset Last, bool AtEnd);

/// <summary>
/// One of the four fixpoints over [t1,t2]: at t1, at every change and at t2 everything is computed anew from the seeds and from what was
/// carried there. Carried are durable credentials until they are rotated or revoked, what attained nodes spawned while they were, and what
/// D9 issued a new credential for, until it is disabled; nothing else.
/// </summary>
internal sealed class NaiveTimeReach
{
    private readonly NaiveFacts _facts;
    private readonly NaiveProfile _profile;
    private readonly IReadOnlyList<string> _seeds;
    private readonly bool _possible;
    private readonly bool _amplified;
    private readonly DateTimeOffset _from;
    private readonly Dictionary<string, DateTimeOffset> _held = [];
    private readonly HashSet<string> _spawned = [];
    private readonly HashSet<string> _issued = [];
    private readonly HashSet<(string System, string Rights)> _provisioned = [];
    private readonly Dictionary<string, NaiveAttained> _attained = [];

    /// <param name="facts">As known at one moment.</param>
    /// <param name="profile">Which attacker.</param>
    /// <param name="seeds">Held throughout.</param>
    /// <param name="possible">True or Unknown premises.</param>
    /// <param name="amplified">With the amplifying rules.</param>
    /// <param name="from">t1.</param>
    /// <param name="to">t2.</param>
    /// <param name="before">Only what lies before t2 counts, but where t1 is t2.</param>
    public NaiveTimeReach(NaiveFacts facts, NaiveProfile profile, IReadOnlyList<string> seeds, bool possible, bool amplified, DateTimeOffset from, DateTimeOffset to, bool before = false)
    {
        (_facts, _profile, _seeds, _possible, _amplified, _from) = (facts, profile, seeds, possible, amplified, from);
        List<DateTimeOffset> instants = [from, .. facts.Moments.Where(moment => moment > from && moment < to), .. before || from == to ? Array.Empty<DateTimeOffset>() : [to]];
        foreach (var (at, number) in instants.Select((at, number) => (at, number)))
            AtEnd = Step(at, number + 1 < instants.Count ? instants[number + 1] : null);
        foreach (var node in AtEnd!.Attained)
            _attained[node] = _attained[node] with { Last = to, AtEnd = true };
    }

    /// <summary>What is attained at t2.</summary>
    public NaiveFixpoint AtEnd { get; }

    /// <summary>Everything that ever was attained.</summary>
    public IReadOnlyDictionary<string, NaiveAttained> Ever => _attained;

    /// <summary>Durable credentials that are carried out of the stretch, with the instant up to which each was surely gained.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Held => _held;

    /// <summary>What attained nodes spawned while they were.</summary>
    public IReadOnlyCollection<string> Spawned => _spawned;

    /// <summary>What D9 issued a new credential for that still works.</summary>
    public IReadOnlyCollection<string> Issued => _issued;

    /// <summary>Where D10 made a new principal.</summary>
    public IReadOnlyCollection<(string System, string Rights)> Provisioned => _provisioned;

    private bool Holds(bool? truth) => _possible ? truth is not false : truth is true;

    private NaiveFixpoint Step(DateTimeOffset at, DateTimeOffset? until)
    {
        var view = new NaiveView(_facts, at);
        var world = new NaiveWorld(view, _profile, NaiveSwitches.Under(_facts.Overlay));
        foreach (var (credential, gained) in _held.ToList())
        {
            if (!Holds(world.Liveness.NotRotatedSince(credential, gained) & world.Liveness.Credentials.IsNotRevoked(credential)))
                _held.Remove(credential);
        }

        _issued.RemoveWhere(node => !Holds(world.Liveness.Live(node)));

        // What is spawned at this very instant may spawn in its turn.
        NaiveFixpoint reach;
        int before;
        do
        {
            before = _spawned.Count + _held.Count;
            reach = new NaiveFixpoint(world, Carried(view), _possible, _amplified);
            foreach (var made in _facts.EdgeIds.Where(edge => edge.Kind == "SPAWNED" && reach.Rights(edge.Of).Contains('U') && Begins(_facts, edge, at, _possible)).Select(edge => edge.To).ToList())
            {
                if (view.Kind(made) != "Credential")
                    _spawned.Add(made);
                else if (Holds(world.Liveness.Credentials.IsNotRevoked(made)))
                    _held[made] = at;
            }
        }
        while (_spawned.Count + _held.Count > before);

        foreach (var credential in reach.Attained.Where(node => view.Kind(node) == "Credential" && reach.IsDurable(node)))
            _held[credential] = at;
        _issued.UnionWith(reach.Issued);
        _provisioned.UnionWith(reach.Provisioned);
        foreach (var node in reach.Attained)
            _attained[node] = _attained.TryGetValue(node, out var known) ? known with { Last = until ?? at } : new NaiveAttained(at, until ?? at, false);
        return reach;
    }

    /// <summary>"Exposure.at, else t": what an exposure opened was gained when it did, where that is known.</summary>
    public static DateTimeOffset? Gained(NaiveView view, string seed, DateTimeOffset from) =>
        view.Kind(seed) == "Exposure" || (view.Kind(seed) == "Credential" && !view.Into(seed, "EXPOSES").Any()) ? from : null;

    private IEnumerable<NaiveSeed> Carried(NaiveView view) =>
    [
        .. _seeds.Select(seed => new NaiveSeed(seed, Gained: Gained(view, seed, _from))),
        .. _held.Select(held => new NaiveSeed(held.Key, Gained: held.Value)),
        .. _spawned.Select(node => new NaiveSeed(node)),
        .. _issued.Select(node => new NaiveSeed(node)),
    ];

    /// <summary>"SPAWNED x→y from s": it begins at this instant, or, in possible, may.</summary>
    public static bool Begins(NaiveFacts facts, NaiveEdge edge, DateTimeOffset at, bool possible) => facts.SpansOf(edge).Any(span =>
        span.Begin != span.EndHigh && (span.UnknownFrom is { } unknown ? possible && unknown <= at && at <= span.Begin : span.Begin == at));
}
