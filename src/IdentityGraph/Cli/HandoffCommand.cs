using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;

namespace IdentityGraph.Cli;

/// <summary>The four questions at every handoff.</summary>
internal static class HandoffCommand
{
    public static Command Create(Door door) =>
        new ExampleCommand("handoff", "Who initiated each handoff, with which credential, issued how, expired when, revoked by whom.", "idgraph handoff list") { List(door), Show(door) };

    private static ExampleCommand List(Door door)
    {
        var command = new ExampleCommand("list", "Runs that handed work over, and how much of the four questions is answered.", "idgraph handoff list -o csv");
        door.On(command, async (session, _, cancellationToken) =>
        {
            var answer = await session.Investigate().HandoffListAsync(session.Ask, cancellationToken).ConfigureAwait(false);
            return session.Answer(
                answer,
                "runs",
                AnswerJson.Default.AnswerHandoffListAnswer,
                static data => Sheet.Of(
                    $"{data.Runs.Count} run(s) with handoffs",
                    ["run", "workflow", "started", "handoffs", "completeness"],
                    data.Runs.Select(run => new[] { run.Run, run.Workflow, Text(run.StartedAt), run.Handoffs.ToString(), run.Completeness.ToString("P0") })));
        });
        return command;
    }

    private static ExampleCommand Show(Door door)
    {
        var run = new Argument<string>("run") { Description = "Id of the run." };
        var command = new ExampleCommand("show", "Every handoff of a run's chain with its four answers; what is not recorded is a gap.", "idgraph handoff show n8n:run/4711 -o json") { run };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().HandoffShowAsync(session.Ask, parsed.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            return session.Answer(
                answer,
                "handoffs",
                AnswerJson.Default.AnswerHandoffsAnswer,
                static data => Sheet.Of(
                    $"{data.Handoffs.Count} handoff(s), {data.Completeness:P0} of the four questions answered",
                    ["handoff", "at", "from", "to", "initiator", "for", "root human", "credential", "issuance", "declared end", "effective end", "state", "revoked"],
                    data.Handoffs.Select(handoff => new[]
                    {
                        handoff.Id,
                        Text(handoff.OccurredAt),
                        handoff.From,
                        handoff.To,
                        handoff.Initiator.Id ?? "gap",
                        handoff.Initiator.Gap == "actingPartyUnknown" ? "acting party unknown" : handoff.Initiator.OnBehalfOf ?? "unknown",
                        handoff.Initiator.RootHuman ?? "unknown",
                        handoff.Credential.Id ?? "gap",
                        handoff.Issuance + (handoff.IssuanceReason is { } reason ? $" ({reason})" : ""),
                        handoff.Expiry.Declared ?? "unknown",
                        handoff.Expiry.Effective ?? "unknown",
                        handoff.Expiry.State,
                        handoff.Expiry.Revoked is { } revoked ? $"by {revoked.By ?? "nobody recorded"} at {Text(revoked.At) ?? "unknown"} ({revoked.Grade})" : null,
                    })));
        });
        return command;
    }

    private static string? Text(DateTimeOffset? instant) => instant is { } known ? Instants.ToText(known) : null;
}
