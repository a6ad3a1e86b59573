using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.Naive;

/// <summary>
/// The second eye: every answer by applying the rules as they are written, over and over, on small graphs. Knows nothing of the
/// product but the exchange format, and is slow on purpose.
/// </summary>
/// <param name="runs">Runs in record order, each its exchange lines with the header first and <c>recordedAt</c> stated.</param>
/// <param name="asKnownAt">Runs recorded after it are not known.</param>
internal sealed class NaiveEvaluator(IEnumerable<IReadOnlyList<JsonObject>> runs, DateTimeOffset asKnownAt)
{
    private readonly NaiveFacts _facts = new(runs, asKnownAt);

    public NaiveMoment At(DateTimeOffset asOf) => new(_facts, asOf);
}

/// <summary>Everything that can be asked at one asOf.</summary>
internal sealed class NaiveMoment
{
    public NaiveMoment(NaiveFacts facts, DateTimeOffset asOf)
        : this(new NaiveView(facts, asOf))
    {
    }

    public NaiveMoment(NaiveView view)
    {
        View = view;
        Liveness = new NaiveLiveness(view);
    }

    public NaiveView View { get; }

    public NaiveLiveness Liveness { get; }

    public NaiveExposure Exposure(string target, NaiveProfile? profile = null) => NaiveExposure.Of(new NaiveWorld(View, profile ?? NaiveProfile.ExternalBearer), target);

    public NaiveOwnership Ownership(string id) => new NaiveOwners(View, Liveness).Of(id);

    public NaiveLeaver Leaver(string personId) => new NaiveLeavers(View, personId).Judge();

    public bool? Exists(string id) => View.Exists(id);

    public bool? Live(string id) => Liveness.Live(id);

    public bool? EdgeTruth(string kind, string of, string to, string key = "") => View.Truth(new NaiveEdge(kind, of, to, key));

    public NaiveReach Reach(IEnumerable<string> seeds, NaiveProfile? profile = null) =>
        Reach(seeds.Select(seed => new NaiveSeed(seed)), profile);

    public NaiveReach Reach(IEnumerable<NaiveSeed> seeds, NaiveProfile? profile = null) =>
        new(new NaiveWorld(View, profile ?? NaiveProfile.ExternalBearer), seeds);

    public NaiveBlastRadius BlastRadius(IEnumerable<string> seeds, NaiveProfile? profile = null)
    {
        var world = new NaiveWorld(View, profile ?? NaiveProfile.ExternalBearer);
        return NaiveBlastRadius.Of(world, new NaiveReach(world, seeds.Select(seed => new NaiveSeed(seed))));
    }
}
