using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Analyze.Chains;

/// <summary>
/// The four questions at every handoff of a chain: who initiated it and for whom, which credential was used, how that came about,
/// when it ended and by whom. What is not recorded is a gap, never left out.
/// </summary>
public sealed class Handoffs
{
    private readonly GraphView _view;
    private readonly Initiations _initiations;
    private readonly Issuances _issuances;
    private readonly CredentialEndings _endings;
    private readonly Lazy<ILookup<string, Node>> _byCorrelation;

    public Handoffs(GraphView view, Liveness liveness, AnalysisPolicy policy)
    {
        _view = view;
        _initiations = new Initiations(new PersonLinks(policy.CorrelationConfidence));
        _issuances = new Issuances(liveness, policy.StepTokenTtl);
        _endings = new CredentialEndings(liveness);
        _byCorrelation = new(() => view.Of(NodeKinds.Handoff)
            .Where(handoff => handoff[Properties.CorrelationId].Text is not null)
            .ToLookup(handoff => handoff[Properties.CorrelationId].Text!, StringComparer.Ordinal));
    }

    /// <summary>
    /// The chain a run is part of, in order of time: the handoffs of its step runs, those that follow or precede them, and those
    /// that share their correlation id. A handoff's own chain where a handoff is given.
    /// </summary>
    public IReadOnlyList<HandoffRecord> Of(Node run, CancellationToken cancellationToken = default)
    {
        var chain = new HashSet<Node>();
        var work = new Queue<Node>(run.Kind == NodeKinds.Handoff ? [run] : StepRunsOf(run).SelectMany(At));
        while (work.TryDequeue(out var handoff))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!chain.Add(handoff))
            {
                continue;
            }

            var correlated = handoff[Properties.CorrelationId].Text is { } key ? _byCorrelation.Value[key] : [];
            foreach (var next in Ends(handoff).SelectMany(At).Concat(correlated))
            {
                work.Enqueue(next);
            }
        }

        return [.. chain.Select(Record).OrderBy(record => record.OccurredAt ?? DateTimeOffset.MaxValue).ThenBy(record => record.Handoff.Id, StringComparer.Ordinal)];
    }

    /// <summary>Runs that handed work over or were handed it, by id.</summary>
    public IEnumerable<Node> Runs() => _view.Of(NodeKinds.Run).Where(run => StepRunsOf(run).Any(step => At(step).Any()));

    /// <summary>
    /// The chain drawn as hops, in its order. A handoff whose start nobody recorded as the end of an earlier one hangs on by a hop
    /// of its own that nothing explains.
    /// </summary>
    public static IReadOnlyList<ChainHop> Drawn(IReadOnlyList<HandoffRecord> chain)
    {
        List<ChainHop> hops = [];
        for (var i = 0; i < chain.Count; i++)
        {
            var record = chain[i];
            var follows = record.From is { } from && chain.Take(i).Any(earlier => earlier.To == from || earlier.From == from || InOneRun(earlier.To, from));
            if (i > 0 && !follows)
            {
                hops.Add(new ChainHop(null, chain[i - 1].To, record.From));
            }

            hops.Add(new ChainHop(record, record.From, record.To));
        }

        return hops;
    }

    /// <summary>Answered questions out of four for each handoff, 0 to 1; 0 where there is no handoff.</summary>
    public static double Completeness(IReadOnlyCollection<HandoffRecord> chain) =>
        chain.Count == 0 ? 0 : (double)chain.Sum(record => record.Answered) / (4 * chain.Count);

    private HandoffRecord Record(Node handoff)
    {
        var from = End(handoff, EdgeKinds.HandoffFrom);
        var to = End(handoff, EdgeKinds.HandoffTo);
        var credential = Issuances.CredentialsOf(handoff).Select(used => (Node?)used).FirstOrDefault();
        var initiation = _initiations.Of(handoff, credential, RightBefore(handoff, from));
        return new HandoffRecord
        {
            Handoff = handoff,
            From = from,
            To = to,
            OccurredAt = handoff[Properties.OccurredAt].Instant,
            Initiation = initiation,
            Credential = credential,
            Issuance = _issuances.Of(handoff, initiation, credential, to, Before(handoff, from)),
            Ending = credential is { } used ? _endings.Of(used) : null,
            Facts = [.. new[] { EdgeKinds.HandoffFrom, EdgeKinds.HandoffTo, EdgeKinds.InitiatedBy, EdgeKinds.ActsFor, EdgeKinds.UsedCredential }
                .SelectMany(kind => handoff.Out(kind).Past())],
        };
    }

    /// <summary>Handoffs that ended where this one starts; failing that, the latest that ended in the same run before it.</summary>
    private static List<Node> Before(Node handoff, Node? from)
    {
        var direct = RightBefore(handoff, from);
        if (direct.Count > 0 || from is not { } start)
        {
            return direct;
        }

        var at = handoff[Properties.OccurredAt].Instant;
        return [.. RunsOf(start).SelectMany(StepRunsOf).SelectMany(step => step.In(EdgeKinds.HandoffTo).Past()).Select(edge => edge.Of)
            .Where(other => other != handoff && other[Properties.OccurredAt].Instant <= at)
            .OrderByDescending(other => other[Properties.OccurredAt].Instant)
            .Take(1)];
    }

    private static List<Node> RightBefore(Node handoff, Node? from) =>
        from is { } start ? [.. start.In(EdgeKinds.HandoffTo).Past().Select(edge => edge.Of).Where(other => other != handoff)] : [];

    private static bool InOneRun(Node? left, Node right) => left is { } one && RunsOf(one).Intersect(RunsOf(right)).Any();

    private static IEnumerable<Node> RunsOf(Node stepRun) => stepRun.Out(EdgeKinds.StepOf).Past().Select(edge => edge.To).Where(whole => whole.Kind == NodeKinds.Run);

    private static IEnumerable<Node> StepRunsOf(Node run) => run.In(EdgeKinds.StepOf).Past().Select(edge => edge.Of).Where(part => part.Kind == NodeKinds.StepRun);

    private static IEnumerable<Node> At(Node stepRun) =>
        stepRun.In(EdgeKinds.HandoffFrom).Past().Concat(stepRun.In(EdgeKinds.HandoffTo).Past()).Select(edge => edge.Of);

    private static IEnumerable<Node> Ends(Node handoff) =>
        handoff.Out(EdgeKinds.HandoffFrom).Past().Concat(handoff.Out(EdgeKinds.HandoffTo).Past()).Select(edge => edge.To);

    private static Node? End(Node handoff, EdgeKind kind) => handoff.Out(kind).Past().Select(edge => (Node?)edge.To).FirstOrDefault();
}

/// <summary>One hop of a drawn chain.</summary>
/// <param name="Record">The handoff; null: a gap that no record explains.</param>
/// <param name="From">Step run; null: not recorded.</param>
/// <param name="To">Step run; null: not recorded.</param>
public sealed record ChainHop(HandoffRecord? Record, Node? From, Node? To);
