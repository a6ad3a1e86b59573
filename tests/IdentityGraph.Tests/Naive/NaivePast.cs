namespace IdentityGraph.Tests.Naive;

/// <summary>What held at any instant of [leaverAt − P400D, t], as far as it surely or perhaps did, and whose accounts were p's then.</summary>
internal sealed class NaivePast
{
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(400);

    private readonly NaiveFacts _facts;
    private readonly DateTimeOffset _asOf;
    private readonly string _person;

    /// <param name="facts">Known at asKnownAt.</param>
    /// <param name="person">p.</param>
    /// <param name="left">leaverAt; Decision: where no end is known, the moment asked about.</param>
    /// <param name="asOf">t.</param>
    public NaivePast(NaiveFacts facts, string person, DateTimeOffset left, DateTimeOffset asOf)
    {
        (_facts, _person, _asOf) = (facts, person, asOf);
        Views =
        [
            .. facts.Moments.Concat([left - LookBack, left.AddTicks(-1), left, asOf])
                .Where(moment => moment >= left - LookBack && moment <= asOf)
                .Distinct()
                .Order()
                .Select(moment => new NaiveView(facts, moment)),
        ];
        Edges = [.. facts.EdgeIds.Select(edge => (edge, Views.Select(view => Had(view, edge)).Any())).Where(pair => pair.Item2 is not false)];
        Accounts =
        [
            .. Views.SelectMany(view => new NaivePeople(view).AccountsOf(person).Concat(ReadAsTheirs(view)))
                .GroupBy(account => account.Account)
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => (same.Key, same.Select(account => account.Truth).Any())),
        ];
    }

    /// <summary>Decision: what was read held when it was read, though the end concluded from its absence may lie as early as that.</summary>
    private bool? Had(NaiveView view, NaiveEdge edge) => BeganAt(view, edge) ? true : view.Truth(edge);

    private bool BeganAt(NaiveView view, NaiveEdge edge) =>
        _facts.Edges[edge].SelectMany(claim => claim.Spans).Any(span => span.Begin == view.AsOf && span.Begin != span.EndHigh);

    private IEnumerable<(string Account, bool? Truth)> ReadAsTheirs(NaiveView view) =>
        from pair in view.Into(_person, "BELONGS_TO")
        where BeganAt(view, pair.Edge) && view.From(pair.Edge.Of, "BELONGS_TO").All(other => other.Edge.To == _person)
            && (view.Of(pair.Edge, "confidence").Said is NaiveSaid.NotReported || view.Of(pair.Edge, "confidence").Number >= 0.9)
        select (pair.Edge.Of, (bool?)true);

    /// <summary>At every change of the window, oldest first.</summary>
    public IReadOnlyList<NaiveView> Views { get; }

    public IReadOnlyList<(NaiveEdge Edge, bool? Truth)> Edges { get; }

    public IReadOnlyList<(string Account, bool? Truth)> Accounts { get; }

    public IEnumerable<(NaiveEdge Edge, bool? Truth)> From(string node, string kind) => Edges.Where(pair => pair.Edge.Kind == kind && pair.Edge.Of == node);

    public IEnumerable<(NaiveEdge Edge, bool? Truth)> Into(string node, string kind) => Edges.Where(pair => pair.Edge.Kind == kind && pair.Edge.To == node);

    public IEnumerable<string> TenantsOf(string account) =>
        From(account, "IN_SYSTEM").SelectMany(system => From(system.Edge.To, "IN_TENANT")).Select(pair => pair.Edge.To);

    /// <summary>Edges that held once, by t, however long ago.</summary>
    public IEnumerable<(NaiveEdge Edge, bool? Truth)> Once(string kind) =>
        from edge in _facts.EdgeIds
        where edge.Kind == kind
        let spans = _facts.Edges[edge].SelectMany(claim => claim.Spans).ToList()
        let surely = spans.Any(span => span.Begin <= _asOf && span.Begin != span.EndHigh)
        let perhaps = spans.Any(span => span.UnknownFrom <= _asOf)
        where surely || perhaps
        select (edge, surely ? true : (bool?)null);

    /// <summary>"Held by p alone". Decision: an account of p's own that holds it beside p is nobody else.</summary>
    public bool HasOtherHolder(NaiveView view, string credential) => view.From(credential, "HELD_BY")
        .Any(other => other.Edge.To != _person && !Accounts.Any(own => own.Account == other.Edge.To && own.Truth is true));

    /// <summary>
    /// Where an anchor is or was: its own systems; else those of what it opens, of whom it acts for, or of what it is part of; else of
    /// the account it hangs on. Empty: nobody says.
    /// </summary>
    public IEnumerable<string> SystemsOf(NaiveView view, NaiveAnchor anchor)
    {
        var systems = SystemsOf(view, anchor.Id);
        return systems.Count == 0 && anchor.Account is { } account ? SystemsOf(view, account) : systems;
    }

    private List<string> SystemsOf(NaiveView view, string node)
    {
        string[] onwards = view.Kind(node) switch
        {
            "Credential" => ["AUTHENTICATES_AS", "BACKED_BY"],
            "OAuthGrant" => ["ON_BEHALF_OF", "CONSENTED_BY", "GRANTED_TO"],
            "Connector" => ["CONNECTS"],
            "Step" => ["STEP_OF"],
            _ => [],
        };
        return new[] { OwnSystems(view, node) }
            .Concat(onwards.Select(kind => From(node, kind).SelectMany(pair => OwnSystems(view, pair.Edge.To)).Distinct().ToList()))
            .FirstOrDefault(systems => systems.Count > 0, []);
    }

    private List<string> OwnSystems(NaiveView view, string node) => view.Kind(node) == "System" ? [node] :
    [
        .. From(node, "IN_SYSTEM").Select(pair => pair.Edge.To)
            .Concat(Into(node, "CONTAINS").Select(pair => pair.Edge.Of).Where(container => view.Kind(container) == "System"))
            .Distinct(),
    ];
}
