namespace IdentityGraph.Tests.Naive;

/// <summary>Employments, leavers and whose an account is.</summary>
internal sealed class NaivePeople(NaiveView view)
{
    private DateTimeOffset Now => view.AsOf;

    /// <summary>"HR absence or an ended EMPLOYED_AS is Unknown, dates decide where they can": ended edges count as well, not those that lie ahead.</summary>
    public IEnumerable<string> EmploymentsOf(string person) => view.Facts.EdgeIds
        .Where(edge => edge.Kind == "EMPLOYED_AS" && edge.Of == person && view.Facts.SpansOf(edge).Any(span => span.Begin <= Now || span.UnknownFrom <= Now))
        .Select(edge => edge.To)
        .Distinct();

    /// <summary>"Employment is active at t ⇔ startAt ≤ t &lt; (endAt or ∞) ∧ status ∉ {pending, ended}."</summary>
    public bool? IsActive(string person, string employment)
    {
        var status = StatusOf(employment);
        bool? byStatus = status switch { "ended" => false, "pending" => IsStated(person, employment) is true ? false : null, "active" or "onLeave" => true, _ => Property(employment, "status").Said is NaiveSaid.NotReported ? true : null };
        var active = HasBegunByDate(employment) & (EndAt(employment) is not { } end || Now < end) & byStatus;
        return active is true && IsStated(person, employment) is not true ? null : active;
    }

    /// <summary>"HR absence or an ended EMPLOYED_AS is Unknown."</summary>
    private bool? IsStated(string person, string employment) => view.Exists(employment) & view.Facts.EdgeIds
        .Where(edge => edge.Kind == "EMPLOYED_AS" && edge.Of == person && edge.To == employment)
        .Select(view.Truth)
        .Any();

    public bool? HasActiveEmployment(string person) => EmploymentsOf(person).Select(employment => IsActive(person, employment)).Any();

    /// <summary>
    /// "p had ≥1 Employment and none is active at t"; "only engagements begun at t count". Nobody stated one: False only where
    /// HR is complete for the person, else Unknown.
    /// </summary>
    public bool? IsLeaver(string person)
    {
        var employments = EmploymentsOf(person).ToList();
        if (employments.Count == 0)
            return IsHrComplete(person) || IsToCome(person) ? false : null;
        return employments.Select(employment => HasBegun(person, employment)).Any() & !HasActiveEmployment(person);
    }

    /// <summary>Decision: whoever's engagements all lie ahead has yet to come.</summary>
    private bool IsToCome(string person) => view.Facts.EdgeIds.Any(edge => edge.Kind == "EMPLOYED_AS" && edge.Of == person);

    /// <summary>"leaverAt = latest end … `null` if no end is known"; "ended without endAt: from the first observation of ended".</summary>
    public DateTimeOffset? LeaverAt(string person) =>
        EmploymentsOf(person).Where(employment => HasBegun(person, employment) is not false).Select(EndOf).Max();

    /// <summary>"A complete fresh run of a stream that states Employment, of a source that stated this person, exists."</summary>
    public bool IsHrComplete(string person)
    {
        var lines = view.Facts.Runs.SelectMany(run => run.Lines).ToList();
        return lines
            .Where(line => line.Kind == "Employment")
            .Select(line => line.Stream)
            .Distinct()
            .Where(stream => lines.Any(line => line.Node == person && line.Run.Source == stream.Source && line.Run.Tenant == stream.Tenant))
            .Any(stream => view.Facts.ReadWhole.Contains(stream) && !view.Facts.IsStale(stream, Now));
    }

    /// <summary>"BELONGS_TO: single and confidence ≥ 0.9 is True; otherwise each candidate edge is Unknown."</summary>
    public bool? Belongs(string account, string person)
    {
        var candidates = view.From(account, "BELONGS_TO").ToList();
        var edges = candidates.Where(pair => pair.Edge.To == person).ToList();
        if (edges.Count == 0)
            return false;
        var single = candidates.All(pair => pair.Edge.To == person);
        return single && edges.Any(pair => pair.Truth is true && Confidence(pair.Edge) >= 0.9) ? true : null;
    }

    public IEnumerable<(string Person, bool? Truth)> PersonsOf(string account) =>
        view.From(account, "BELONGS_TO").Select(pair => pair.Edge.To).Distinct().Select(person => (person, Belongs(account, person)));

    public IEnumerable<(string Account, bool? Truth)> AccountsOf(string person) =>
        view.Into(person, "BELONGS_TO").Select(pair => pair.Edge.Of).Distinct().Select(account => (account, Belongs(account, person)));

    public string? StatusOf(string employment) => Property(employment, "status").Text;

    /// <summary>24:00 of the day in the employment's time zone where HR gave a date without a time; null: no end is stated.</summary>
    public DateTimeOffset? EndAt(string employment) => HrInstant(employment, "endAt", NaiveTime.EndOfDay);

    private double Confidence(NaiveEdge edge) =>
        view.Of(edge, "confidence") is { Said: NaiveSaid.NotReported } ? 1 : view.Of(edge, "confidence").Number ?? 0;

    private bool? HasBegunByDate(string employment) => Property(employment, "startAt") switch
    {
        { Said: NaiveSaid.None } => true,
        { Said: NaiveSaid.Stated } => HrInstant(employment, "startAt", NaiveTime.StartOfDay) <= Now,

        // Decision: HR that lists an engagement and states no start shows it begun by then.
        { Said: NaiveSaid.NotReported } when view.Facts.Nodes.GetValueOrDefault(employment, []).SelectMany(claim => claim.Lines).Any(line => line.At <= Now) => true,
        _ => null,
    };

    /// <summary>Decision: an engagement that is still pending has not begun, whatever its date; of one that a stale source showed so, or that HR no longer states, nobody knows.</summary>
    private bool? HasBegun(string person, string employment) => HasBegunByDate(employment) & Property(employment, "status") switch
    {
        { Text: "pending" } => IsStated(person, employment) is true ? false : null,
        { IsStale: true, Candidates: [{ } shown] } when shown.ToString() == "pending" => null,
        _ => (bool?)true,
    };

    private DateTimeOffset? EndOf(string employment)
    {
        var stated = EndAt(employment);
        if (StatusOf(employment) is not "ended" || stated <= Now)
            return stated;

        // Decision: an end that still lies ahead of an engagement already ended is not its end; the observation is.
        return view.EveryStatement(employment, "status")
            .Where(statement => statement.Json?.ToString() == "ended" && statement.From <= Now)
            .Select(statement => (DateTimeOffset?)statement.From)
            .Min();
    }

    private DateTimeOffset? HrInstant(string employment, string property, Func<DateTimeOffset, string?, DateTimeOffset> dayToInstant) =>
        Property(employment, property).Text is not { } text || NaiveTime.Parse(text) is not { } instant ? null
        : NaiveTime.IsDate(text) ? dayToInstant(instant, Property(employment, "tz").Text)
        : instant;

    /// <summary>What holds, or, once HR no longer states the engagement, what it stated last.</summary>
    private NaiveValue Property(string employment, string property) =>
        view.Of(employment, property) is { Said: not NaiveSaid.NotReported } holds ? holds : view.LastKnown(employment, property);
}
