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
        var level = new Option<Level?>("--level")
        {
            Description = "Level to be reached, L0 to L6; default the highest.",
            CustomParser = static result => RightsLogic.TryParseLevel(result.Tokens[0].Value, out var read)
                ? read
                : GlobalOptions.Refuse<Level?>(result, $"--level `{result.Tokens[0].Value}` is no level; write L0 to L6"),
        };
        var command = new ExampleCommand("path", "The proof that one thing gives control of another, shortest first.", "idgraph path okta:user/00u1 aws:bucket/ledger", "idgraph path key-1 db-1 --level L3") { from, to, level };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().PathAsync(session.Ask, parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetValue(level), 1, cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "paths", AnswerJson.Default.AnswerPathAnswer, static data => Table(data));
        });
        return command;
    }

    private static Sheet Table(PathAnswer data) => Sheet.Of(
        data.Paths.Count == 0 ? "No path, certain or possible, by what is known at that moment" : $"{data.Paths.Count} path(s)",
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
}
