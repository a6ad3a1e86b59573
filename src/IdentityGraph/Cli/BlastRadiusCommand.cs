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
        var mode = new Option<string>("--mode") { Description = "snapshot: all at one moment; timeRespecting: what can be kept is kept from --from to --to.", DefaultValueFactory = static _ => "snapshot" };
        Choice.Among(mode!, "snapshot", "timeRespecting");
        var from = GlobalOptions.Instant("--from", "timeRespecting: when it began; default when the exposure did.");
        var to = GlobalOptions.Instant("--to", "timeRespecting: when it ends; default --as-of.");
        var many = new BlastRadiiOptions();
        var command = new ExampleCommand(
            "blast-radius",
            "What falls if these are compromised: certain and possible, direct and by creating new access, each with its proof.",
            "idgraph blast-radius aws:key/AKIAEXAMPLE",
            "idgraph blast-radius okta:user/00u1 --profile Insider -o json",
            "idgraph blast-radius github:token/7 --mode timeRespecting --from 2025-08-08 --to 2025-08-21",
            "idgraph blast-radius --all --top 20") { seeds, rights, noProofs, mode, from, to };
        many.AddTo(command, seeds, rights);
        command.Validators.Add(result =>
        {
            var timed = result.GetValue(mode) == "timeRespecting";
            if (!timed && (result.GetResult(from) is not null || result.GetResult(to) is not null))
            {
                result.AddError("--from and --to go with --mode timeRespecting");
            }
            else if (timed && result.GetValue(seeds) is not { Length: > 0 })
            {
                result.AddError("--mode timeRespecting goes with the ids of what is compromised, together");
            }
        });
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            if (many.IsAsked(parsed))
            {
                if (parsed.GetValue(mode) != "snapshot")
                {
                    throw new ConfigurationException("a ranking is of one moment; leave --mode timeRespecting out, or name what is compromised together");
                }

                return await many.AnswerAsync(session, parsed, parsed.GetValue(seeds) ?? [], cancellationToken).ConfigureAwait(false);
            }

            var (ids, held, proofs) = (parsed.GetRequiredValue(seeds), parsed.GetValue(rights), !parsed.GetValue(noProofs));
            var answer = parsed.GetValue(mode) == "snapshot"
                ? await session.Investigate().BlastRadiusAsync(session.Ask, ids, held, proofs, cancellationToken).ConfigureAwait(false)
                : await session.Investigate().BlastRadiusOverTimeAsync(session.Ask, ids, parsed.GetValue(from), parsed.GetValue(to), held, proofs, cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "reached", AnswerJson.Default.AnswerBlastRadiusAnswer, static data => Table(data), IsUntold(answer.Data) ? ExitCode.Nothing : ExitCode.Done);
        });
        return command;
    }

    private static Sheet Table(BlastRadiusAnswer data) => Sheet.Of(
        Title(data),
        ["id", "kind", "name", "level", "certain", "possible", "hops", "kept", .. data.Mode == "snapshot" ? (string[])[] : ["first", "last"], "how"],
        data.Reached.Select(node => (string?[])
        [
            node.Id,
            node.Kind,
            node.Name,
            node.Level,
            Cell(node.Certain),
            Cell(node.Possible),
            node.Hops?.ToString(),
            node.Durable ? "kept" : "",
            .. node.Attained is { } attained ? (string?[])[Text(attained.First), attained.AtEnd ? "at the end" : Text(attained.Last)] : [],
            node.Proof is { } key && data.Proofs.TryGetValue(key, out var steps) ? ProofText.Line(steps) : null,
        ]),
        $"Score {data.Score.Raw:0.##} ({data.Score.Share:P1} of all criticality), direct {data.Score.DirectRaw:0.##}, amplification ×{data.Score.Amplification:0.##}; crown jewels: {Words(data.Score.CrownJewels)}; boundaries crossed: tenant {data.Score.Boundaries.Tenant}, environment {data.Score.Boundaries.Environment}, organization {data.Score.Boundaries.Organization}",
        $"An attacker keeps: {Words(data.Durable)}",
        "Rights: D discover, R read, W write, U use, A admin, C control plane; direct/amplified. A level with ? is possible, not certain.");

    private static bool IsUntold(BlastRadiusAnswer data) => data.IsOfUndescribed && data.Reached.Count == 0;

    private static string Title(BlastRadiusAnswer data)
    {
        if (IsUntold(data))
        {
            return $"Blast radius of {string.Join(", ", data.Seeds)} ({data.Profile}): cannot be told, because no source ever described it; collect the system it is of";
        }

        var there = data.Reached.Where(node => node.Attained is not { AtEnd: false }).ToList();
        var earlier = data.Reached.Count - there.Count;
        return $"Blast radius of {string.Join(", ", data.Seeds)} ({data.Profile}): {there.Count} reached{(data.Mode == "snapshot" ? "" : " at the end")}, {there.Count(node => node.Level.EndsWith('?'))} of them only possibly{(earlier == 0 ? "" : $"; {earlier} only earlier")}";
    }

    private static string? Text(DateTimeOffset? instant) => instant is { } known ? Instants.ToText(known) : null;

    internal static string Cell(RightsCell cell) => cell.Direct == cell.Amplified ? cell.Direct : $"{cell.Direct}/{cell.Amplified}";

    private static string Words(IReadOnlyList<string> ids) => ids.Count == 0 ? "none" : string.Join(", ", ids.Take(10)) + (ids.Count > 10 ? $" and {ids.Count - 10} more" : "");
}
