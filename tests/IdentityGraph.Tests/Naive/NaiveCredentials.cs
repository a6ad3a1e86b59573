namespace IdentityGraph.Tests.Naive;

/// <summary>Liveness of credentials: times, revocation, the cascade from their subject, the grant behind them, renewal.</summary>
internal sealed class NaiveCredentials
{
    private readonly NaiveView _view;
    private readonly NaiveLiveness _liveness;
    private readonly Dictionary<string, bool?> _live = [];

    public NaiveCredentials(NaiveView view, NaiveLiveness liveness)
    {
        _view = view;
        _liveness = liveness;
    }

    private DateTimeOffset Now => _view.AsOf;

    /// <summary>Least fixpoint: a credential may be renewed by the one it is derived from, and such chains may close.</summary>
    public bool? Live(string credential)
    {
        if (_live.Count == 0)
        {
            var all = _view.Facts.NodeIds.Where(node => _view.Kind(node) == "Credential").ToList();
            foreach (var each in all)
                _live[each] = false;
            for (var changed = true; changed;)
            {
                changed = false;
                foreach (var each in all)
                {
                    var live = OthersOk(each, null) & NotExpired(each, null);
                    changed |= live != _live[each];
                    _live[each] = live;
                }
            }
        }

        return _live.GetValueOrDefault(credential, false);
    }

    /// <summary>"D1 tests the subject it concludes on."</summary>
    public bool? LiveFor(string credential, string subject)
    {
        _ = Live(credential);
        return OthersOk(credential, subject) & NotExpired(credential, subject);
    }

    /// <summary>Everything but the paper expiry.</summary>
    private bool? OthersOk(string credential, string? subject) =>
        _liveness.Fact(credential) & HasBegun(credential) & NotRevoked(credential) & SubjectOk(credential, subject) & BackingOk(credential);

    private bool? HasBegun(string credential) => _view.Of(credential, "notBefore") switch
    {
        { Said: NaiveSaid.Unknown } => null,
        { Instant: { } begins } => begins <= Now,
        _ => true,
    };

    /// <summary>
    /// "Not verified-revoked": SystemState in the past is False; a weaker word is a claim, Unknown "unless SystemState presence
    /// is at or after it"; absent is no revocation, and neither is that a source, now stale, showed none.
    /// </summary>
    private bool? NotRevoked(string credential)
    {
        var revoked = _view.Of(credential, "revokedAt");
        if (revoked.IsUnknown)
            return revoked.IsStale ? true : null;
        if (revoked.Instant is not { } at || at > Now)
            return true;
        if (revoked.Grade == NaiveWords.SystemState)
            return false;
        return _view.SystemStatePresence(credential).Any(line => line.At >= at) ? true : null;
    }

    /// <summary>"Held until rotation or revocation": a state that can change back is no revocation.</summary>
    public bool? IsNotRevoked(string credential) => NotRevoked(credential);

    /// <summary>
    /// t &lt; exp. "An expiry of a weaker grade yields to SystemState presence observed at or after it (and at or before asOf); an
    /// expiry stated with SystemState yields only to Active stated from that time on." NotReported: Unknown, unless a
    /// SystemState observation at or after t's freshness window shows it active.
    /// </summary>
    public bool? BeforePaperExpiry(string node)
    {
        var expires = _view.Of(node, "expiresAt");
        if (expires.Said is NaiveSaid.None)
            return true;
        if (expires.Instant is { } end)
        {
            if (Now < end)
                return true;
            if (expires.Grade < NaiveWords.SystemState)
                return _view.SystemStatePresence(node).Any(line => line.At >= end && line.At <= Now);
            // Decision: Active past it once, though that holds no more (it was away since, or sources differ): Unknown.
            return _view.Of(node, "state") is { Text: "Active", Grade: NaiveWords.SystemState } state && state.From >= end ? true
                : StatesOf(node).Any(said => said.Json?.ToString() == "Active" && said.From >= end) ? null : false;
        }

        return expires.Said is NaiveSaid.NotReported && IsShownActiveInWindow(node) ? true : null;
    }

    private bool IsShownActiveInWindow(string node) => _view.Of(node, "state") is { Text: "Active", Grade: NaiveWords.SystemState };

    /// <summary>What SystemState said of the state by t.</summary>
    private IEnumerable<NaiveStatement> StatesOf(string node) =>
        _view.EveryStatement(node, "state").Where(state => state.Grade == NaiveWords.SystemState && state.From <= Now);

    /// <summary>t &lt; effExpiry, "the later of exp and the renewed end".</summary>
    private bool? NotExpired(string credential, string? subject) =>
        BeforePaperExpiry(credential) | (Renews(credential) & OthersOk(credential, subject) & BeforeRenewedEnd(credential) & !IsShownInactive(credential));

    /// <summary>
    /// "A renewable credential renews itself; one that is not but is DERIVED_FROM{refresh} a live one is renewed by it"; neither
    /// past a re-approval gate.
    /// </summary>
    private bool? Renews(string credential)
    {
        var parents = _view.From(credential, "DERIVED_FROM").ToList();
        var itself = IsRenewable(credential) & !parents.Select(parent => parent.Truth & NeedsApproval(parent.Edge)).Any();
        var byParent = parents
            .Select(parent => parent.Truth & IsMode(parent.Edge, "refresh") & !NeedsApproval(parent.Edge) & LiveAsFarAsKnown(parent.Edge.To))
            .Any();
        return itself | byParent;
    }

    /// <summary>What was only seen may be a credential that lives; nothing else that is none does.</summary>
    private bool? LiveAsFarAsKnown(string node) => _live.TryGetValue(node, out var live) ? live : !_view.Facts.IsDescribed(node) && (_view.Exists(node) is not false) ? null : false;

    /// <summary>"An `expiresAt` stated without `renewable` means not renewable"; neither stated: Unknown.</summary>
    public bool? IsRenewable(string credential)
    {
        var renewable = _view.Of(credential, "renewable");
        if (renewable.Said is NaiveSaid.NotReported && _view.Of(credential, "expiresAt").Said is not NaiveSaid.NotReported)
            return false;

        // Past expiry stays past: so does that it could not be renewed, however stale.
        return renewable is { IsStale: true, Candidates: [var shown] } ? NaiveValue.FlagOf(shown) : renewable.Flag;
    }

    /// <summary>
    /// "Held material gained at g is dead at t if a rotation of it … lies in (g, t]"; "any SystemState statement of rotatedAt or
    /// issuedAt in (g, t] kills, a weaker one makes Unknown"; not reported: not rotated.
    /// </summary>
    public bool? NotRotatedSince(string credential, DateTimeOffset gained)
    {
        var rotations = _view.EveryStatement(credential, "rotatedAt").Concat(_view.EveryStatement(credential, "issuedAt"))
            .Where(statement => NaiveValue.InstantOf(statement.Json?.ToString()) is { } at && gained < at && at <= Now)
            .ToList();
        return rotations.Count == 0 ? true : rotations.Any(statement => statement.Grade == NaiveWords.SystemState) ? false : null;
    }

    public bool? IsMode(NaiveEdge derived, string mode) => _view.Of(derived, "mode").Text switch
    {
        "refresh" or "exchange" or "rotate" or "copy" => _view.Of(derived, "mode").Text == mode,
        _ => null,
    };

    private bool? NeedsApproval(NaiveEdge derived) => _view.Of(derived, "gates") is { IsUnknown: true } ? null : _view.Of(derived, "gates").Words.Contains("humanApproval");

    /// <summary>t &lt; issuedAt + (maxRenewals+1)·ttl, "Never if maxRenewals is none, Unknown if not reported". What a stale source showed as over stays over.</summary>
    private bool? BeforeRenewedEnd(string credential)
    {
        var (renewals, issued, ttl) = (_view.Of(credential, "maxRenewals"), _view.Of(credential, "issuedAt"), _view.Of(credential, "ttl"));
        if (Shown(renewals) is null or { Value: null })
            return Shown(renewals) is null || renewals.IsUnknown ? null : true;
        if (!double.TryParse(Shown(renewals)!.Value.Value, out var count) || NaiveValue.InstantOf(Shown(issued)?.Value) is not { } at || Shown(ttl)?.Value is not { } text || NaiveTime.Duration(text) is not { } life)
            return null;
        if (Now >= at + ((count + 1) * life))
            return false;
        return renewals.IsUnknown || issued.IsUnknown || ttl.IsUnknown ? null : true;
    }

    /// <summary>What is stated, or was by a source that is stale; null: nothing, contradictions, or what was seen since and could not be read.</summary>
    private static (string? Value, bool Said)? Shown(NaiveValue value) =>
        value.Said is NaiveSaid.NotReported || value.Candidates.Count != 1 || value is { IsUnknown: true, IsStale: false } ? null : (value.Candidates[0]?.ToString(), true);

    /// <summary>"Unless a SystemState reading after the paper expiry shows it inactive."</summary>
    private bool IsShownInactive(string credential) => _view.Of(credential, "expiresAt").Instant is { } end
        && StatesOf(credential).Any(state => state.From >= end && NaiveWords.DeadStates.Contains(state.Json?.ToString()));

    /// <summary>
    /// The cascade of its kind in its subject's system. Several subjects: "the worst, Never > Unknown > AtExpiry > Immediate, and
    /// live if any is". No subject: True. An edge that may hold is tried both ways.
    /// </summary>
    private bool? SubjectOk(string credential, string? only)
    {
        if (only is not null)
            return SubjectOk(credential, [only]);
        var edges = _view.From(credential, "AUTHENTICATES_AS").ToList();
        List<string> sure = [.. edges.Where(pair => pair.Truth is true).Select(pair => pair.Edge.To)];
        List<List<string>> worlds = [sure, .. edges.Where(pair => pair.Truth is null).Select(pair => (List<string>)[.. sure, pair.Edge.To]), [.. edges.Select(pair => pair.Edge.To)]];
        var answers = worlds.Select(world => SubjectOk(credential, world)).Distinct().ToList();
        return answers.Count == 1 ? answers[0] : null;
    }

    private bool? SubjectOk(string credential, List<string> subjects)
    {
        if (subjects.Count == 0)
            return true;
        var live = NaiveWords.Restrict([.. subjects.Select(subject => ((bool?)true, SubjectLive(subject)))]);
        return subjects.SelectMany(subject => Cascades(credential, subject)).MaxBy(word => Array.IndexOf(CascadesByHarm, word)) switch
        {
            "Immediate" => live,
            "Unknown" => live is true ? true : null,
            _ => true,
        };
    }

    private static readonly string[] CascadesByHarm = ["Immediate", "AtExpiry", "Unknown", "Never"];

    /// <summary>"A placeholder is … never evidence of removal."</summary>
    private bool? SubjectLive(string subject) => _view.Facts.IsPlaceholder(subject) ? null : _liveness.Fact(subject);

    private IEnumerable<string> Cascades(string credential, string subject)
    {
        var kind = _view.Of(credential, "kind").Text;
        var systems = _view.From(subject, "IN_SYSTEM").ToList();
        return systems.Count == 0 ? [Default()] : systems.Select(system => system.Truth is true ? Cascade(system.Edge.To) : "Unknown");

        string Cascade(string system) => _view.Of(system, "cascade_" + kind) switch
        {
            { Text: "Immediate" or "AtExpiry" or "Never" } stated => stated.Text,
            { Said: NaiveSaid.NotReported } => Default(),
            _ => "Unknown",
        };

        // "No entry: password and sessionCookie Immediate if verified on that system else Unknown, others Unknown."
        string Default() => kind is "password" or "sessionCookie" && SubjectLive(subject) is false ? "Immediate" : "Unknown";
    }

    /// <summary>"backingOK (BACKED_BY): the grant is live."</summary>
    private bool? BackingOk(string credential)
    {
        var grants = _view.From(credential, "BACKED_BY").ToList();
        return grants.Count == 0 ? true : NaiveWords.Restrict([.. grants.Select(pair => (pair.Truth, _view.Kind(pair.Edge.To) == "OAuthGrant" || _view.Facts.IsPlaceholder(pair.Edge.To) ? _liveness.Live(pair.Edge.To) : false))]);
    }
}
