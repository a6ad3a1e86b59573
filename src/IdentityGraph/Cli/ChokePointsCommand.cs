using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Where one node stands between many starts and many targets.</summary>
internal static class ChokePointsCommand
{
    public static Command Create(Door door)
    {
        var from = new Option<string[]>("--from") { Description = "Ids of what is compromised, together.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var all = new Option<bool>("--all") { Description = "Every non-human identity, together." };
        var kinds = new Option<string[]>("--kind") { Description = "Every node of this kind, together (`idgraph schema` lists them); may be given several times.", HelpName = "KIND" };
        kinds.AcceptOnlyFromAmong([.. NodeKind.All.Select(kind => kind.Name)]);
        var to = new Option<string[]>("--to") { Description = "Ids of the targets; default crown jewels, and where none is stated every system and resource.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var top = new Option<int>("--top") { Description = "At most so many choke points.", HelpName = "N", DefaultValueFactory = static _ => 10 };
        var command = new ExampleCommand(
            "choke-points",
            "The nodes each of which alone keeps most targets from being attained, whichever of the starts are compromised; each verified.",
            "idgraph choke-points --all",
            "idgraph choke-points --from aws:key/AKIAEXAMPLE --to aws:bucket/ledger aws:bucket/payroll") { from, all, kinds, to, top };
        command.Validators.Add(result =>
        {
            var ways = (result.GetValue(from) is { Length: > 0 } ? 1 : 0) + (result.GetValue(all) ? 1 : 0) + (result.GetValue(kinds) is { Length: > 0 } ? 1 : 0);
            if (ways != 1)
            {
                result.AddError("say from whom: --from ID, --all or --kind KIND, one of them");
            }

            if (result.GetResult(top) is { Implicit: false, Tokens: [var number] } && int.TryParse(number.Value, out var most) && most < 1)
            {
                result.AddError("--top takes a number from 1 on");
            }
        });
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var question = new ChokePointsQuestion
            {
                From = parsed.GetValue(from) ?? [],
                Kinds = parsed.GetValue(kinds) ?? [],
                Everybody = parsed.GetValue(all),
                To = parsed.GetValue(to) ?? [],
                Top = parsed.GetValue(top),
            };
            var answer = await session.Investigate().ChokePointsAsync(session.Ask, question, cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "chokePoints", AnswerJson.Default.AnswerChokePointsAnswer, Table, answer.Data.Starts == 0 ? ExitCode.Nothing : ExitCode.Done);
        });
        return command;
    }

    private static Sheet Table(ChokePointsAnswer data) => Sheet.Of(
        $"{data.Starts} start(s) together attain {data.Attained} of {data.Asked} {(data.Targets == "named" ? "targets" : data.Targets)}, at least possibly ({data.Profile}); the nodes each of which alone keeps most of them safe",
        ["id", "kind", "name", "takes away", "share", "start", "verified"],
        data.ChokePoints.Select(one => new[]
        {
            one.Id,
            one.Kind,
            one.Name,
            one.Verified ? one.TakesAway.ToString() : $"at least {one.TakesAway}",
            data.Attained == 0 ? "" : ((double)one.TakesAway / data.Attained).ToString("P0"),
            one.IsStart ? "yes" : "",
            one.Verified ? "yes" : "NO: time ran out",
        }),
        data.Others ? "There are, or may be, others, none of which keeps more of them than the last one here (--top)." : "No other node on the ways keeps a target safe alone; `idgraph cuts` finds sets of nodes.",
        "Each was verified by searching again with the node dead and all that lives by it judged anew.");
}
