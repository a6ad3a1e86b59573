using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Spine;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Benchmarks.Reaching;

/// <summary>One snapshot with what asks it.</summary>
internal sealed class Side(GraphSnapshot snapshot)
{
    private static readonly Ask s_ask = new() { AsOf = EstateLines.Day, AsKnownAt = EstateLines.Day };

    private static readonly ReachOptions s_plain = new() { WithoutProofs = true };

    private readonly Investigation _facade = new(new HeldSnapshot(snapshot), new AnalysisPolicy(), TimeProvider.System);
    private readonly GraphView _view = snapshot.At(EstateLines.Day);
    private ControlGraph? _control;

    /// <param name="seed">Id.</param>
    /// <param name="proofs">Whether it remembers what proofs need.</param>
    public ReachResult Search(string seed, bool proofs)
    {
        _control ??= ControlGraph.Compile(_view, new Liveness(_view), s_ask.Profile);
        return _control.Reach(Seeding.Of(_view.Find(seed)!.Value, _control.Liveness), proofs ? null : s_plain);
    }

    /// <summary>A search, and on how many nodes anything is attained, the seed's too.</summary>
    public int Count(string seed) => Search(seed, proofs: false).Places;

    /// <summary>A search and what is counted of it.</summary>
    public int Measure(string seed) => BlastRadius.Of(Search(seed, proofs: false)).Nodes.Count;

    public int Ask(string seed, bool proofs) => Answer(seed, proofs).Reached.Count;

    /// <summary>Asks without proofs and reads every node told; how many letters their levels have together.</summary>
    public int Read(string seed) => Answer(seed, proofs: false).Reached.Sum(static node => node.Level.Length);

    /// <summary>Asks and reads every proof told; how many steps they have together.</summary>
    public int ReadProofs(string seed) => Answer(seed, proofs: true).Proofs.Values.Sum(static steps => steps.Count);

    /// <summary>Asks how one gives control of the other; how many steps that takes.</summary>
    public int Path(string from, string to, int count) =>
        _facade.PathAsync(s_ask, new PathQuestion { From = from, To = to, Count = count }).AsTask().GetAwaiter().GetResult().Data.Paths.Sum(static steps => steps.Count);

    public HashSet<string> CertainlyReached(string seed) =>
        Answer(seed, proofs: false).Reached.Where(node => node.Certain.Amplified.Length > 0).Select(node => node.Id).ToHashSet(StringComparer.Ordinal);

    private BlastRadiusAnswer Answer(string seed, bool proofs) =>
        _facade.BlastRadiusAsync(s_ask, [seed], proofs: proofs).AsTask().GetAwaiter().GetResult().Data;
}
