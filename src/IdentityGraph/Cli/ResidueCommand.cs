using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>What is left to an attacker after a containment.</summary>
internal static class ResidueCommand
{
    public static Command Create(Door door)
    {
        var seeds = new Argument<string[]>("seed") { Description = "Ids of what was compromised, together.", Arity = ArgumentArity.OneOrMore };
        var contain = new Option<string[]>("--contain") { Description = "Ids of what was shut down; may be given several times.", HelpName = "ID", AllowMultipleArgumentsPerToken = true, Required = true };
        var containedAt = GlobalOptions.Instant("--contained-at", "When it was shut down.");
        containedAt.Required = true;
        var from = GlobalOptions.Instant("--from", "When the compromise began; default when the exposure did, else as far back as anything is known.");
        var noProofs = new Option<bool>("--no-proofs") { Description = "Leave the proofs out of a large answer." };
        var command = new ExampleCommand(
            "residue",
            "What is still attained after a containment: by material copied before and what was made meanwhile, and, apart, by what may have been made.",
            "idgraph residue okta:session/9 --contain okta:session/9 okta:user/00u1 --contained-at 2024-01-12 --from 2023-11-30",
            "idgraph residue key-1 --contain key-1 --contained-at 2025-06-02T08:00:00Z -o json") { seeds, contain, containedAt, from, noProofs };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().ResidueAsync(
                session.Ask,
                parsed.GetRequiredValue(seeds),
                parsed.GetRequiredValue(contain),
                parsed.GetRequiredValue(containedAt)!.Value,
                parsed.GetValue(from),
                !parsed.GetValue(noProofs),
                cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "observed", AnswerJson.Default.AnswerResidueAnswer, Table);
        });
        return command;
    }

    private static Sheet Table(ResidueAnswer data) => Sheet.Of(
        $"{(data.Observed.Count == 0 ? "Nothing seen is left" : $"{data.Observed.Count} still attained")} after {string.Join(", ", data.Contained)} were shut down at {Instants.ToText(data.ContainedAt)}; {data.Hypothetical.Count} more if what could be made was made",
        ["left", "id", "kind", "level", "certain", "possible", "hops", "kept", "how"],
        data.Observed.Select(node => Row("observed", node, data)).Concat(data.Hypothetical.Select(node => Row("hypothetical", node, data))),
        [
            $"An attacker keeps: {(data.Durable.Count == 0 ? "nothing" : string.Join(", ", data.Durable.Take(20)) + (data.Durable.Count > 20 ? $" and {data.Durable.Count - 20} more" : ""))}",
            .. data.Findings.Select(finding => $"{finding.Rule} {finding.Title} ({finding.Severity}, {finding.Certainty}) on {finding.Subject}: {finding.Reason}. {finding.Remediation}"),
        ]);

    private static string?[] Row(string left, ReachedNode node, ResidueAnswer data) =>
    [
        left,
        node.Id,
        node.Kind,
        node.Level,
        BlastRadiusCommand.Cell(node.Certain),
        BlastRadiusCommand.Cell(node.Possible),
        node.Hops?.ToString(),
        node.Durable ? "kept" : "",
        node.Proof is { } key && data.Proofs.TryGetValue(key, out var steps) ? ProofText.Line(steps) : null,
    ];
}
