namespace IdentityGraph.Tests.Naive;

/// <summary>How far the removal of an anchor got, and whether what proves it is fresh.</summary>
/// <param name="State">A target state: NotStarted, Unknown, Accepted, Claimed, Verified or Reappeared.</param>
/// <param name="IsFresh">A fresh source shows it.</param>
internal sealed record NaiveRemoval(string State, bool IsFresh)
{
    public bool IsProved => State == "Verified" && IsFresh;
}

/// <summary>
/// "A secret is removed when dead or rotated since leaverAt, a4 when nothing p holds leads to it, a9 when the mapping, the account or
/// its target is gone"; anything else by a verified end: "explicit disabled/revoked state, or absence in a complete enumeration".
/// </summary>
internal sealed class NaiveRemovals(NaiveView view, NaiveWorld world, string person, DateTimeOffset left, NaiveFixpoint usablePossible)
{
    private static readonly string[] Order = ["Reappeared", "Failed", "NotStarted", "Unknown", "Requested", "Accepted", "Claimed", "Verified"];

    private NaiveLiveness Liveness => world.Liveness;

    /// <summary>"A system's state with several anchors is that of its least advanced one."</summary>
    public static string LeastAdvanced(IEnumerable<string> states) => states.MinBy(state => Array.IndexOf(Order, state))!;

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

    /// <summary>"SystemEvent = Accepted; WorkflowRecord, TicketRecord, Attestation = Claimed."</summary>
    private string NotRemoved(string id)
    {
        if (view.Facts.IsPlaceholder(id))
            return "Unknown";
        if (!NaiveWords.WithState.Contains(view.Kind(id)))
            return "NotStarted";
        var said = view.EveryStatement(id, "state").Where(statement => statement.From <= view.AsOf && statement.At <= view.AsOf).ToList();
        var claimed = said.Where(statement => statement.Grade < NaiveWords.SystemState && statement.Json?.ToString() is "Disabled" or "Deleted").MaxBy(statement => statement.At);
        return claimed is null || said.Any(read => read.Grade == NaiveWords.SystemState && read.At > claimed.At) ? "NotStarted"
            : claimed.Grade == NaiveWords.SystemEvent ? "Accepted"
            : "Claimed";
    }
}
