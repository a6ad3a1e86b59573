using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>How one thing gives control of another, hop by hop.</summary>
internal static class PathCommand
{
    public static Command Create(Door door)
    {
        var from = new Argument<string>("from") { Description = "Id of what is held." };
        var to = new Argument<string>("to") { Description = "Id of the target." };
        var level = GlobalOptions.Level("Level to be reached, L0 to L6; default the highest.");
        var count = new Option<int>("--k") { Description = "How many different proofs at most, shortest first; each rests on facts none of which can be left out.", HelpName = "N", DefaultValueFactory = static _ => 1 };
        var avoid = new Option<string[]>("--avoid") { Description = "Ids of nodes that no step may go through.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var liveOnly = new Option<bool>("--live-only") { Description = "No step may rest on a credential that is held but certainly dead." };
        count.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var asked) && asked < 1)
            {
                result.AddError("--k takes a number from 1 on");
            }
        });
        var command = new ExampleCommand(
            "path",
            "The proofs that one thing gives control of another, shortest first.",
            "idgraph path okta:user/00u1 aws:bucket/ledger",
            "idgraph path key-1 db-1 --level L3 --k 5 --avoid svc-1") { from, to, level, count, avoid, liveOnly };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var question = new PathQuestion
            {
                From = parsed.GetRequiredValue(from),
                To = parsed.GetRequiredValue(to),
                Level = parsed.GetValue(level),
                Count = parsed.GetValue(count),
                Avoid = parsed.GetValue(avoid) ?? [],
                LiveOnly = parsed.GetValue(liveOnly),
            };
            var answer = await session.Investigate().PathAsync(session.Ask, question, cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "paths", AnswerJson.Default.AnswerPathAnswer, static data => Table(data));
        });
        return command;
    }

    private static Sheet Table(PathAnswer data) => Sheet.Of(
        data.Because is { } because ? char.ToUpperInvariant(because[0]) + because[1..] : data.All switch
        {
            null => $"The shortest path{Sureness(data)}",
            true => $"{data.Paths.Count} path(s); there are no others{Sureness(data)}",
            false => $"{data.Paths.Count} path(s), shortest first; there may be more{Sureness(data)}",
        },
        ["hop", "rule", "node", "rights", "from", "facts", "gates", "truth", "since"],
        data.Paths.SelectMany((path, number) => path.Select((step, hop) => new[]
        {
            $"{number + 1}.{hop}",
            step.Rule,
            step.Node,
            step.Rights,
            string.Join(" & ", step.From),
            string.Join("; ", step.Facts.Select(ProofText.Fact)),
            string.Join(", ", step.Gates),
            step.Truth,
            step.Since is { } since ? Instants.ToText(since) : null,
        })));

    /// <summary>Which of them are only possible, and by which step; that they are certain where none is.</summary>
    private static string Sureness(PathAnswer data)
    {
        string[] possible = [.. data.Paths.SelectMany(static (path, number) => path.Index().Where(static step => step.Item.Truth != "True").Take(1).Select(step => $"{number + 1}.{step.Index} {step.Item.Rule}"))];
        return data.Paths.Count == 0 ? ""
            : possible.Length == 0 ? ", certain"
            : $", {(possible.Length == data.Paths.Count ? "" : $"{possible.Length} of them ")}only POSSIBLE ({string.Join(", ", possible)} Unknown)";
    }
}
