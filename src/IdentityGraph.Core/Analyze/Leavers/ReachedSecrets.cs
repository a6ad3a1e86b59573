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
    private readonly Lazy<ControlScratch> _scratch = new(() => new ControlScratch(snapshot.NodeCount));

    /// <summary>Walks every leaver's window; false where it was told to stop before the end: more secrets may be known.</summary>
    /// <param name="leavers">Filled as it goes.</param>
    /// <param name="progress">Told what is counted, how many are done, and of how many.</param>
    /// <param name="stop">Ends it early, quietly.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public bool Walk(IReadOnlyList<PastReach> leavers, Action<string, int, int>? progress, CancellationToken stop, CancellationToken cancellationToken)
    {
        var waiting = new Queue<PastReach>(leavers.Where(leaver => leaver.Window.From < leaver.Window.Left && HasAccounts(leaver.Person)).OrderBy(leaver => leaver.Window.From));
        var instants = InstantsOf(waiting);
        var readers = new Readers();
        for (var done = 0; done < instants.Count; done++)
        {
            var instant = instants[done];
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke("moments", done, instants.Count);
            foreach (var leaver in readers.TouchedAt(instant, _points.Value))
            {
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                if (leaver.Window.Left <= instant)
                {
                    readers.Leave(leaver);
                }
                else
                {
                    readers.Reads(leaver, Look(leaver, instant, leaving: false, cancellationToken));
                }
            }

            while (waiting.TryPeek(out var next) && next.Window.From <= instant)
            {
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                readers.Reads(waiting.Dequeue(), Look(next, instant, leaving: false, cancellationToken));
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
    public IReadOnlyList<(Node Secret, Proof Proof)> Prove(Node person, long instant, IEnumerable<Node> secrets)
    {
        var view = new GraphView(snapshot, Instants.FromTicks(instant), new ReadLog());
        var liveness = new Liveness(view, correlationConfidence, _scratch.Value.Cleared());
        var leaver = view[person.Index];
        var reach = ControlGraph.Compile(view, liveness, AttackerProfile.Employee, leaver, _scratch.Value).Reach(Accounts(leaver, liveness));
        List<(Node, Proof)> proved = [];
        foreach (var secret in secrets)
        {
            var there = view[secret.Index];
            if (reach.ProofKept(there, reach.Keeps(there) == Truth.True ? Cell.CertainAmplified : Cell.PossibleAmplified) is { } proof)
            {
                proved.Add((secret, proof));
            }
        }

        return proved;
    }

    /// <summary>What was read to see it; as long as none of that changes there is nothing new to see.</summary>
    private ReadLog Look(PastReach leaver, long instant, bool leaving, CancellationToken cancellationToken)
    {
        var read = new ReadLog();
        var view = new GraphView(snapshot, Instants.FromTicks(instant), read);
        var liveness = new Liveness(view, correlationConfidence, _scratch.Value.Cleared());
        var person = view[leaver.Person];
        var seeds = Accounts(person, liveness);
        if (seeds.Count == 0 && !leaving)
        {
            return read;
        }

        var control = ControlGraph.Compile(view, liveness, AttackerProfile.Employee, person, _scratch.Value);
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

    /// <summary>Every change within some leaver's window, and the beginnings of the windows; sorted, distinct.</summary>
    private List<long> InstantsOf(IEnumerable<PastReach> byBeginning)
    {
        List<long> instants = [];
        var points = _points.Value.Points;
        var next = 0;
        foreach (var window in byBeginning.Select(leaver => leaver.Window))
        {
            // Points are taken once, however many windows they lie in: of those that began before, the rest was taken already.
            var start = Array.BinarySearch(points, window.From);
            next = Math.Max(next, start < 0 ? ~start : start);
            instants.Add(window.From);
            while (next < points.Length && points[next] < window.Left)
            {
                instants.Add(points[next++]);
            }
        }

        instants.Sort();
        return [.. instants.Distinct()];
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
