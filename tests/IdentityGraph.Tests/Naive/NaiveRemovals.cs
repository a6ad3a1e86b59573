namespace IdentityGraph.Tests.Naive;

/// <summary>How far the removal of an anchor got, and whether what proves it is fresh.</summary>
/// <param name="State">A target state: Reappeared, Failed, NotStarted, Unknown, Requested, Accepted, Claimed or Verified.</param>
/// <param name="IsFresh">A fresh source shows it.</param>
internal sealed record NaiveRemoval(string State, bool IsFresh)
{
    public bool IsProved => State == "Verified" && IsFresh;
}

/// <summary>
/// "A secret is removed when dead or rotated since leaverAt, a4 when nothing p holds leads to it, a9 when the mapping, the account or
/// its target is gone"; anything else by a verified end: "explicit disabled/revoked state, or absence in a complete enumeration".
/// </summary>
internal sealed class NaiveRemovals(NaiveView view, NaiveWorld world, string person, DateTimeOffset left, NaiveFixpoint usablePossible, NaivePast past, NaiveProvisioning provisioning)
{
    private static readonly string[] Order = ["Reappeared", "Failed", "NotStarted", "Unknown", "Requested", "Accepted", "Claimed", "Verified"];

    private NaiveLiveness Liveness => world.Liveness;

    /// <summary>"A system's state with several anchors is that of its least advanced one."</summary>
    public static string LeastAdvanced(IEnumerable<string> states) => states.MinBy(state => Array.IndexOf(Order, state))!;

    public static string MostAdvanced(IEnumerable<string> states) => states.MaxBy(state => Array.IndexOf(Order, state))!;

    /// <summary>Of a thing that a change of their leaving was to remove, and that is no anchor.</summary>
    public NaiveRemoval Of(string thing) => Of([new NaiveAnchor("", thing, null, null)]);

    /// <summary>
    /// Of a declared system in which nothing of theirs was ever seen. "Absence in a complete enumeration": a full run, since they left, of
    /// a stream that is fresh and reads the state of accounts of that system, read it to its end.
    /// </summary>
    public NaiveRemoval OfSystem(string system)
    {
        var accounts = past.Once("IN_SYSTEM").Where(pair => pair.Edge.To == system && view.Kind(pair.Edge.Of) == "Account").Select(pair => pair.Edge.Of);
        var readers = accounts
            .Where(account => view.EveryStatement(account, "state").Any(said => said.Grade == NaiveWords.SystemState))
            .SelectMany(view.Facts.ExistenceClaims)
            .Select(claim => claim.Stream)
            .Where(stream => !view.Facts.IsStale(stream, view.AsOf));
        return readers.Any(stream => view.Facts.Runs.Any(run => run.Full && run.Complete.Contains(stream) && run.StartedAt >= left && run.StartedAt <= view.AsOf))
            ? new NaiveRemoval("Verified", true)
            : new NaiveRemoval(provisioning.StateOn(system, null) ?? "NotStarted", false);
    }

    /// <summary>"What was asked of the whole system was asked of everything in it."</summary>
    public string InSystem(NaiveRemoval removal, string thing, string system) =>
        removal.State is "NotStarted" or "Unknown" ? provisioning.StateOn(system, ReadAt(thing)) ?? removal.State : removal.State;

    /// <param name="same">One anchor by every way in which it is or was one.</param>
    public NaiveRemoval Of(IReadOnlyList<NaiveAnchor> same)
    {
        var (code, id) = (same[0].Code, same[0].Id);
        List<bool?> shown = [OfItself(code, id)];
        if (code is "a5" or "a6" or "a9" or "a10")
        {
            var ways = same.Select(Cut).ToList();
            shown.Add(ways.Contains(null) ? null : ways.All(way => way is true));
        }

        return shown.Any(way => way is not null) ? new NaiveRemoval("Verified", shown.Any(way => way is true)) : new NaiveRemoval(NotRemoved(id), false);
    }

    /// <summary>Null: what makes it one still holds; else whether a fresh source shows that it does not. Decision: an end of any of its edges; of a mapping that of the account too.</summary>
    private bool? Cut(NaiveAnchor way)
    {
        List<bool?> ends = [.. way.Ties.Where(edge => view.Truth(edge) is false).Select(edge => (bool?)IsFresh(view.Facts.Edges[edge]))];
        if (way.Code == "a9")
            ends.Add(Gone(way.Account!));
        return ends.TrueForAll(end => end is null) ? null : ends.Contains(true);
    }

    /// <summary>Null: it is not removed; else whether a fresh source shows that it is.</summary>
    private bool? OfItself(string code, string id)
    {
        if (code == "a4" && usablePossible.Rights(id).Length == 0)
            return IsFreshHere(id);
        if (view.Kind(id) == "Credential")
            return IsDeadSecret(code, id) ? IsFreshHere(id) : null;
        if (view.Kind(id) == "Step" && !view.Facts.IsPlaceholder(id) && view.From(id, "STEP_OF").ToList() is { Count: > 0 } workflows)
        {
            var gone = workflows.Select(pair => Gone(pair.Edge.To)).ToList();
            return Gone(id) ?? (gone.Contains(null) ? null : gone.All(fresh => fresh is true));
        }

        // A grant dies with who authorised it.
        if (view.Kind(id) == "OAuthGrant" && !view.Facts.IsPlaceholder(id) && Liveness.Live(id) is false && !IsPaused(id))
            return IsFreshHere(id);
        return Gone(id);
    }

    private bool IsDeadSecret(string code, string id) => !view.Facts.IsPlaceholder(id)
        && (Liveness.Live(id) is false
            || Liveness.Credentials.NotRotatedSince(id, code == "a3" ? left.AddTicks(-1) : left) is false
            || (code == "a2" && IsDeadAsHeld(id)));

    /// <summary>"Held material gained at g is dead at t if a rotation of it lies in (g, t]", gained at HELD_BY's `from`, at the latest at leaverAt.</summary>
    private bool IsDeadAsHeld(string credential)
    {
        var held = view.From(credential, "HELD_BY").Where(pair => pair.Edge.To == person).ToList();
        return held.Count > 0 && held.All(pair => Liveness.Credentials.NotRotatedSince(credential, Gained(pair.Edge)) is false);
    }

    private DateTimeOffset Gained(NaiveEdge held)
    {
        var since = view.Facts.Edges[held].SelectMany(claim => claim.Spans).Where(span => span.TruthAt(view.AsOf) is not false).Select(span => span.Begin).Min();
        return left < since ? left : since;
    }

    /// <summary>Decision: what is only suspended or locked is latent, not removed. A placeholder is no evidence of removal.</summary>
    private bool? Gone(string id) => view.Facts.IsPlaceholder(id) ? null
        : view.Exists(id) is false ? IsFreshHere(id)
        : view.Of(id, "state") is { Text: "Disabled" or "Deleted" } state && state.Grade == NaiveWords.SystemState && NaiveWords.WithState.Contains(view.Kind(id)) ? IsStatedFreshly(id, state.Text)
        : null;

    private bool IsPaused(string id) => view.Exists(id) is not false && view.Of(id, "state").Text is "Suspended" or "Locked";

    private bool IsFreshHere(string id) => IsFresh(view.Facts.ExistenceClaims(id));

    private bool IsFresh(IEnumerable<NaiveClaim> claims) => claims.Any(claim => !view.Facts.IsStale(claim.Stream, view.AsOf));

    private bool IsStatedFreshly(string id, string state) => IsFresh(view.Facts.Nodes[id].Where(claim => claim.SpeakingAt(view.AsOf).Any(line => line.Props["state"]?.ToString() == state)));

    /// <summary>
    /// "SystemEvent = Accepted; WorkflowRecord, TicketRecord, Attestation = Claimed"; else as far as the changes asked of it got. "Reappeared":
    /// verified once since they left, and live again.
    /// </summary>
    private string NotRemoved(string id)
    {
        if (view.Facts.IsPlaceholder(id))
            return provisioning.StateOf(id, null) ?? "Unknown";
        var revoked = view.Of(id, "revokedAt");
        if (view.Kind(id) == "Credential" && revoked.Grade < NaiveWords.SystemState && revoked.Instant <= view.AsOf)
            return revoked.Grade == NaiveWords.SystemEvent ? "Accepted" : "Claimed";
        var said = NaiveWords.WithState.Contains(view.Kind(id)) ? Said(id) : [];
        var claimed = said.Where(statement => statement.Grade < NaiveWords.SystemState && IsGone(statement)).MaxBy(statement => statement.At);
        if (claimed is not null && !said.Any(read => read.Grade == NaiveWords.SystemState && read.At > claimed.At))
            return claimed.Grade == NaiveWords.SystemEvent ? "Accepted" : "Claimed";
        return IsBack(id) ? "Reappeared" : provisioning.StateOf(id, ReadAt(id)) ?? "NotStarted";
    }

    /// <summary>As last read: what a source showed as back is so though the source is stale by now.</summary>
    private bool IsBack(string id)
    {
        if (view.Of(id, "state").Text is not (null or "Active"))
            return false;
        var since = past.Views.Where(moment => moment.AsOf < left && moment.Exists(id) is true).Select(moment => moment.AsOf).DefaultIfEmpty(DateTimeOffset.MaxValue).First();
        var gone = past.Views.Where(moment => moment.AsOf >= left && IsGoneAt(moment, id, since)).Select(moment => moment.AsOf).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        return past.Views.Any(moment => moment.AsOf > gone && moment.Exists(id) is true && (!NaiveWords.WithState.Contains(view.Kind(id)) || moment.Of(id, "state").Text == "Active"));
    }

    private static bool IsGoneAt(NaiveView moment, string id, DateTimeOffset since) => moment.Exists(id) is false
        ? since < moment.AsOf
        : moment.Of(id, "state") is { Text: "Disabled" or "Deleted" } state && state.Grade == NaiveWords.SystemState;

    private static bool IsGone(NaiveStatement statement) => statement.Json?.ToString() is "Disabled" or "Deleted";

    private List<NaiveStatement> Said(string id) => [.. view.EveryStatement(id, "state").Where(statement => statement.From <= view.AsOf && statement.At <= view.AsOf)];

    /// <summary>When its system last showed it as not removed.</summary>
    private DateTimeOffset? ReadAt(string id) => !NaiveWords.WithState.Contains(view.Kind(id)) || view.Facts.IsPlaceholder(id) ? null
        : Said(id).Where(read => read.Grade == NaiveWords.SystemState && !IsGone(read)).Max(read => (DateTimeOffset?)read.At);
}
