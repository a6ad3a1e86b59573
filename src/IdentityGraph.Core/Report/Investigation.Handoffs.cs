using IdentityGraph.Analyze.Chains;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Which runs handed work over, and how much of it can be answered for.</summary>
    public async ValueTask<Answer<HandoffListAnswer>> HandoffListAsync(Ask ask, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var handoffs = HandoffsIn(opened);
        var runs = new List<RunWithHandoffs>();
        List<Node> all = [.. handoffs.Runs()];
        var judged = clock.Each("runs", all, run =>
        {
            var chain = handoffs.Of(run, clock.Token);
            runs.Add(new RunWithHandoffs
            {
                Run = run.Id,
                Workflow = WorkflowOf(run),
                StartedAt = run.Get("startedAt").Instant,
                Handoffs = chain.Count,
                Completeness = Handoffs.Completeness(chain),
            });
        });
        return Seal(opened, "handoff list", new HandoffListAnswer { Runs = runs }, AskClock.Left(judged, all.Count, "runs"), all.Count > 0 || opened.View.Of(NodeKinds.Handoff).Any() ? [] : ["no source that states handoffs was read: that none is listed is no sign that there are none"]);
    }

    /// <summary>Who initiated each handoff of a run's chain, with which credential, how that was issued, and when it ended and by whom.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="run">Id of a run, or of one handoff.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">Nobody stated that id.</exception>
    public async ValueTask<Answer<HandoffsAnswer>> HandoffShowAsync(Ask ask, string run, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var chain = HandoffsIn(opened).Of(Known(opened.View, run), cancellationToken);
        var warnings = chain.Count == 0 ? new[] { $"no handoff of `{run}` is recorded" } : [];
        return Seal(
            opened,
            "handoff show",
            new HandoffsAnswer
            {
                Handoffs = [.. chain.Select(Told)],
                Completeness = Handoffs.Completeness(chain),
                Hops = [.. Handoffs.Drawn(chain).Select(hop => new HandoffHop(hop.Record is null ? "Unknown" : "Handoff", hop.Record?.Handoff.Id, hop.From?.Id, hop.To?.Id))],
            },
            warnings: warnings);
    }

    private Handoffs HandoffsIn(Opened opened) => new(opened.View, new Liveness(opened.View, Policy.CorrelationConfidence), Policy);

    private static string? WorkflowOf(Node run)
    {
        foreach (var edge in run.Out(EdgeKinds.RunOf))
        {
            return edge.To.Id;
        }

        return null;
    }

    private static HandoffAnswer Told(HandoffRecord record) => new()
    {
        Id = record.Handoff.Id,
        From = record.From?.Id,
        To = record.To?.Id,
        OccurredAt = record.OccurredAt,
        Initiator = new InitiatorAnswer(record.Initiation.Initiator?.Id, record.Initiation.OnBehalfOf, record.Initiation.RootHuman) { Gap = record.Initiation.Gap },
        Credential = new HandoffCredential(record.Credential?.Id, record.Credential is null),
        Issuance = record.Issuance.Class.ToString(),
        IssuanceReason = record.Issuance.Reason,
        Expiry = Told(record.Ending),
        Evidence = [.. record.Facts.SelectMany(fact => fact.Evidence)
            .Concat(record.Handoff.Statements().SelectMany(statement => statement.Evidence))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)],
    };

    private static HandoffExpiry Told(CredentialEnding? ending) => new()
    {
        Declared = Told(ending?.Declared),
        Effective = Told(ending?.Effective),
        Revoked = ending?.Revocation is { } revocation ? new RevocationAnswer(revocation.By, revocation.At, revocation.Grade.ToString()) : null,
        State = (ending?.State ?? CredentialEnd.Unknown).ToString(),
    };

    private static string? Told(Expiry? expiry) => expiry is { Kind: not ExpiryKind.Unknown } known ? known.ToString() : null;
}
