namespace IdentityGraph.Tests.Naive;

/// <summary>Seeds, and what has become of material since it was gained.</summary>
internal sealed partial class NaiveFixpoint
{
    private void Plant(List<NaiveSeed> seeds)
    {
        foreach (var seed in seeds)
        {
            if (View.Kind(seed.Node) == "Exposure")
                PlantExposed(seed);
            else if (seed.AsIfUsable || Holds(IsThere(seed.Node, seed.Gained)))
                Plant(seed.Node, seed.Rights);
        }
    }

    /// <summary>
    /// "A seed that is a principal, application… is attained as far as it is live"; a seed credential is held, unless it was
    /// rotated since it was gained.
    /// </summary>
    private bool? IsThere(string seed, DateTimeOffset? gained) => View.Kind(seed) switch
    {
        "Credential" => gained is { } since ? Liveness.NotRotatedSince(seed, since) : SeedNotRotated(seed),

        // Decision: whoever HR no longer lists can be an attacker all the same.
        "Person" => true,
        _ => Liveness.Live(seed),
    };

    /// <summary>"A Resource seed is attained with L2, a System seed with L6, unless `--rights` says otherwise" (a seed is attained all the same, whatever its network).</summary>
    private void Plant(string node, string? rights)
    {
        var kind = View.Kind(node);
        if (Liveness.IsDead(node) || View.Facts.IsPlaceholder(node) || NaiveRights.OfKind(kind) is not { } known)
            return;
        _seeds.Add(node);
        var held = rights ?? kind switch { "Resource" => "DR", "System" => NaiveRights.All, _ => "U" };
        foreach (var right in _world.Raise(node, NaiveRights.Intersect(held, known)))
            _proofs[(node, right)] = (0, 0, Free);
        if (kind == "Credential")
            _durable.Add(node);
    }

    /// <summary>"An Exposure's nodes are seeds from its `at` to its `until` (credentials stay held)."</summary>
    private void PlantExposed(NaiveSeed seed)
    {
        var exposure = seed.Node;
        if (Liveness.IsDead(exposure))
            return;
        foreach (var edge in View.Facts.EdgeIds.Where(edge => edge.Kind == "EXPOSES" && edge.Of == exposure))
        {
            // "Credentials stay held": what was taken stays taken, whether the exposure and its edges are still stated or not.
            var credential = View.Kind(edge.To) == "Credential";
            var begun = HasBegun(exposure) & (credential ? HasHeld(edge) : View.Truth(edge) & View.Exists(exposure));
            var now = credential ? Liveness.NotRotatedSince(edge.To, View.Of(exposure, "at").Instant ?? seed.Gained ?? View.AsOf) : HasNotEnded(exposure) & Liveness.Live(edge.To);
            if (Holds(begun & now))
                Plant(edge.To, null);
        }
    }

    /// <summary>Whether the edge holds or held before; what was withdrawn before it began never did.</summary>
    private bool? HasHeld(NaiveEdge edge) => View.Facts.SpansOf(edge)
        .Select(span => View.AsOf >= span.Begin && !(span.EndHigh <= span.Begin) ? true : span.UnknownFrom <= View.AsOf ? null : (bool?)false)
        .Any();

    /// <summary>"From its `at` to its `until`": over when it began, it never was.</summary>
    private bool? HasBegun(string exposure) => View.Of(exposure, "at").Instant is { } at ? at <= View.AsOf && !(View.Of(exposure, "until").Instant <= at) : null;

    private bool? HasNotEnded(string exposure) => View.Of(exposure, "until") switch
    {
        { Said: NaiveSaid.Unknown } => null,
        { Instant: { } until } => View.AsOf < until,
        _ => true,
    };

    /// <summary>
    /// "A seed credential is held from its gained time (Exposure.at, else t)"; one that Exposures expose was gained at the `at`
    /// of any of them.
    /// </summary>
    private bool? SeedNotRotated(string credential) => View.Into(credential, "EXPOSES").ToList() is { Count: > 0 } exposures
        ? NaiveWords.Restrict(
        [
            .. exposures
                .Select(pair => (pair.Truth & View.Exists(pair.Edge.Of) & HasBegun(pair.Edge.Of), Liveness.NotRotatedSince(credential, View.Of(pair.Edge.Of, "at").Instant ?? View.AsOf))),
        ])
        : true;

    /// <summary>"What a Person holds was gained at HELD_BY's `from`, for a leaver at the latest at leaverAt."</summary>
    private bool? HeldNotRotated(NaiveEdge heldBy)
    {
        if (View.Kind(heldBy.To) != "Person")
            return true;
        var since = View.Facts.SpansOf(heldBy)
            .Where(span => span.TruthAt(View.AsOf) is not false)
            .Select(span => span.Begin)
            .Min();
        var asHeld = Liveness.NotRotatedSince(heldBy.Of, since);
        if (Liveness.People.LeaverAt(heldBy.To) is not { } left || left >= since || Liveness.People.IsLeaver(heldBy.To) is false)
            return asHeld;
        var asLeaver = Liveness.NotRotatedSince(heldBy.Of, left);
        return Liveness.People.IsLeaver(heldBy.To) is true || asLeaver == asHeld ? asLeaver : null;
    }
}
