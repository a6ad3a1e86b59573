namespace IdentityGraph.Tests.Naive;

/// <summary>
/// What was set going to remove a leaver: the leaver events that name the person, the changes they caused, and the targets so declared.
/// These are things that happened: they count though their source lists them no more.
/// </summary>
internal sealed class NaiveProvisioning
{
    /// <summary>Decision: words for a change that gives something; any other is taken for a removal.</summary>
    private static readonly string[] Giving = ["create", "provision", "enable", "grant", "assign", "add", "activate", "update", "invite", "restore"];

    private static readonly string[] Failures = ["failed", "failure", "error", "rejected", "timeout"];

    /// <summary>Kinds of which one belongs to one holder, so that it is gone once it is removed from them.</summary>
    private static readonly string[] Personal = ["Account", "Credential", "OAuthGrant", "Assignment"];

    private readonly NaiveView _view;
    private readonly NaivePast _past;
    private readonly NaiveLiveness _liveness;
    private readonly string _person;
    private readonly List<(string Action, string Target)> _changes;
    private readonly List<string> _connected;

    public NaiveProvisioning(NaiveView view, NaivePast past, NaiveLiveness liveness, string person)
    {
        (_view, _past, _liveness, _person) = (view, past, liveness, person);

        // An event of a kind that nobody reported may be the one.
        var events = Into(person, "TARGETS").Where(happened => view.Kind(happened) == "LifecycleEvent" && view.Of(happened, "kind").Text is null or "leaver").ToList();
        _changes = [.. (from happened in events from action in Into(happened, "CAUSED_BY") from target in From(action, "TARGETS") where target != person select (action, target)).Distinct()];
        _connected = [.. events.SelectMany(Triggered).Distinct().SelectMany(Connected).Distinct()];
    }

    /// <summary>
    /// What a change was to take away, as far as it must be gone then: of a holder, or what nobody described, or what lies in no system
    /// that could be listed; but not what surely is somebody else's.
    /// </summary>
    public IEnumerable<string> Things => _changes
        .Where(change => !Gives(change.Action) && _view.Kind(change.Target) != "System")
        .Select(change => change.Target)
        .Where(target => Personal.Contains(_view.Kind(target)) || _view.Facts.IsPlaceholder(target) || !SystemsOf(target).Any())
        .Where(target => !_liveness.People.PersonsOf(target).Any(owner => owner.Person != _person && owner.Truth is true))
        .Distinct();

    /// <summary>"Declared targets": systems on which a change was to be made, or that what the event triggers connects.</summary>
    public IEnumerable<string> Systems => _changes.SelectMany(change => SystemsOf(change.Target)).Concat(_connected).Distinct();

    public IEnumerable<string> SystemsOf(string thing) => _past.SystemsOf(_view, new NaiveAnchor("", thing, null, null));

    /// <summary>
    /// "Target states": how far the removals asked of it got, whoever asked. Decision: the most advanced, for one that failed is tried
    /// again. Null: none was asked.
    /// </summary>
    /// <param name="target">The thing itself.</param>
    /// <param name="read">When it was last read as not removed; null: never.</param>
    public string? StateOf(string target, DateTimeOffset? read) => MostAdvanced(Into(target, "TARGETS").Where(action => _view.Kind(action) == "ProvisioningAction"), read);

    /// <summary>How far what their leaving asked of a whole system got.</summary>
    public string? StateOn(string system, DateTimeOffset? read) => MostAdvanced(_changes.Where(change => change.Target == system).Select(change => change.Action), read);

    private string? MostAdvanced(IEnumerable<string> actions, DateTimeOffset? read) =>
        actions.Where(action => !Gives(action)).Select(action => StateBy(action, read)).OfType<string>().ToList() is { Count: > 0 } states ? NaiveRemovals.MostAdvanced(states) : null;

    /// <summary>What was applied, or a ticket closed for it, is a claim; and none any more where the target was read later and is not removed.</summary>
    private string? StateBy(string action, DateTimeOffset? read)
    {
        if (Failures.Contains(_view.Of(action, "outcome").Text?.ToLowerInvariant()))
            return "Failed";
        return By("verifiedAt") is { } verified && !(read > verified) || By("appliedAt") is { } applied && !(read > applied) || ClosedTickets(action).Any(closed => !(read > closed)) ? "Claimed"
            : By("acceptedAt") is not null ? "Accepted"
            : _view.Of(action, "requestedAt").Instant > _view.AsOf ? null
            : "Requested";

        DateTimeOffset? By(string property) => _view.Of(action, property).Instant is { } at && at <= _view.AsOf ? at : null;
    }

    private IEnumerable<DateTimeOffset> ClosedTickets(string action) =>
        from ticket in From(action, "CAUSED_BY")
        where _view.Kind(ticket) == "Ticket" && _view.Of(ticket, "state").Text?.ToLowerInvariant() == "closed"
        select _view.Of(ticket, "closedAt").Instant is { } at && at <= _view.AsOf ? at : _view.Of(ticket, "state").At;

    private bool Gives(string action) => Giving.Contains(_view.Of(action, "op").Text?.ToLowerInvariant());

    /// <summary>The event, what it starts, and what that starts in turn.</summary>
    private IEnumerable<string> Triggered(string happened)
    {
        HashSet<string> started = [happened];
        for (var before = 0; before < started.Count;)
        {
            before = started.Count;
            started.UnionWith(started.SelectMany(starter => From(starter, "TRIGGERS")).ToList());
        }

        return started;
    }

    /// <summary>The systems a connector connects, but as a source.</summary>
    private IEnumerable<string> Connected(string connector) =>
        from pair in _past.Once("CONNECTS")
        where pair.Edge.Of == connector && !(_view.EveryWord(pair.Edge, "side") is { Count: > 0 } sides && sides.All(side => side == "source"))
        select pair.Edge.To;

    private IEnumerable<string> From(string node, string kind) => _past.Once(kind).Where(pair => pair.Edge.Of == node).Select(pair => pair.Edge.To).Distinct();

    private IEnumerable<string> Into(string node, string kind) => _past.Once(kind).Where(pair => pair.Edge.To == node).Select(pair => pair.Edge.Of).Distinct();
}
