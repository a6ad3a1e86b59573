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
/// Evaluates what leavers' accounts could reach at every instant of their windows at which anything changed that the last evaluation
/// read: a secret that was readable for one hour in the middle counts.
/// </summary>
internal sealed class ReachedSecrets(GraphSnapshot snapshot, double correlationConfidence)
{
    private readonly Lazy<ControlInstants> _points = new(() => new ControlInstants(snapshot));

    /// <summary>Walks every leaver's window; false where it was told to stop before the end: more secrets may be known.</summary>
    /// <param name="leavers">Filled as it goes.</param>
    /// <param name="progress">Told what is counted, how many are done, and of how many.</param>
    /// <param name="stop">Ends it early, quietly.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public bool Walk(IReadOnlyList<PastReach> leavers, Action<string, int, int>? progress, CancellationToken stop, CancellationToken cancellationToken)
    {
        var instants = InstantsOf(leavers);
        var waiting = new Queue<PastReach>(leavers.Where(leaver => leaver.Window.From < leaver.Window.Left && HasAccounts(leaver.Person)).OrderBy(leaver => leaver.Window.From));
        List<(PastReach Leaver, ReadLog Read)> active = [];
        var done = 0;
        foreach (var instant in instants)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke("moments", done++, instants.Count);
            active.RemoveAll(one => one.Leaver.Window.Left <= instant);
            for (var i = 0; i < active.Count; i++)
            {
                if (_points.Value.Touches(instant, active[i].Read))
                {
                    if (stop.IsCancellationRequested)
                    {
                        return false;
                    }

                    active[i] = (active[i].Leaver, Look(active[i].Leaver, instant, leaving: false, cancellationToken));
                }
            }

            while (waiting.TryPeek(out var next) && next.Window.From <= instant)
            {
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                active.Add((waiting.Dequeue(), Look(next, instant, leaving: false, cancellationToken)));
            }
        }

        foreach (var leaver in leavers)
        {
            if (stop.IsCancellationRequested)
            {
                return false;
            }

            Look(leaver, leaver.Window.Left, leaving: true, cancellationToken);
            Look(leaver, LastBefore(leaver.Window), leaving: true, cancellationToken);
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

    /// <summary>What was read to see it; as long as none of that changes there is nothing new to see.</summary>
    private ReadLog Look(PastReach leaver, long instant, bool leaving, CancellationToken cancellationToken)
    {
        var read = new ReadLog(snapshot.NodeCount, snapshot.Columns.Streams.Length);
        var view = new GraphView(snapshot, Instants.FromTicks(instant), read);
        var liveness = new Liveness(view, correlationConfidence);
        var person = view[leaver.Person];
        var seeds = Accounts(person, liveness);
        if (seeds.Count == 0 && !leaving)
        {
            return read;
        }

        var control = ControlGraph.Compile(view, liveness, AttackerProfile.Employee, person);
        if (leaving)
        {
            TakeControlled(leaver, control.Reach([Seed.Of(person), .. seeds], null, cancellationToken));
        }
        else
        {
            TakeSecrets(leaver, control.Reach(seeds, null, cancellationToken));
        }

        return read;
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
        var points = _points.Value.Points.AsSpan();
        foreach (var leaver in leavers)
        {
            var window = leaver.Window;
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
        var points = _points.Value.Points.AsSpan();
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
