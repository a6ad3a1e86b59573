namespace IdentityGraph.Tests.Naive;

/// <summary>Who answers for a node, and what follows from it.</summary>
/// <param name="Id">The node.</param>
/// <param name="Ownership">The first that holds of Orphaned, Unknown, AtRisk, UnderOwned, Owned.</param>
/// <param name="Reason">O1 to O8 or tombstone; null where somebody answers for it, or no reason of the list holds.</param>
/// <param name="CanAuthenticate">Live, or a live credential or grant acts as it.</param>
/// <param name="AtLeast">accMin, by id.</param>
/// <param name="AtMost">accMax, by id; <c>?</c> is an owner nobody can resolve.</param>
/// <param name="MissingRoles">Of scopeApproval, usageMonitoring, revocation, for the kinds that need them.</param>
/// <param name="Purpose">Active, Ended or Unknown.</param>
internal sealed record NaiveOwnership(
    string Id,
    string Ownership,
    string? Reason,
    bool? CanAuthenticate,
    IReadOnlyList<string> AtLeast,
    IReadOnlyList<string> AtMost,
    IReadOnlyList<string> MissingRoles,
    string Purpose)
{
    /// <summary>Of an Orphaned node: "Unknown [whether it can authenticate]: the same reasons, Possible".</summary>
    public string Certainty => Ownership == "Orphaned" && CanAuthenticate is not true ? "Possible" : "Certain";
}

/// <summary>Orphans: ownership, its reason and its purpose, clause by clause.</summary>
internal sealed class NaiveOwners
{
    private static readonly string[] NeededRoles = ["scopeApproval", "usageMonitoring", "revocation"];

    private readonly NaiveView _view;
    private readonly NaiveLiveness _liveness;
    private readonly NaiveAccountable _accountable;
    private readonly NaiveOwnershipReasons _reasons;

    public NaiveOwners(NaiveView view, NaiveLiveness liveness)
    {
        _view = view;
        _liveness = liveness;
        _accountable = new NaiveAccountable(view, liveness);
        _reasons = new NaiveOwnershipReasons(view, liveness.People, _accountable);
    }

    public NaiveOwnership Of(string node)
    {
        var (atLeast, atMost) = (_accountable.AtLeast(node), _accountable.AtMost(node));
        var authenticates = CanAuthenticate(node);
        var missing = MissingRoles(node);
        var nobody = atMost.Count == 0;
        var ownership = atLeast.Count > 0
            ? atLeast.All(person => IsAtRisk(node, person)) ? "AtRisk" : missing.Count > 0 || !HasNamedPerson(node) ? "UnderOwned" : "Owned"
            : nobody && authenticates is not false ? "Orphaned" : "Unknown";
        var reason = atLeast.Count > 0 ? null : authenticates is false ? "tombstone" : _reasons.Of(node);
        return new NaiveOwnership(node, ownership, reason, authenticates, Sorted(atLeast), Sorted(atMost), missing, Purpose(node));
    }

    /// <summary>"live(n), or a live credential AUTHENTICATES_AS n, or a live grant is GRANTED_TO n."</summary>
    public bool? CanAuthenticate(string node) =>
        _liveness.Live(node)
        | _view.Into(node, "AUTHENTICATES_AS").Select(pair => pair.Truth & _liveness.Live(pair.Edge.Of)).Any()
        | _view.Into(node, "GRANTED_TO").Select(pair => pair.Truth & _liveness.Live(pair.Edge.Of)).Any();

    /// <summary>"For Connector, OAuthGrant and third-party Application: a role of scopeApproval, usageMonitoring, revocation missing."</summary>
    private List<string> MissingRoles(string node)
    {
        var needed = _view.Kind(node) is "Connector" or "OAuthGrant" || (_view.Kind(node) == "Application" && _view.Of(node, "thirdParty").Flag is true);
        return needed ? [.. NeededRoles.Where(role => !_view.From(node, "OWNED_BY").Any(pair => pair.Truth is true && _view.Of(pair.Edge, "role").Text == role))] : [];
    }

    /// <summary>"For any: no OWNED_BY chain to an active Person without a Group/Team hop" is UnderOwned.</summary>
    private bool HasNamedPerson(string node)
    {
        var reached = new HashSet<string> { node };
        for (var changed = true; changed;)
        {
            var next = reached
                .Where(each => _view.Kind(each) is not ("Group" or "Team"))
                .SelectMany(each => Surely(_accountable.OwnersOf(each)).ToList() is { Count: > 0 } owners && _view.Kind(each) != "Account" ? owners
                    : _accountable.StandIns(each).Where(end => end.Truth is true).Select(end => end.Node)
                        .Concat(_view.Kind(each) == "Account" ? Surely(_accountable.OwnersOf(each)).Concat(_liveness.People.PersonsOf(each).Where(person => person.Truth is true).Select(person => person.Person)) : [])
                        .Concat(_view.Kind(each) == "Organization" ? Surely(_view.From(each, "SPONSORED_BY")) : []))
                .ToList();
            var before = reached.Count;
            reached.UnionWith(next);
            changed = reached.Count > before;
        }

        return reached.Any(each => _view.Kind(each) == "Person" && _accountable.AtLeast(each).Contains(each));
    }

    /// <summary>
    /// "Owner's end ≤ P30D, on leave, or a mover event after OWNED_BY began without reconfirmation." Decision: the node is at risk
    /// where nobody who is not at risk answers for it; an OWNED_BY stated anew since the event reconfirms.
    /// </summary>
    private bool IsAtRisk(string node, string person)
    {
        var people = _liveness.People;
        var active = people.EmploymentsOf(person).Where(employment => people.IsActive(person, employment) is true).ToList();
        var endsSoon = active.All(employment => people.EndAt(employment) <= _view.AsOf + TimeSpan.FromDays(30));
        var onLeave = active.All(employment => people.StatusOf(employment) == "onLeave");
        var owned = _accountable.OwnersOf(node).SelectMany(pair => _view.Facts.SpansOf(pair.Edge)).Select(span => (DateTimeOffset?)span.Begin).Max();
        var moved = _view.Into(person, "TARGETS").Any(pair => pair.Truth is true
            && _view.Kind(pair.Edge.Of) == "LifecycleEvent"
            && _view.Of(pair.Edge.Of, "kind").Text == "mover"
            && _view.Of(pair.Edge.Of, "effectiveAt").Instant is { } at && at <= _view.AsOf && at > owned);
        return endsSoon || onLeave || moved;
    }

    /// <summary>"SERVES decides; else a removed parent (SPAWNED by a Connector) or an ended target System (CONNECTS side target) is Ended."</summary>
    private string Purpose(string node)
    {
        var serves = _view.From(node, "SERVES").Select(pair => pair.Truth & Serves(pair.Edge.To)).ToList();
        if (serves.Count > 0)
            return serves.Any() switch { true => "Active", false => "Ended", _ => "Unknown" };
        var parentRemoved = _view.Into(node, "SPAWNED").Any(pair => _view.Kind(pair.Edge.Of) == "Connector" && _view.Exists(pair.Edge.Of) is false);
        var targetRetired = _view.From(node, "CONNECTS").Any(pair => _view.Of(pair.Edge, "side").Text == "target" && _view.Exists(pair.Edge.To) is false && !_view.Facts.IsPlaceholder(pair.Edge.To));
        return parentRemoved || targetRetired ? "Ended" : "Unknown";
    }

    private bool? Serves(string purpose) => _view.Kind(purpose) == "BusinessProcess"
        ? _view.Exists(purpose) & (_view.Of(purpose, "state").Text switch { "Active" => true, "Ended" => false, _ => (bool?)null })
        : _view.Facts.IsPlaceholder(purpose) ? null : _liveness.Live(purpose);

    private static IEnumerable<string> Surely(IEnumerable<(NaiveEdge Edge, bool? Truth)> edges) => edges.Where(pair => pair.Truth is true).Select(pair => pair.Edge.To);

    private static string[] Sorted(IEnumerable<string> people) => [.. people.Order(StringComparer.Ordinal)];
}
