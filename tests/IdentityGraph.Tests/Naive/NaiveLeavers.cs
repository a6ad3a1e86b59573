namespace IdentityGraph.Tests.Naive;

/// <summary>The leaver's paths, the state of every system of the footprint, and the verdict.</summary>
internal sealed class NaiveLeavers
{
    private static readonly string[] s_worstFirst = ["R1", "R3", "R2"];

    private readonly NaiveView _view;
    private readonly NaiveWorld _world;
    private readonly string _person;
    private readonly bool? _leaver;
    private readonly DateTimeOffset? _leaverAt;
    private readonly DateTimeOffset _left;
    private readonly IReadOnlyList<(string Account, bool? Truth)> _accounts;
    private readonly NaivePast _past;
    private readonly NaiveAnchors _anchors;
    private readonly NaiveLeaverHistory _history;

    public NaiveLeavers(NaiveView view, string person)
    {
        _view = view;
        _person = person;
        _world = new NaiveWorld(view, new NaiveProfile(Leaver: person));
        _leaver = Liveness.People.IsLeaver(person);
        _leaverAt = Liveness.People.LeaverAt(person);
        _accounts = [.. Liveness.People.AccountsOf(person)];
        _left = _leaverAt < view.AsOf ? _leaverAt.Value : view.AsOf;
        _past = new NaivePast(view.Facts, person, _left, view.AsOf);
        _anchors = new NaiveAnchors(view, person, view.Edges, _accounts, _past);
        _history = new NaiveLeaverHistory(_past, person, _left);
    }

    private NaiveLiveness Liveness => _world.Liveness;

    /// <summary>The facts at the moment asked about, as the leaver meets them.</summary>
    public NaiveWorld World => _world;

    public bool? IsLeaver => _leaver;

    /// <summary>Where the paths of a class begin.</summary>
    public IReadOnlyList<NaiveSeed> SeedsOf(string @class, bool certain) => @class switch
    {
        "R1" => Usable(certain),
        "R3" => Continuing(certain),
        _ => [.. Usable(certain), .. Latent(Fixpoint(Usable(false), true), certain)],
    };

    /// <summary>Whether an anchor of that code is a secret or a tie of facts, each way with the edges that make it one, from the person on.</summary>
    public IEnumerable<(bool? Truth, IReadOnlySet<NaiveEdge> Edges)> WaysOf(string code, string node)
    {
        foreach (var anchor in _anchors.All().Where(anchor => anchor.Code == code && anchor.Id == node))
        {
            if ((code is "a1" or "a7" ? node : anchor.Account) is not { } account)
            {
                yield return (anchor.Truth, anchor.Ties.ToHashSet());
                continue;
            }

            foreach (var (link, _) in _past.From(account, "BELONGS_TO").Where(pair => pair.Edge.To == _person))
                yield return (anchor.Truth, anchor.Ties.Append(link).ToHashSet());
        }
    }

    /// <summary>
    /// a3: the moments at which just these facts and gates show that p could keep the secret before leaving, or held it with others; none of
    /// them can be left out.
    /// </summary>
    public IEnumerable<NaiveView> KnewBy(string secret, NaiveApplication by, bool certain) => _past.Views.Where(view =>
        (by.Facts.Count + by.Gates.Count == 0 && HeldWithOthers(view, secret, by.Edges, certain))
        || (view.AsOf < _left && Reached(view, secret, by, certain)
            && !by.Edges.Any(edge => Reached(view, secret, by with { Edges = by.Edges.Where(other => other != edge).ToHashSet() }, certain))
            && !by.Facts.Any(fact => !IsByRenewal(view, fact, by) && Reached(view, secret, by with { Facts = by.Facts.Where(other => other != fact).ToHashSet() }, certain))
            && !by.Gates.Any(gate => Reached(view, secret, by with { Gates = by.Gates.Where(other => other != gate).ToHashSet() }, certain))));

    /// <summary>
    /// "Ties by rule number": where nobody says whether a child was made by refresh or by copy, D17 stands before D20, and that its parent is live
    /// and renewable with it, though D20 would do without.
    /// </summary>
    private static bool IsByRenewal(NaiveView view, (string Node, string Property) fact, NaiveApplication by) =>
        by.Facts.Contains((fact.Node, "live")) && by.Facts.Contains((fact.Node, "renewable")) && fact.Property is "live" or "renewable"
        && by.Edges.Any(edge => edge.Kind == "DERIVED_FROM" && edge.To == fact.Node && view.Of(edge, "mode").Text is null);

    /// <summary>a3: "or p held with others".</summary>
    private bool HeldWithOthers(NaiveView view, string secret, IReadOnlySet<NaiveEdge> edges, bool certain) =>
        edges.Count == 2 && edges.All(edge => edge.Kind == "HELD_BY" && edge.Of == secret && Holds(view.Truth(edge), certain)) && edges.Count(edge => edge.To == _person) == 1
        && _past.HasOtherHolder(view, secret);

    /// <summary>a3: "secrets p's accounts could reach (…), with the gates of Insider and Leaver)", by some facts and gates only.</summary>
    private bool Reached(NaiveView view, string secret, NaiveApplication by, bool certain)
    {
        var world = new NaiveWorld(view, new NaiveProfile(Insider: true, Leaver: _person));
        var accounts = world.Liveness.People.AccountsOf(_person)
            .Where(account => Holds(account.Truth, certain) && by.Edges.Any(edge => edge.Kind == "BELONGS_TO" && edge.Of == account.Account && edge.To == _person))
            .Select(account => new NaiveSeed(account.Account));
        return new NaiveFixpoint(world, accounts, !certain, amplified: true, within: by).IsDurable(secret);
    }

    public NaiveLeaver Judge()
    {
        var leaver = _leaver;
        if (leaver is false)
            return new NaiveLeaver(_person, false, null, null, [], []);
        var (usableCertain, usablePossible) = (Fixpoint(Usable(true), false), Fixpoint(Usable(false), true));
        var latentCertain = Fixpoint([.. Usable(true), .. Latent(usablePossible, certain: true)], false);
        var latentPossible = Fixpoint([.. Usable(false), .. Latent(usablePossible, certain: false)], true);
        var (continuingCertain, continuingPossible) = (Fixpoint(Continuing(true), false, asPerson: false), Fixpoint(Continuing(false), true, asPerson: false));
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
        return new NaiveLeaver(_person, leaver, _leaverAt, Verdict(paths, systems), [.. paths.OrderBy(path => path.Class, StringComparer.Ordinal)], systems)
        {
            Class = paths.MaxBy(path => (path.PendingUntil is null, path.Certainty == "Certain", -Array.IndexOf(s_worstFirst, path.Class)))?.Class,
            PendingUntil = paths.Select(path => path.PendingUntil).Concat(systems.Where(system => !system.Verified).Select(system => system.PendingUntil)).Max(),
        };

        void Add(string @class, string target, NaiveFixpoint certain, NaiveFixpoint possible)
        {
            // Of somebody who only may have left nothing is certain.
            var surely = leaver is true && Reads(certain, target);
            if (!surely && !Reads(possible, target))
                return;
            // Decision: what would be certain of a leaver is told as it is, though it is only possible that they are one.
            var cell = Reads(certain, target) ? certain : possible;
            var highest = NaiveRights.Highest(cell.Rights(target))!.Value;
            var proof = cell.Proof(target, highest);
            paths.Add(new(
                @class,
                target,
                "L" + NaiveRights.LevelOf(cell.Rights(target)),
                surely ? "Certain" : "Possible",
                PendingUntil(proof.Select(step => step.Node), proof.Any(step => step.Right is 'A' or 'C')),
                [.. AnchorsIn([.. proof.Select(step => step.Node)], cell == certain).Distinct().Order(StringComparer.Ordinal)]));
        }
    }

    /// <summary>"From an anchor the fixpoint attains": what is one at t, and for a certain path surely is.</summary>
    private IEnumerable<string> AnchorsIn(IReadOnlyCollection<string> nodes, bool certain) => _anchors.All().Concat(Secrets())
        .Where(anchor => nodes.Contains(anchor.Id) && Holds(anchor.Truth, certain))
        .Select(anchor => $"{anchor.Code} {anchor.Id}");

    /// <summary>"From an anchor the fixpoint attains a Resource/System at ≥ Read."</summary>
    private static bool Reads(NaiveFixpoint fixpoint, string target) => fixpoint.Rights(target).Contains('R');

    /// <summary>"Reach is taken amplified", with profile Leaver.</summary>
    private NaiveFixpoint Fixpoint(IEnumerable<NaiveSeed> seeds, bool possible, bool asPerson = true) => new(_world, seeds, possible, amplified: true, asPerson ? SharedHoldings() : null);

    /// <summary>Decision: what p holds with others is a3 alone, "not reported: Unknown", and not also what the rule about holders says of it.</summary>
    private HashSet<NaiveEdge> SharedHoldings() => [.. _view.Into(_person, "HELD_BY").Select(pair => pair.Edge).Where(held => _past.HasOtherHolder(_view, held.Of))];

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
        [.. _anchors.All().Where(anchor => anchor.Code is "a5" or "a6" or "a10" && Holds(anchor.Truth & Runs(anchor.Id), certain)).Select(anchor => new NaiveSeed(anchor.Id, "U"))];

    /// <summary>Decision: a step runs only while its workflow does; one that nobody described may.</summary>
    private bool? Runs(string automation) => _view.Kind(automation) != "Step" || _view.From(automation, "STEP_OF").ToList() is not { Count: > 0 } workflows ? true
        : workflows.Select(pair => pair.Truth & (_view.Facts.IsPlaceholder(pair.Edge.To) ? null : Liveness.Live(pair.Edge.To))).Any();

    /// <summary>"p's Suspended/Locked accounts, and live accounts with certainly no way in."</summary>
    private IEnumerable<NaiveSeed> Latent(NaiveFixpoint usablePossible, bool certain) =>
        from account in _accounts
        let paused = _view.Of(account.Account, "state").Text is "Suspended" or "Locked" ? _view.Exists(account.Account) : false
        let shut = usablePossible.Rights(account.Account).Length == 0
        where Holds(account.Truth & (paused | (Liveness.Live(account.Account) & shut)), certain)
        select new NaiveSeed(account.Account, AsIfUsable: true);

    /// <summary>a3: "whose rotatedAt is none or &lt; leaverAt (not reported: Unknown)"; rotated since, it is none.</summary>
    private IEnumerable<NaiveAnchor> Secrets()
    {
        foreach (var (credential, reached) in _history.Secrets)
        {
            bool? known = _view.Of(credential, "rotatedAt").Said is NaiveSaid.None or NaiveSaid.Stated ? true : null;
            var truth = reached & known & Liveness.Credentials.NotRotatedSince(credential, _left.AddTicks(-1));
            if (truth is not false)
                yield return new NaiveAnchor("a3", credential, truth, null);
        }
    }

    private IEnumerable<NaiveLeaverSystem> Systems(NaiveFixpoint usablePossible)
    {
        var provisioning = new NaiveProvisioning(_view, _past, Liveness, _person);
        var removals = new NaiveRemovals(_view, _world, _person, _left, usablePossible, _past, provisioning);
        var ever = new NaiveAnchors(_view, _person, _past.Edges, _past.Accounts, _past).All()
            .Concat(_history.Secrets.Keys.Select(secret => new NaiveAnchor("a3", secret, null, null)))
            .Concat(_history.Controlled.Keys.Select(nhi => new NaiveAnchor("a4", nhi, null, null)));
        var anchors = ever.GroupBy(anchor => (anchor.Code, anchor.Id)).ToList();
        var places = (
            from one in anchors
            let removal = removals.Of([.. one])
            from system in one.SelectMany(anchor => _past.SystemsOf(_view, anchor)).Distinct().DefaultIfEmpty("?")
            select (System: system, Anchor: (string?)$"{one.Key.Code} {one.Key.Id}", one.Key.Id, Removal: removal)).ToList();

        // "Plus declared targets": what a change was to remove, and systems as a whole where there is nothing else to remove.
        places.AddRange(
            from thing in provisioning.Things
            where anchors.TrueForAll(anchor => anchor.Key.Id != thing)
            from system in provisioning.SystemsOf(thing).DefaultIfEmpty("?")
            select (system, (string?)null, thing, removals.Of(thing)));
        places.AddRange(
            from system in provisioning.Systems
            where places.TrueForAll(place => place.System != system)
            select (system, (string?)null, system, removals.OfSystem(system)));
        foreach (var system in places.GroupBy(place => place.System).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var open = system.Where(place => !place.Removal.IsProved).ToList();
            yield return new NaiveLeaverSystem(
                system.Key,
                open.Count == 0,
                NaiveRemovals.LeastAdvanced(system.Select(place => removals.InSystem(place.Removal, place.Id, system.Key))),
                [.. system.Select(place => place.Anchor).OfType<string>().Order(StringComparer.Ordinal)],
                [.. open.Select(place => place.Anchor).OfType<string>().Order(StringComparer.Ordinal)],
                PendingUntil([system.Key], system.Any(place => _view.Kind(place.Id) == "Account" && _view.Of(place.Id, "privileged").Flag is true)));
        }
    }

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

    /// <summary>
    /// "Reachable(R1) > AutomationContinues(R3) > Latent(R2) > Unverified (some premise Unknown …) > Pending (the same, inside its SLA)
    /// > Clear." Whether they left is a premise too, and when decides what the footprint is.
    /// </summary>
    private string Verdict(List<NaiveLeaverPath> paths, List<NaiveLeaverSystem> systems)
    {
        bool Overdue(string @class) => paths.Any(path => path.Class == @class && path.Certainty == "Certain" && path.PendingUntil is null);
        var open = systems.Where(system => !system.Verified).ToList();
        return Overdue("R1") ? "Reachable"
            : Overdue("R3") ? "AutomationContinues"
            : Overdue("R2") ? "Latent"
            : _leaver is null || !IsAnythingFresh() ? "Unverified"
            : paths.Any(path => path.PendingUntil is null) || open.Any(system => system.PendingUntil is null) ? "Unverified"
            : paths.Count > 0 || open.Count > 0 ? "Pending"
            : systems.Count == 0 && !WereAccountsRead() ? "Unverified"
            : "Clear";
    }

    private bool IsAnythingFresh() => _view.Facts.Runs.SelectMany(run => run.Lines).Select(line => line.Stream).Distinct().Any(stream => !_view.Facts.IsStale(stream, _view.AsOf));

    /// <summary>"Where no source is fresh, verdicts are Unverified": nothing was left only where somebody looked for accounts, to the end and freshly.</summary>
    private bool WereAccountsRead() => _view.Facts.ReadWhole.Any(stream =>
        !_view.Facts.IsStale(stream, _view.AsOf) && _view.Facts.Runs.SelectMany(run => run.Lines).Any(line => line.Stream == stream && line.Kind == "Account"));

    private static bool Holds(bool? truth, bool certain) => certain ? truth is true : truth is not false;
}
