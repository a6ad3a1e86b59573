using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>What falls if the seeds are compromised.</summary>
internal static class BlastRadiusCommand
{
    public static Command Create(Door door)
    {
        var seeds = new Argument<string[]>("seed") { Description = "Ids of what is compromised, together; with --each, one by one.", Arity = ArgumentArity.ZeroOrMore };
        var rights = new Option<Rights?>("--rights")
        {
            Description = "Rights the seeds are held with, letters out of DRWUAC (discover, read, write, use, admin, control plane); default by kind.",
            HelpName = "letters",
            CustomParser = static result => RightsLogic.TryParseLetters(result.Tokens[0].Value.ToUpperInvariant(), out var letters) && letters != Rights.None
                ? letters
                : GlobalOptions.Refuse<Rights?>(result, $"--rights `{result.Tokens[0].Value}` is no set of rights; write letters out of DRWUAC"),
        };
        var noProofs = new Option<bool>("--no-proofs") { Description = "Leave the proofs out of a large answer." };
        var mode = new Option<string>("--mode") { Description = "snapshot; timeRespecting is not built yet.", DefaultValueFactory = static _ => "snapshot" };
        Choice.Among(mode!, "snapshot");
        var many = new BlastRadiiOptions();
        var command = new ExampleCommand(
            "blast-radius",
            "What falls if these are compromised: certain and possible, direct and by creating new access, each with its proof.",
            "idgraph blast-radius aws:key/AKIAEXAMPLE",
            "idgraph blast-radius okta:user/00u1 --profile Insider -o json",
            "idgraph blast-radius --all --top 20") { seeds, rights, noProofs, mode };
        many.AddTo(command, seeds, rights);
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            if (many.IsAsked(parsed))
            {
                return await many.AnswerAsync(session, parsed, parsed.GetValue(seeds) ?? [], cancellationToken).ConfigureAwait(false);
            }

            var answer = await session.Investigate().BlastRadiusAsync(session.Ask, parsed.GetRequiredValue(seeds), parsed.GetValue(rights), !parsed.GetValue(noProofs), cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "reached", AnswerJson.Default.AnswerBlastRadiusAnswer, static data => Table(data));
        });
        return command;
    }

    private static Sheet Table(BlastRadiusAnswer data) => Sheet.Of(
        $"Blast radius of {string.Join(", ", data.Seeds)} ({data.Profile}): {data.Reached.Count} reached, {data.Reached.Count(node => node.Level.EndsWith('?'))} of them only possibly",
        ["id", "kind", "level", "certain", "possible", "hops", "kept", "how"],
        data.Reached.Select(node => new[]
        {
            node.Id,
            node.Kind,
            node.Level,
            Cell(node.Certain),
            Cell(node.Possible),
            node.Hops.ToString(),
            node.Durable ? "kept" : "",
            node.Proof is { } key && data.Proofs.TryGetValue(key, out var steps) ? ProofText.Line(steps) : null,
        }),
        $"Score {data.Score.Raw:0.##} ({data.Score.Share:P1} of all criticality), direct {data.Score.DirectRaw:0.##}, amplification ×{data.Score.Amplification:0.##}; crown jewels: {Words(data.Score.CrownJewels)}; boundaries crossed: tenant {data.Score.Boundaries.Tenant}, environment {data.Score.Boundaries.Environment}, organization {data.Score.Boundaries.Organization}",
        $"An attacker keeps: {Words(data.Durable)}",
        "Rights: D discover, R read, W write, U use, A admin, C control plane; direct/amplified. A level with ? is possible, not certain.");

    internal static string Cell(RightsCell cell) => cell.Direct == cell.Amplified ? cell.Direct : $"{cell.Direct}/{cell.Amplified}";

    private static string Words(IReadOnlyList<string> ids) => ids.Count == 0 ? "none" : string.Join(", ", ids.Take(10)) + (ids.Count > 10 ? $" and {ids.Count - 10} more" : "");
}
