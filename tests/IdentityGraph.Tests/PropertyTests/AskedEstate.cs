using System.Text;
using System.Text.Json.Nodes;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// A random estate beside both who answer for it: the facade of the product and the naive evaluator. A leaver's profile is whoever's in the
/// facade: such an estate is asked about an outsider.
/// </summary>
internal sealed class AskedEstate
{
    private readonly Investigation _investigation;

    /// <param name="estate">What is asked about.</param>
    /// <param name="changes">Lines of a what-if laid over it; null: none.</param>
    public AskedEstate(RandomEstate estate, IReadOnlyList<JsonObject>? changes = null)
    {
        var profile = estate.Question.Profile.StartsWith("Leaver", StringComparison.Ordinal) ? "ExternalBearer" : estate.Question.Profile;
        _investigation = new(new FoldedStore(EngineEstate.Fold(estate), EngineEstate.Runs(estate)), new AnalysisPolicy(), TimeProvider.System);
        Ask = new() { AsOf = estate.Question.AsOf, AsKnownAt = estate.Question.AsKnownAt, Profile = AttackerProfile.Parse(profile)!, Overlay = changes is null ? null : Overlay(changes) };
        Facts = new NaiveFacts(estate.Runs, estate.Question.AsKnownAt, changes is null ? null : new NaiveOverlay(changes));
        View = new NaiveView(Facts, estate.Question.AsOf);
        Profile = Differential.ProfileOf(profile);
        World = new NaiveWorld(View, Profile, NaiveSwitches.Under(Facts.Overlay));
        Seeds = [.. estate.Question.Seeds.Where(Facts.NodeIds.Contains)];
    }

    public Ask Ask { get; }

    public NaiveFacts Facts { get; }

    public NaiveView View { get; }

    public NaiveProfile Profile { get; }

    public NaiveWorld World { get; }

    /// <summary>The seeds that are known by then.</summary>
    public IReadOnlyList<string> Seeds { get; }

    public bool IsSettled => Differential.IsSettled(View);

    public static Overlay Overlay(IEnumerable<JsonObject> lines) =>
        OverlayReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(line => line.ToJsonString())))), "what-if");

    public T Answer<T>(Func<Investigation, ValueTask<Answer<T>>> question) => question(_investigation).AsTask().GetAwaiter().GetResult().Data;

    /// <summary>Listed nodes that are attained at least possibly from the seeds by a rule, farthest first.</summary>
    public IReadOnlyList<string> Targets(IReadOnlyList<string> seeds)
    {
        var reach = new NaiveFixpoint(World, seeds.Select(seed => new NaiveSeed(seed)), possible: true, amplified: true);
        return
        [
            .. reach.Attained
                .Where(node => NaiveWords.Listed.Contains(View.Kind(node)) && !seeds.Contains(node) && !reach.Seeds.Contains(node))
                .OrderByDescending(node => reach.Rights(node).Max(right => reach.Hops(node, right)))
                .ThenBy(node => node, StringComparer.Ordinal),
        ];
    }
}
