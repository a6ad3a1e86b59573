using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Timeline;

/// <summary>
/// What an attacker still attains once some nodes are dead: from the starts that are left, the material copied before, and what was
/// made meanwhile; hypothetical is what only credentials and principals add that they may have made and nobody has seen.
/// </summary>
internal sealed class Residue
{
    private readonly Timeline _timeline;
    private readonly HashSet<int> _held;

    private Residue(Timeline timeline, ReachResult observed, Firings concluded, ReachResult hypothetical, Firings possible, IReadOnlyList<Kept> issued)
    {
        _timeline = timeline;
        var starts = observed.Seeds.Select(seed => seed.Node.Index).ToHashSet();
        _held = [.. observed.Words.Where(one => starts.Contains(one.Node)).Select(one => one.Node)];
        Observed = BlastRadius.Of(observed, starts.Except(concluded.Concluded).ToHashSet());

        var known = observed.Words.ToDictionary(one => one.Node, one => one.Word & CellBits.All);
        var made = issued.Select(kept => kept.Node).Concat(timeline.Principals.Select(principal => principal.System)).ToHashSet();
        var apart = hypothetical.Words.Where(one => (one.Word & CellBits.All & ~known.GetValueOrDefault(one.Node)) == 0).Select(one => one.Node).ToHashSet();
        apart.UnionWith(starts.Except(possible.Concluded).Except(made));
        Hypothetical = BlastRadius.Of(hypothetical, apart);
        Made = [.. hypothetical.Words.Where(one => made.Contains(one.Node)).Select(one => hypothetical.Graph.View[one.Node]).OrderBy(node => node.Id, StringComparer.Ordinal)];
        Starts = [.. _held.Select(index => observed.Graph.View[index]).OrderBy(node => node.Id, StringComparer.Ordinal)];
    }

    /// <summary>What is attained without guessing; starts only where a rule concludes them as well.</summary>
    public BlastRadius Observed { get; }

    /// <summary>What is attained besides, or with more rights, where what may have been made was made.</summary>
    public BlastRadius Hypothetical { get; }

    /// <summary>The starts that still hold, by id.</summary>
    public IReadOnlyList<Node> Starts { get; }

    /// <summary>Identities a credential, and systems a principal, may have been made of or in, by id.</summary>
    public IReadOnlyList<Node> Made { get; }

    /// <summary>Ids an attacker keeps, sorted: every start, and what of the rest can be copied out.</summary>
    public IReadOnlyList<string> Durable => [.. Starts.Concat(Made).Select(node => node.Id).Concat(Observed.Durable).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>How sure it is that anything is left.</summary>
    public Truth Left => Observed.Nodes.Any(node => Observed.Reach[node].CertainAmplified != Rights.None) ? Truth.True
        : Observed.Nodes.Count > 0 || Hypothetical.Nodes.Count > 0 ? Truth.Unknown
        : Truth.False;

    /// <summary>Whether it was made by something attained, and is kept so.</summary>
    public bool IsSpawned(Node node) => _held.Contains(node.Index) && _timeline.Kept.Any(kept => kept.Node == node.Index && kept.How == Keeping.Spawned);

    /// <summary>Steps of a proof, with those by which what was kept had been gained in place of its bare start.</summary>
    public IReadOnlyList<ProofLine> Whole(Proof proof) => _timeline.Whole(proof);

    /// <param name="control">At the moment of the containment.</param>
    /// <param name="timeline">Walked up to that moment.</param>
    /// <param name="question">What it was walked from.</param>
    /// <param name="contained">Dead from that moment on, by dense index.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static Residue Of(ControlGraph control, Timeline timeline, TimelineQuestion question, IReadOnlySet<int> contained, CancellationToken cancellationToken)
    {
        var (view, liveness) = (control.View, control.Liveness.Without(contained));
        List<Kept> kept = [.. timeline.Kept.Where(one => !contained.Contains(one.Node)).Select(one => one.Left(view, liveness)).OfType<Kept>()];
        List<Seed> starts =
        [
            .. question.Starts(view, liveness).Where(seed => !contained.Contains(seed.Node.Index)),
            .. kept.Where(one => one.How != Keeping.Issued).Select(one => one.Seed(view, liveness)),
        ];
        List<Kept> issued = [.. kept.Where(one => one.How == Keeping.Issued)];
        var (concluded, possible) = (new Firings(), new Firings());
        var observed = control.Reach(starts, Options(concluded), cancellationToken);
        List<Seed> all = [.. starts, .. issued.Select(one => one.Seed(view, liveness)), .. timeline.Principals.Where(made => !contained.Contains(made.System)).SelectMany(made => made.Seeds(view))];
        var hypothetical = control.Reach(all, Options(possible), cancellationToken);
        return new Residue(timeline, observed, concluded, hypothetical, possible, issued);

        ReachOptions Options(Firings firings) => new() { DeadNodes = contained, Firings = firings, Stop = question.Stop, WithoutProofs = !question.Proofs };
    }
}
