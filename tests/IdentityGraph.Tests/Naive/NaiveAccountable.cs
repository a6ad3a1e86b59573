namespace IdentityGraph.Tests.Naive;

/// <summary>
/// <c>acc(n,t)</c>: the people who answer for a node, at least and at most, as a least fixpoint over OWNED_BY (any role but
/// technical). "Cycles contribute ∅ unless some member reaches a live person."
/// </summary>
internal sealed class NaiveAccountable
{
    /// <summary>Stands in accMax for an owner nobody can resolve.</summary>
    public const string Somebody = "?";

    private readonly NaiveView _view;
    private readonly NaivePeople _people;
    private readonly NaiveLiveness _liveness;
    private readonly Dictionary<string, bool> _ownersRead = [];
    private bool? _personsRead;
    private readonly Dictionary<string, HashSet<string>> _atLeast = [];
    private readonly Dictionary<string, HashSet<string>> _atMost = [];

    public NaiveAccountable(NaiveView view, NaiveLiveness liveness)
    {
        _view = view;
        _people = liveness.People;
        _liveness = liveness;
        Solve(_atLeast, certain: true);
        Solve(_atMost, certain: false);
    }

    public IReadOnlyCollection<string> AtLeast(string node) => _atLeast.GetValueOrDefault(node, []);

    public IReadOnlyCollection<string> AtMost(string node) => _atMost.GetValueOrDefault(node, []);

    /// <summary>OWNED_BY edges that hold or may hold, the technical ones left out.</summary>
    public IEnumerable<(NaiveEdge Edge, bool? Truth)> OwnersOf(string node) =>
        _view.From(node, "OWNED_BY").Where(pair => (_view.Of(pair.Edge, "role") is { Said: not NaiveSaid.NotReported } role ? role.Text : pair.Edge.Key) is not "technical");

    /// <summary>Nodes whose owners count for one without its own: a credential's subject, the Application of a connector, agent or grant.</summary>
    public IEnumerable<(string Node, bool? Truth)> StandIns(string node) => _view.Kind(node) switch
    {
        "Credential" => Ends(_view.From(node, "AUTHENTICATES_AS")),
        "Connector" => Ends(_view.From(node, "INSTANCE_OF")),
        // Decision: the client of a grant stands in for it, whatever it is.
        "OAuthGrant" => Ends(_view.From(node, "GRANTED_TO").Concat(_view.From(node, "INSTANCE_OF"))),
        "Agent" => _view.Into(node, "RUNS_AS").Where(pair => _view.Kind(pair.Edge.Of) == "Application").Select(pair => (pair.Edge.Of, pair.Truth)),
        _ => [],
    };

    /// <summary>"External person (kind vendor …)": every engagement begun is a vendor's.</summary>
    public bool IsExternal(string person) =>
        _people.EmploymentsOf(person).ToList() is { Count: > 0 } employments && employments.All(IsVendor);

    private void Solve(Dictionary<string, HashSet<string>> accountable, bool certain)
    {
        foreach (var node in _view.Facts.NodeIds)
            accountable[node] = [];
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var node in _view.Facts.NodeIds)
            {
                foreach (var person in Of(node, certain, accountable).ToList())
                    changed |= accountable[node].Add(person);
            }
        }
    }

    private IEnumerable<string> Of(string node, bool certain, Dictionary<string, HashSet<string>> known)
    {
        bool Holds(bool? truth) => certain ? truth is true : truth is not false;
        IEnumerable<string> Through(IEnumerable<(string Node, bool? Truth)> ends) => ends.Where(end => Holds(end.Truth)).SelectMany(end => known[end.Node]);

        // "Unresolved text → Unknown."
        if (_view.Facts.IsPlaceholder(node))
            return certain ? [] : [Somebody];
        var owners = Ends(OwnersOf(node)).ToList();
        switch (_view.Kind(node))
        {
            case "Person":
                return Holds(Counts(node, Sponsored(node, certain, known))) ? [node] : [];
            case "Account":
                // Its owners count in addition to its person. "Nobody's" is what an account is only where somebody would have said whose.
                var persons = _people.PersonsOf(node).ToList();
                return Through(owners.Concat(persons)).Concat(certain || persons.Count > 0 || IsSilenceAboutPersonsEvidence ? [] : [Somebody]);
            case "Group":
                // "Group: direct Account/Person members", and its own owner.
                return Through(owners.Concat(MembersOf(node).Where(member => _view.Kind(member.Node) == "Account")).Concat(Starts(_view.Into(node, "MEMBER_OF_TEAM"))));
            case "Team":
                return Through(owners.Concat(Starts(_view.Into(node, "MEMBER_OF_TEAM"))));
            case "Organization":
                return Through(Ends(_view.From(node, "SPONSORED_BY")).Where(sponsor => !IsExternal(sponsor.Node)));
            default:
                // "Its own, else its subject's", "its own, else its Application's": an owner that only may be there leaves both open.
                // Decision: what stands in decides alone for whether owners were read where nothing states owners of this kind.
                var surely = owners.Any(owner => owner.Truth is true);
                var standIns = surely || (certain && owners.Count > 0) ? [] : StandIns(node);
                return Through(owners.Concat(standIns)).Concat(certain || WereOwnersRead(_view.Kind(node)) || (owners.Count == 0 && StandIns(node).Any()) ? [] : [Somebody]);
        }
    }

    /// <summary>
    /// "{p} if an Employment is active (Unknown employment, or no complete fresh HR run for that person's scope: in accMax only),
    /// else ∅"; an external person "counts only through a live SPONSORED_BY".
    /// </summary>
    private bool? Counts(string person, bool sponsored)
    {
        var employments = _people.EmploymentsOf(person).ToList();
        if (employments.Count == 0)
            return _people.IsHrComplete(person) ? false : null;
        var inside = employments.Where(employment => !IsVendor(employment)).Select(employment => _people.IsActive(person, employment)).Any();
        var vendor = employments.Where(IsVendor).Select(employment => _people.IsActive(person, employment)).Any() & sponsored;
        return !_people.IsHrComplete(person) ? null : inside | vendor;
    }

    /// <summary>
    /// "No source that could state owners of that kind was read to its end": a stream that stated an OWNED_BY of such a node, or is
    /// named so by a source that stated such nodes, was.
    /// </summary>
    private bool WereOwnersRead(string kind)
    {
        if (_ownersRead.TryGetValue(kind, out var known))
            return known;
        var lines = _view.Facts.Runs.SelectMany(run => run.Lines).ToList();
        return _ownersRead[kind] = _view.Facts.ReadWhole.Any(stream =>
            lines.Any(line => line.Stream == stream && line.Edge is { Kind: "OWNED_BY" } edge && _view.Kind(edge.Of) == kind)
            || (stream.Name == "OWNED_BY" && lines.Any(line => !line.Seen && line.Kind == kind && line.Run.Source == stream.Source && line.Run.Tenant == stream.Tenant)));
    }

    /// <summary>
    /// Whether an account without a person has none: a complete and fresh stream stated whose an account is, or is named so by a
    /// source that states accounts, or HR was read completely and freshly.
    /// </summary>
    private bool IsSilenceAboutPersonsEvidence => _personsRead ??= WerePersonsRead();

    private bool WerePersonsRead()
    {
        var lines = _view.Facts.Runs.SelectMany(run => run.Lines).ToList();
        return _view.Facts.ReadWhole.Where(stream => !_view.Facts.IsStale(stream, _view.AsOf)).Any(stream =>
            lines.Any(line => line.Stream == stream && (line.Edge is { Kind: "BELONGS_TO" } || line.Kind == "Employment"))
            || (stream.Name is "BELONGS_TO" or "owners" && lines.Any(line => line.Kind == "Account" && line.Run.Source == stream.Source && line.Run.Tenant == stream.Tenant)));
    }

    /// <summary>MEMBER_OF is "the short form of HOLDS+ASSIGNS".</summary>
    private IEnumerable<(string Node, bool? Truth)> MembersOf(string team) => Starts(_view.Into(team, "MEMBER_OF")).Concat(
        from assigns in _view.Into(team, "ASSIGNS")
        from holds in _view.Into(assigns.Edge.Of, "HOLDS")
        select (holds.Edge.Of, assigns.Truth & _liveness.Live(assigns.Edge.Of) & holds.Truth));

    private bool Sponsored(string person, bool certain, Dictionary<string, HashSet<string>> known) => _view.From(person, "SPONSORED_BY")
        .Any(pair => (certain ? pair.Truth is true : pair.Truth is not false) && !IsExternal(pair.Edge.To) && known[pair.Edge.To].Count > 0);

    private bool IsVendor(string employment) =>
        (_view.Of(employment, "kind") is { Said: not NaiveSaid.NotReported } kind ? kind : _view.LastKnown(employment, "kind")).Text == "vendor";

    private static IEnumerable<(string Node, bool? Truth)> Ends(IEnumerable<(NaiveEdge Edge, bool? Truth)> edges) => edges.Select(pair => (pair.Edge.To, pair.Truth));

    private static IEnumerable<(string Node, bool? Truth)> Starts(IEnumerable<(NaiveEdge Edge, bool? Truth)> edges) => edges.Select(pair => (pair.Edge.Of, pair.Truth));
}
