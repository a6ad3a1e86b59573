using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Through which paths someone who left, or automation on their authority, still reaches something; and what proves the rest closed
/// (OWASP NHI1:2025; NIST SP 800-53 PS-4). Use decides nothing: what can be reached counts, used or not.
/// </summary>
public sealed class Leavers
{
    private readonly AnalysisPolicy _policy;
    private readonly GracePeriods _grace;
    private readonly Liveness _liveness;
    private readonly LeaverControls _controls;
    private readonly ReachedSecrets _reached;
    private readonly Lazy<int> _unlinked;

    public Leavers(GraphView view, AnalysisPolicy policy)
    {
        View = view;
        _policy = policy;
        _grace = new GracePeriods(policy);
        _liveness = new Liveness(view, policy.CorrelationConfidence);
        _controls = new LeaverControls(view, _liveness, AttackerProfile.Leaver);
        _reached = new ReachedSecrets(view.Snapshot, policy.CorrelationConfidence);
        _unlinked = new(() => UnlinkedAccounts.Count(view, _liveness));
        Employments = new Employments(view);
    }

    public GraphView View { get; }

    public Employments Employments { get; }

    /// <summary>Every person who left, or may have, by id.</summary>
    public IEnumerable<Node> All() => View.Of(NodeKinds.Person).Where(person => Employments.IsLeaver(person) != Truth.False);

    /// <summary>Told what is counted, how many are done, and of how many; null: nobody watches.</summary>
    public Action<string, int, int>? Progress { get; init; }

    /// <summary>The last question was told to stop before the past was walked to its end: no verdict of it is Clear.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>One judgement a person, in the order given. Their pasts are walked together, the present is shared.</summary>
    /// <param name="persons">Of this view.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    /// <param name="stop">Ends it early: the verdicts then say that the past was not walked to its end, and those not judged by then are left out.</param>
    public IReadOnlyList<LeaverJudgement> Of(IReadOnlyList<Node> persons, CancellationToken cancellationToken = default, CancellationToken stop = default)
    {
        var pasts = new Dictionary<int, PastReach>();
        foreach (var person in persons.Where(person => Employments.IsLeaver(person) != Truth.False))
        {
            pasts[person.Index] = new PastReach(person, AnchorWindow.Of(Employments.LeaverAt(person)?.At, View.AsOf, _policy.AnchorWindow));
        }

        IsCutShort = !_reached.Walk([.. pasts.Values], Progress, stop, cancellationToken);
        List<LeaverJudgement> judgements = [];
        foreach (var person in persons)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stop.IsCancellationRequested && judgements.Count > 0)
            {
                break;
            }

            Progress?.Invoke("people", judgements.Count, persons.Count);
            judgements.Add(pasts.TryGetValue(person.Index, out var past) ? Judge(person, past, cancellationToken) : StillHere(person));
        }

        return judgements;
    }

    private static LeaverJudgement StillHere(Node person) => new()
    {
        Person = person,
        IsLeaver = Truth.False,
        LeaverAt = null,
        Verdict = LeaverVerdict.NotALeaver,
        Class = null,
        PendingUntil = null,
        Paths = [],
        Systems = [],
        Unknown = [],
    };

    private LeaverJudgement Judge(Node person, PastReach past, CancellationToken cancellationToken)
    {
        var (isLeaver, end) = (Employments.IsLeaver(person), Employments.LeaverAt(person));
        var accounts = OwnAccounts.Of(person, past.Window, _liveness, _policy.CorrelationConfidence);
        var anchors = Anchors.Of(person, accounts, past, _liveness);
        var reach = new LeaverReach(person, anchors, accounts, _controls.For(person));
        var paths = reach.Paths(_grace, cancellationToken);
        if (isLeaver == Truth.Unknown)
        {
            paths = [.. paths.Select(path => path with { IsCertain = false })];
        }

        var footprint = new Footprint(past.Window, new Removals(_liveness, past.Window, reach.Usable), _grace, _liveness).Of(person, anchors);
        var weighing = new Weighing(View, isLeaver, end?.At, paths, footprint, IsCutShort);
        return new LeaverJudgement
        {
            Person = person,
            IsLeaver = isLeaver,
            LeaverAt = end?.At,
            Verdict = weighing.Verdict,
            Class = weighing.Class,
            PendingUntil = weighing.PendingUntil,
            Paths = paths,
            Systems = footprint,
            HowKnown = HowKnown(person, past, paths, anchors),
            Unlinked = accounts.Count == 0 ? _unlinked.Value : 0,
            Unread = [.. View.WithUnreadEdges().Where(node =>
                node == person
                || anchors.Any(anchor => anchor.Node == node)
                || footprint.Any(place => place.System == node)
                || reach.Searches.Any(search => search.ComesNear(node)))],
            Unknown = LeaverWords.Of(View, isLeaver, end, accounts, accounts.Count == 0 ? _unlinked.Value : 0, paths, footprint, IsCutShort),
        };
    }

    private Dictionary<Node, KnownSecret> HowKnown(Node person, PastReach past, IReadOnlyList<LeaverPath> paths, IReadOnlyList<Anchor> anchors)
    {
        var known = new Dictionary<Node, KnownSecret>();
        var held = anchors.Where(anchor => anchor.Code == AnchorCode.A2).Select(anchor => anchor.Node).ToHashSet();
        var once = paths.SelectMany(path => path.Proof.Steps)
            .Where(line => (line.Rule is null || held.Contains(line.Node)) && past.Secrets.ContainsKey(line.Node.Index))
            .Select(line => line.Node)
            .Distinct()
            .GroupBy(secret => past.Secrets[secret.Index].At);
        foreach (var together in once)
        {
            foreach (var (secret, proof) in _reached.Prove(person, together.Key, together))
            {
                known[secret] = KnownSecret.Of(person, proof, _liveness);
            }
        }

        return known;
    }
}
