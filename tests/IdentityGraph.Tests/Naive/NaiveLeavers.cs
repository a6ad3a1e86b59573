namespace IdentityGraph.Tests.Naive;

/// <summary>The leaver's paths, the state of every system of the footprint, and the verdict.</summary>
internal sealed class NaiveLeavers
{
    private readonly NaiveView _view;
    private readonly NaiveWorld _world;
    private readonly string _person;
    private readonly NaiveAnchors _anchors;
    private readonly DateTimeOffset? _leaverAt;
    private readonly NaiveLeaverHistory? _history;

    public NaiveLeavers(NaiveView view, string person)
    {
        _view = view;
        _person = person;
        _world = new NaiveWorld(view, new NaiveProfile(Leaver: person));
        _anchors = new NaiveAnchors(view, _world.Liveness, person);
        _leaverAt = _world.Liveness.People.LeaverAt(person);
        _history = _leaverAt is { } left ? new NaiveLeaverHistory(view.Facts, person, left, view.AsOf) : null;
    }

    private NaiveLiveness Liveness => _world.Liveness;

    public NaiveLeaver Judge()
    {
        var leaver = Liveness.People.IsLeaver(_person);
        if (leaver is false)
            return new NaiveLeaver(_person, false, null, null, [], []);
        var (usableCertain, usablePossible) = (Fixpoint(Usable(true), false), Fixpoint(Usable(false), true));
        var latentCertain = Fixpoint([.. Usable(true), .. Latent(usablePossible, certain: true)], false);
        var latentPossible = Fixpoint([.. Usable(false), .. Latent(usablePossible, certain: false)], true);
        var (continuingCertain, continuingPossible) = (Fixpoint(Continuing(true), false), Fixpoint(Continuing(false), true));
        var paths = new List<NaiveLeaverPath>();
        foreach (var target in _view.NodesOf(NaiveWords.Holders).Order(StringComparer.Ordinal))
        {
            Add("R1", target, usableCertain, usablePossible);
            Add("R3", target, continuingCertain, continuingPossible);

            // "R2: attained only when p's Suspended/Locked accounts … are seeded as if usable"; "what is certain R1 is not also R2".
            if (!Reads(usableCertain, target) && (Reads(latentCertain, target) || !Reads(usablePossible, target)))
                Add("R2", target, latentCertain, latentPossible);
        }

        var systems = Systems(usablePossible).ToList();
        return new NaiveLeaver(_person, leaver, _leaverAt, Verdict(paths, systems), [.. paths.OrderBy(path => path.Class, StringComparer.Ordinal)], systems);

        void Add(string @class, string target, NaiveFixpoint certain, NaiveFixpoint possible)
        {
            // Of somebody who only may have left nothing is certain.
            var surely = leaver is true && Reads(certain, target);
            if (!surely && !Reads(possible, target))
                return;
            var cell = surely ? certain : possible;
            var highest = NaiveRights.Highest(cell.Rights(target))!.Value;
            var proof = cell.Proof(target, highest);
            paths.Add(new(
                @class,
                target,
                "L" + NaiveRights.LevelOf(cell.Rights(target)),
                surely ? "Certain" : "Possible",
                PendingUntil(proof.Select(step => step.Node), proof.Any(step => step.Right is 'A' or 'C')),
                [.. AnchorsIn(proof.Select(step => step.Node)).Distinct().Order(StringComparer.Ordinal)]));
        }
    }

    private IEnumerable<string> AnchorsIn(IEnumerable<string> nodes) => _anchors.All().Concat(Secrets())
        .Where(anchor => nodes.Contains(anchor.Id))
        .Select(anchor => $"{anchor.Code} {anchor.Id}");

    /// <summary>"From an anchor the fixpoint attains a Resource/System at ≥ Read."</summary>
    private static bool Reads(NaiveFixpoint fixpoint, string target) => fixpoint.Rights(target).Contains('R');

    /// <summary>"Reach is taken amplified", with profile Leaver.</summary>
    private NaiveFixpoint Fixpoint(IEnumerable<NaiveSeed> seeds, bool possible) => new(_world, seeds, possible, amplified: true);

    /// <summary>
    /// R1, "from material p holds or can recover": the person (a1, a2, a7 and a9 follow from her by D19, D2, D8 and D16), the
    /// secrets of a3, what runs of hers made (a8). "Proofs are drawn from the Person."
    /// </summary>
    private List<NaiveSeed> Usable(bool certain) =>
    [
        new(_person, AsIfUsable: true),
        .. Secrets().Where(secret => Holds(secret.Truth, certain)).Select(secret => new NaiveSeed(secret.Id, AsIfUsable: true)),
        .. _anchors.All().Where(anchor => anchor.Code == "a8" && Holds(anchor.Truth, certain)).Select(anchor => new NaiveSeed(anchor.Id)),
    ];

    /// <summary>R3: grants consented to (a5), automation running as p (a6), agents' grants on p's behalf (a10), "itself live at t".</summary>
    private List<NaiveSeed> Continuing(bool certain) =>
        [.. _anchors.All().Where(anchor => anchor.Code is "a5" or "a6" or "a10" && Holds(anchor.Truth, certain)).Select(anchor => new NaiveSeed(anchor.Id))];

    /// <summary>"p's Suspended/Locked accounts, and live accounts with certainly no way in."</summary>
    private IEnumerable<NaiveSeed> Latent(NaiveFixpoint usablePossible, bool certain) =>
        from account in _anchors.Accounts
        let paused = _view.Of(account.Account, "state").Text is "Suspended" or "Locked" ? _view.Exists(account.Account) : false
        let shut = usablePossible.Rights(account.Account).Length == 0
        where Holds(account.Truth & (paused | (Liveness.Live(account.Account) & shut)), certain)
        select new NaiveSeed(account.Account, AsIfUsable: true);

    /// <summary>a3: "whose rotatedAt is none or &lt; leaverAt (not reported: Unknown)"; rotated since, it is none.</summary>
    private IEnumerable<NaiveAnchor> Secrets()
    {
        if (_history is null)
            yield break;
        foreach (var (credential, reached) in _history.Secrets)
        {
            bool? known = _view.Of(credential, "rotatedAt").Said is NaiveSaid.None or NaiveSaid.Stated ? true : null;
            var truth = reached & known & Liveness.Credentials.NotRotatedSince(credential, _leaverAt!.Value);
            if (truth is not false)
                yield return new NaiveAnchor("a3", credential, truth);
        }
    }

    private IEnumerable<NaiveLeaverSystem> Systems(NaiveFixpoint usablePossible)
    {
        var footprint = _history?.Footprint ?? _anchors.All().Select(anchor => (anchor.Code, anchor.Id, System: "?"));
        foreach (var system in footprint.GroupBy(anchor => anchor.System).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var open = system.Where(anchor => !IsRemoved(anchor.Code, anchor.Id, usablePossible) || !IsReadByFreshSource(anchor.Code, anchor.Id)).ToList();
            yield return new NaiveLeaverSystem(
                system.Key,
                open.Count == 0,
                [.. open.Select(anchor => $"{anchor.Code} {anchor.Id}").Order(StringComparer.Ordinal)],
                PendingUntil([system.Key, .. system.Select(anchor => anchor.Id)], false));
        }
    }

    /// <summary>
    /// "A secret is removed when dead or rotated since leaverAt, a4 when nothing p holds leads to it, a9 when the mapping, the account
    /// or its target is gone"; anything else by a verified end.
    /// </summary>
    private bool IsRemoved(string code, string id, NaiveFixpoint usablePossible) => code switch
    {
        "a2" or "a3" => Liveness.Live(id) is false || (code == "a2" && IsDeadAsHeld(id)) || (_leaverAt is { } left && Liveness.Credentials.NotRotatedSince(id, left) is false),
        "a4" => usablePossible.Rights(id).Length == 0,
        "a9" => Liveness.Live(id) is false || !_anchors.All().Any(anchor => anchor.Code == "a9" && anchor.Id == id && anchor.Truth is not false)
            || _anchors.Accounts.All(account => Liveness.Live(account.Account) is false),
        "a5" or "a6" or "a10" => Liveness.Live(id) is false || !_anchors.All().Any(anchor => anchor.Code == code && anchor.Id == id),
        // "Explicit disabled/revoked state, or absence": what is only suspended or locked is latent.
        _ => Liveness.Live(id) is false && !_view.Facts.IsPlaceholder(id) && !(_view.Exists(id) is not false && _view.Of(id, "state").Text is "Suspended" or "Locked"),
    };

    /// <summary>"Held material gained at g is dead at t if a rotation of it lies in (g, t]", gained at HELD_BY's `from`, at the latest at leaverAt.</summary>
    private bool IsDeadAsHeld(string credential)
    {
        var held = _view.From(credential, "HELD_BY").Where(pair => pair.Edge.To == _person).ToList();
        return held.Count > 0 && held.All(pair => Liveness.Credentials.NotRotatedSince(credential, Gained(pair.Edge)) is false);
    }

    private DateTimeOffset Gained(NaiveEdge held)
    {
        var since = _view.Facts.Edges[held].SelectMany(claim => claim.Spans).Where(span => span.TruthAt(_view.AsOf) is not false).Select(span => span.Begin).Min();
        return _leaverAt < since ? _leaverAt.Value : since;
    }

    /// <summary>Of what a mapping leads to, the account that it names shows it as well.</summary>
    private bool IsReadByFreshSource(string code, string id) => (code == "a9" ? _anchors.Accounts.Select(account => account.Account).Append(id) : [id])
        .SelectMany(each => _view.Facts.Nodes.GetValueOrDefault(each, []))
        .Any(claim => !_view.Facts.IsStale(claim.Stream, _view.AsOf));

    /// <summary>"The shortest of the classes it touches: tier0 (System.tier 0), privileged (Admin or above, or Account.privileged), else standard": 1, 4 and 24 hours.</summary>
    private DateTimeOffset? PendingUntil(IEnumerable<string> touched, bool admin)
    {
        if (_leaverAt is not { } left)
            return null;
        var nodes = touched.ToList();
        var tier0 = nodes.SelectMany(_world.SystemsOf).Any(system => _view.Of(system, "tier").Number is 0);
        var privileged = admin || nodes.Any(node => _view.Of(node, "privileged").Flag is true);
        var sla = TimeSpan.FromHours(tier0 ? 1 : privileged ? 4 : 24);
        return _view.AsOf < left + sla ? left + sla : null;
    }

    /// <summary>"Reachable(R1) > AutomationContinues(R3) > Latent(R2) > Unverified > Pending (the same, inside its SLA) > Clear."</summary>
    private string Verdict(List<NaiveLeaverPath> paths, List<NaiveLeaverSystem> systems)
    {
        bool Overdue(string @class) => paths.Any(path => path.Class == @class && path.Certainty == "Certain" && path.PendingUntil is null);
        var open = systems.Where(system => !system.Verified).ToList();
        return Overdue("R1") ? "Reachable"
            : Overdue("R3") ? "AutomationContinues"
            : Overdue("R2") ? "Latent"
            : paths.Any(path => path.PendingUntil is null) || open.Any(system => system.PendingUntil is null) ? "Unverified"
            : paths.Count > 0 || open.Count > 0 ? "Pending"
            : systems.Count == 0 && !WereAccountsRead() ? "Unverified"
            : "Clear";
    }

    /// <summary>"Where no source is fresh, verdicts are Unverified": nothing was left only where somebody looked for accounts, to the end and freshly.</summary>
    private bool WereAccountsRead() => _view.Facts.Runs.SelectMany(run => run.Complete).Distinct().Any(stream =>
        !_view.Facts.IsStale(stream, _view.AsOf) && _view.Facts.Runs.SelectMany(run => run.Lines).Any(line => line.Stream == stream && line.Kind == "Account"));

    private static bool Holds(bool? truth, bool certain) => certain ? truth is true : truth is not false;
}
