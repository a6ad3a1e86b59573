using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <param name="Kept">How sure it is that they could, and kept it.</param>
/// <param name="At">An instant at which they could so (UTC ticks).</param>
public readonly record struct ReachedSecret(Truth Kept, long At);

/// <summary>What one leaver's accounts could reach before they left.</summary>
internal sealed class PastReach(Node person, AnchorWindow window)
{
    public int Person { get; } = person.Index;

    public AnchorWindow Window { get; } = window;

    /// <summary>Credential (dense index) → how.</summary>
    public Dictionary<int, ReachedSecret> Secrets { get; } = [];

    /// <summary>Service identities and agents (dense index) they controlled when they left.</summary>
    public Dictionary<int, Truth> Controlled { get; } = [];
}

/// <summary>
/// Evaluates what leavers' accounts could reach at every instant of their windows at which the graph changed: a secret that was
/// readable for one hour in the middle counts. One view, its liveness and its control graph serve every leaver at that instant.
/// </summary>
internal sealed class ReachedSecrets(GraphSnapshot snapshot, double correlationConfidence)
{
    private readonly Lazy<long[]> _points = new(() => ControlInstants.Of(snapshot));

    /// <summary>Walks every leaver's window; false where it was told to stop before the end: more secrets may be known.</summary>
    /// <param name="leavers">Filled as it goes.</param>
    /// <param name="stop">Ends it early, quietly.</param>
    /// <param name="progress">Told what is counted, how many are done, and of how many.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public bool Walk(IReadOnlyList<PastReach> leavers, CancellationToken stop, Action<string, int, int>? progress, CancellationToken cancellationToken)
    {
        var last = leavers.ToDictionary(leaver => leaver.Person, leaver => LastBefore(leaver.Window));
        foreach (var instant in InstantsOf(leavers))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stop.IsCancellationRequested)
            {
                return false;
            }

            LeaverControls? controls = null;
            foreach (var leaver in leavers)
            {
                var before = instant >= leaver.Window.From && instant < leaver.Window.Left;
                var leaving = instant == leaver.Window.Left || instant == last[leaver.Person];
                if (before || leaving)
                {
                    controls ??= ControlsAt(instant);
                    Look(leaver, controls, before, leaving, cancellationToken);
                }
            }
        }

        return true;
    }

    /// <summary>How secrets could be reached then, each as a proof from their accounts; those that could not are left out.</summary>
    public IEnumerable<(Node Secret, Proof Proof)> Prove(Node person, long instant, IEnumerable<Node> secrets)
    {
        var controls = ControlsAt(instant);
        var there = controls.View[person.Index];
        var reach = controls.For(there).Reach(Accounts(there, controls.Liveness));
        foreach (var secret in secrets)
        {
            if (reach.Proof(controls.View[secret.Index]) is { } proof)
            {
                yield return (secret, proof);
            }
        }
    }

    private LeaverControls ControlsAt(long instant)
    {
        var view = snapshot.At(Instants.FromTicks(instant));
        return new LeaverControls(view, new Liveness(view, correlationConfidence), AttackerProfile.Employee);
    }

    private static void Look(PastReach leaver, LeaverControls controls, bool before, bool leaving, CancellationToken cancellationToken)
    {
        var person = controls.View[leaver.Person];
        var seeds = Accounts(person, controls.Liveness);
        if (seeds.Count == 0 && !leaving)
        {
            return;
        }

        var control = controls.For(person);
        if (before && seeds.Count > 0)
        {
            TakeSecrets(leaver, control.Reach(seeds, null, cancellationToken));
        }

        if (leaving)
        {
            TakeControlled(leaver, control.Reach([Seed.Of(person), .. seeds], null, cancellationToken));
        }
    }

    private static void TakeSecrets(PastReach leaver, ReachResult reach)
    {
        foreach (var node in reach.Attained)
        {
            if (node.Kind != NodeKinds.Credential)
            {
                continue;
            }

            var sure = reach[node].CertainAmplified != Rights.None ? Truth.True : Truth.Unknown;
            var kept = sure.And(reach.Keeps(node));
            if (kept > leaver.Secrets.GetValueOrDefault(node.Index).Kept)
            {
                leaver.Secrets[node.Index] = new ReachedSecret(kept, node.View.AsOf.UtcTicks);
            }
        }
    }

    private static void TakeControlled(PastReach leaver, ReachResult reach)
    {
        foreach (var node in reach.Attained)
        {
            if (node.Kind == NodeKinds.ServiceIdentity || node.Kind == NodeKinds.Agent)
            {
                var sure = reach[node].CertainAmplified != Rights.None ? Truth.True : Truth.Unknown;
                leaver.Controlled[node.Index] = sure.Or(leaver.Controlled.GetValueOrDefault(node.Index));
            }
        }
    }

    private static List<Seed> Accounts(Node person, Liveness liveness)
    {
        List<Seed> seeds = [];
        foreach (var link in person.In(EdgeKinds.BelongsTo))
        {
            if (liveness.Belongs(link) is not Truth.False and var theirs)
            {
                seeds.Add(new Seed { Node = link.Of, Truth = theirs });
            }
        }

        return seeds;
    }

    private SortedSet<long> InstantsOf(IReadOnlyList<PastReach> leavers)
    {
        var instants = new SortedSet<long>();
        var points = _points.Value.AsSpan();
        foreach (var leaver in leavers)
        {
            var window = leaver.Window;
            instants.Add(window.Left);
            instants.Add(LastBefore(window));
            if (window.From >= window.Left || !HasAccounts(leaver.Person))
            {
                continue;
            }

            instants.Add(window.From);

            var start = points.BinarySearch(window.From);
            for (var i = start < 0 ? ~start : start; i < points.Length && points[i] < window.Left; i++)
            {
                instants.Add(points[i]);
            }
        }

        return instants;
    }

    /// <summary>The last instant at which something changed before they left.</summary>
    private long LastBefore(AnchorWindow window)
    {
        var points = _points.Value.AsSpan();
        var found = points.BinarySearch(window.Left);
        var last = (found < 0 ? ~found : found) - 1;
        return last >= 0 && points[last] >= window.From ? points[last] : window.From;
    }

    private bool HasAccounts(int person)
    {
        var columns = snapshot.Columns;
        var (start, end) = columns.Kinds[EdgeKinds.BelongsTo.Index].In.Of(person);
        return end > start;
    }
}
