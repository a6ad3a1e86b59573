namespace IdentityGraph.Tests.Naive;

/// <summary><c>live(x, t)</c> for every kind; the clauses of a credential are in their own file.</summary>
internal sealed class NaiveLiveness
{
    private readonly NaiveView _view;
    private readonly NaiveSwitches _off;
    private readonly NaiveCredentials _credentials;

    public NaiveLiveness(NaiveView view, NaiveSwitches? off = null)
    {
        _view = view;
        _off = off ?? NaiveSwitches.None;
        People = new NaivePeople(view);
        _credentials = new NaiveCredentials(view, this);
    }

    public NaivePeople People { get; }

    public bool? Live(string node) => IsDead(node) ? false : IsWaived ? _view.Exists(node) : _view.Kind(node) switch
    {
        "Credential" => _credentials.Live(node),
        "OAuthGrant" => Fact(node) & AuthoriserOk(node) & OnBehalfOfOk(node),
        "Assignment" => Fact(node) & InWindow(node) & HasGatesIfEligible(node),
        _ => Fact(node),
    };

    /// <summary>live(cred) where a rule tests the one subject it concludes on.</summary>
    public bool? LiveFor(string credential, string subject) => IsDead(credential) ? false : IsWaived ? _view.Exists(credential) : _credentials.LiveFor(credential, subject);

    public bool? NotRotatedSince(string credential, DateTimeOffset gained) => IsWaived ? true : _credentials.NotRotatedSince(credential, gained);

    /// <summary>Taken as dead, whatever the facts say.</summary>
    public bool IsDead(string node) => _off.Dead.Contains(node);

    private bool IsWaived => _off.Waived == "liveness";

    public NaiveCredentials Credentials => _credentials;

    /// <summary>The node's fact is valid, and its state, where its kind carries one, is Active.</summary>
    public bool? Fact(string node) => IsDead(node) ? false : _view.Exists(node) & State(node);

    /// <summary>"True if Active (a Credential without `state`: True unless its times say otherwise); False if verified …; else Unknown."</summary>
    public bool? State(string node)
    {
        var kind = _view.Kind(node);
        if (!NaiveWords.WithState.Contains(kind))
            return true;
        var state = _view.Of(node, "state");
        if (state.Said is NaiveSaid.NotReported && kind == "Credential")
            return true;
        if (state.Text == "Active")
            return true;
        return NaiveWords.DeadStates.Contains(state.Text) && state.Grade == NaiveWords.SystemState ? false : null;
    }

    /// <summary>"gone = that account certainly not live (Locked is not gone) or its person a certain leaver"; "a placeholder is no authoriser that is gone".</summary>
    public bool IsGone(string account)
    {
        if (_view.Facts.IsPlaceholder(account))
            return false;
        var onlyLocked = _view.Exists(account) is not false && _view.Of(account, "state").Text == "Locked";
        return (Fact(account) is false && (IsDead(account) || !onlyLocked))
            || People.PersonsOf(account).Any(person => person.Truth is true && People.IsLeaver(person.Person) is true);
    }

    /// <summary>"Authoriser = CONSENTED_BY, else ON_BEHALF_OF"; "no authoriser recorded: True". An edge that may hold is tried both ways.</summary>
    private bool? AuthoriserOk(string grant)
    {
        var consented = Worlds(grant, "CONSENTED_BY");
        var onBehalf = Worlds(grant, "ON_BEHALF_OF");
        var answers = from certain in consented from second in onBehalf select AuthoriserOk(grant, certain.Count > 0 ? certain : second);
        var distinct = answers.Distinct().ToList();
        return distinct.Count == 1 ? distinct[0] : null;
    }

    /// <summary>"Several authorisers: any that is not gone"; all gone: `survivesAuthoriserDisable` true → True, false → False, not reported → Unknown.</summary>
    private bool? AuthoriserOk(string grant, List<string> authorisers) =>
        authorisers.Count == 0 || authorisers.Any(account => !IsGone(account)) ? true : _view.Of(grant, "survivesAuthoriserDisable").Flag;

    /// <summary>The ends of the edges that surely hold, alone, with each one that may hold, and with all of them.</summary>
    private List<List<string>> Worlds(string grant, string kind)
    {
        var edges = _view.From(grant, kind).ToList();
        List<string> sure = [.. edges.Where(pair => pair.Truth is true).Select(pair => pair.Edge.To)];
        return [sure, .. edges.Where(pair => pair.Truth is null).Select(pair => (List<string>)[.. sure, pair.Edge.To]), [.. edges.Select(pair => pair.Edge.To)]];
    }

    /// <summary>"Delegated grants also need ON_BEHALF_OF live unless survives = true."</summary>
    private bool? OnBehalfOfOk(string grant)
    {
        var edges = _view.From(grant, "ON_BEHALF_OF").ToList();
        var live = edges.Count == 0 ? true : NaiveWords.Restrict([.. edges.Select(pair => (pair.Truth, Fact(pair.Edge.To)))]);
        return !IsDelegated(grant) | _view.Of(grant, "survivesAuthoriserDisable").Flag | live;
    }

    /// <summary>Null where `type` is not reported, or is a word nobody knows.</summary>
    public bool? IsDelegated(string grant) => _view.Of(grant, "type").Text switch
    {
        "delegated" => true,
        "application" or "domainWide" => false,
        _ => null,
    };

    /// <summary>
    /// "standing/timeBound live in their window"; "an assignment without `expiresAt` is unbounded if standing, Unknown if
    /// timeBound"; "kind absent: Unknown; eligible without expiresAt: no bound".
    /// </summary>
    private bool? InWindow(string assignment)
    {
        var kind = _view.Of(assignment, "assignmentKind").Text;
        bool? known = kind is "standing" or "timeBound" or "eligible" ? true : null;
        var starts = _view.Of(assignment, "startAt");
        var startText = starts.Text;
        var start = startText is not null && NaiveTime.IsDate(startText) ? NaiveTime.Parse(startText) : starts.Instant;
        bool? started = starts.IsUnknown ? null : start is null || start <= _view.AsOf;
        bool? beforeEnd = _view.Of(assignment, "expiresAt").Said is NaiveSaid.NotReported
            ? kind is "standing" or "eligible" ? true : null
            : _credentials.BeforePaperExpiry(assignment);
        return known & started & beforeEnd;
    }

    /// <summary>"`eligible`: its gates are premises, an empty list is Unknown."</summary>
    private bool? HasGatesIfEligible(string assignment) =>
        _view.Of(assignment, "assignmentKind").Text != "eligible" || _view.Of(assignment, "gates").Words.Count > 0 ? true : null;
}
