namespace IdentityGraph.Tests.Naive;

/// <summary>What is left after a containment, one of the four fixpoints.</summary>
/// <param name="Observed">From what is known to be kept: seeds not contained, durable credentials, what was spawned.</param>
/// <param name="Hypothetical">From that and from what may have been made unseen: new principals, new credentials.</param>
/// <param name="Starts">What an attacker starts from after the containment, observed.</param>
/// <param name="HypotheticalStarts">The same with what was made.</param>
internal sealed record NaiveResidue(NaiveFixpoint Observed, NaiveFixpoint Hypothetical, IReadOnlySet<string> Starts, IReadOnlySet<string> HypotheticalStarts)
{
    /// <summary>
    /// "BR at t_c, with C dead, from the seeds not in C, the extractable credentials attained before t_c and the nodes SPAWNED by what was
    /// attained, while it was; hypothetical adds new(…) nodes and D9 credentials."
    /// </summary>
    /// <param name="facts">As known at one moment.</param>
    /// <param name="profile">Which attacker.</param>
    /// <param name="seeds">What was held.</param>
    /// <param name="contained">C: dead from t_c on.</param>
    /// <param name="possible">True or Unknown premises.</param>
    /// <param name="amplified">With the amplifying rules.</param>
    /// <param name="from">Since when the seeds were held.</param>
    /// <param name="at">t_c.</param>
    public static NaiveResidue Of(NaiveFacts facts, NaiveProfile profile, IReadOnlyList<string> seeds, IReadOnlyList<string> contained, bool possible, bool amplified, DateTimeOffset from, DateTimeOffset at)
    {
        var before = new NaiveTimeReach(facts, profile, seeds, possible, amplified, from, at, before: true);
        var view = new NaiveView(facts, at);
        var world = new NaiveWorld(view, profile, NaiveSwitches.Without(contained));
        List<NaiveSeed> kept =
        [
            .. seeds.Except(contained).Select(seed => new NaiveSeed(seed, Gained: NaiveTimeReach.Gained(view, seed, from))),
            .. before.Held.Where(held => !contained.Contains(held.Key) && Holds(world.Liveness.Credentials.IsNotRevoked(held.Key))).Select(held => new NaiveSeed(held.Key, Gained: held.Value)),
            .. before.Spawned.Except(contained).Select(node => new NaiveSeed(node)),
        ];
        List<NaiveSeed> made =
        [
            .. before.Issued.Except(contained).Select(node => new NaiveSeed(node)),
            .. before.Provisioned.Where(made => !contained.Contains(made.System)).Select(made => new NaiveSeed(made.System, made.Rights)),
        ];
        var observed = new NaiveFixpoint(world, kept, possible, amplified);
        var hypothetical = new NaiveFixpoint(world, [.. kept, .. made], possible, amplified);
        return new NaiveResidue(observed, hypothetical, observed.Seeds.ToHashSet(), hypothetical.Seeds.ToHashSet());

        bool Holds(bool? truth) => possible ? truth is not false : truth is true;
    }
}
