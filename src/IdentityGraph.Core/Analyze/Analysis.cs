using IdentityGraph.Analyze.Chains;
using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Analyze;

/// <summary>What the rules share at one moment: each part is made when the first rule asks for it. One rule at a time.</summary>
public sealed class Analysis
{
    private readonly Dictionary<IAnalyzer, IReadOnlyList<Finding>> _all = [];
    private readonly Lazy<Liveness> _liveness;
    private readonly Lazy<Owners> _owners;
    private readonly Lazy<ControlGraph> _control;
    private readonly Lazy<Handoffs> _handoffs;
    private readonly Lazy<Coverage> _coverage;
    private readonly Lazy<IReadOnlyList<LeaverJudgement>> _leavers;
    private readonly Dictionary<Node, LeaverJudgement> _leaverOf = [];

    /// <param name="view">The moment.</param>
    /// <param name="policy">Its values.</param>
    /// <param name="profile">Which gates count as passed.</param>
    /// <param name="stop">Cancels whatever is being looked for.</param>
    /// <param name="budget">Where it is this that made <paramref name="stop"/> cancel, what was found by then is the answer.</param>
    public Analysis(GraphView view, AnalysisPolicy policy, AttackerProfile profile, CancellationToken stop = default, CancellationToken budget = default)
    {
        (View, Policy, Profile, Stop, Budget) = (view, policy, profile, stop, budget);
        _liveness = new(() => new Liveness(view, policy.CorrelationConfidence));
        _owners = new(() => new Owners(view, Liveness, policy, stop));
        _control = new(() => ControlGraph.Compile(view, Liveness, profile));
        _handoffs = new(() => new Handoffs(view, Liveness, policy));
        _coverage = new(() => new Coverage(view));
        _leavers = new(() =>
        {
            var leavers = new Leavers.Leavers(view, policy);
            return leavers.Of([.. leavers.All()], stop);
        });
        Links = new PersonLinks(policy.CorrelationConfidence);
    }

    public GraphView View { get; }

    public AnalysisPolicy Policy { get; }

    public AttackerProfile Profile { get; }

    /// <summary>Cancels whatever is being looked for.</summary>
    public CancellationToken Stop { get; }

    private CancellationToken Budget { get; }

    /// <summary>Its time is up: what it throws by <see cref="Stop"/> ends the answer early, and is no cancellation.</summary>
    public bool IsSpent => Budget.IsCancellationRequested;

    public Liveness Liveness => _liveness.Value;

    public Owners Owners => _owners.Value;

    public ControlGraph Control => _control.Value;

    public Handoffs Handoffs => _handoffs.Value;

    public Coverage Coverage => _coverage.Value;

    public PersonLinks Links { get; }

    /// <summary>Everybody who left, or may have, judged once, by id.</summary>
    public IReadOnlyList<LeaverJudgement> Leavers => _leavers.Value;

    /// <summary>One person's judgement; where not everybody was judged yet, theirs alone is made.</summary>
    public LeaverJudgement LeaverOf(Node person)
    {
        if (!_leaverOf.TryGetValue(person, out var judgement))
        {
            judgement = _leavers.IsValueCreated ? Leavers.FirstOrDefault(other => other.Person == person) : null;
            _leaverOf[person] = judgement ??= new Leavers.Leavers(View, Policy).Of([person], Stop).Single();
        }

        return judgement;
    }

    /// <summary>The same facts, policy and profile at another moment.</summary>
    public Analysis At(DateTimeOffset moment) => new(View.Snapshot.At(moment), Policy, Profile, Stop, Budget);

    /// <summary>Everything a rule finds, asked once.</summary>
    public IReadOnlyList<Finding> All(IAnalyzer analyzer)
    {
        if (!_all.TryGetValue(analyzer, out var found))
        {
            List<Finding> list = [];
            foreach (var finding in analyzer.Analyze(this))
            {
                Stop.ThrowIfCancellationRequested();
                list.Add(finding);
            }

            _all[analyzer] = found = list;
        }

        return found;
    }

    /// <summary>What control of one node gives.</summary>
    public ReachResult From(Node seed) => Control.Reach(Seeding.Of(seed, Liveness), null, Stop);
}
