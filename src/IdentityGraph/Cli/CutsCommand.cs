using System.CommandLine;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>The cheapest ways to keep targets from being attained.</summary>
internal static class CutsCommand
{
    public static Command Create(Door door)
    {
        var from = Ids("--from", "Ids of what is compromised, together.", required: true);
        var to = Ids("--to", "Ids of the targets; none of them may be attained.", required: true);
        var level = GlobalOptions.Level("Level to be kept from, L0 to L6; default any right.");
        var by = new Option<string>("--by") { Description = "What a cut is made of.", DefaultValueFactory = static _ => "node" };
        Choice.Among(by!, "node", "edge", "action");
        var among = Ids("--among", "Only these nodes, or facts and actions on them.", required: false);
        var maxSize = new Option<int?>("--max-size") { Description = "At most so many members.", HelpName = "K" };
        maxSize.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var size) && size < 1)
            {
                result.AddError("--max-size takes a number from 1 on");
            }
        });
        var all = new Option<bool>("--all") { Description = "Every minimal cut rather than those of the least cost." };
        var command = new ExampleCommand(
            "cuts",
            "The cheapest sets of nodes, facts or actions after which no target is attained, not even possibly; each verified.",
            "idgraph cuts --from aws:key/AKIAEXAMPLE --to aws:bucket/ledger",
            "idgraph cuts --from key-1 key-2 --to db-1 --by action --all --max-size 3") { from, to, level, by, among, maxSize, all };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var question = new CutsQuestion
            {
                From = parsed.GetRequiredValue(from),
                To = parsed.GetRequiredValue(to),
                Level = parsed.GetValue(level),
                By = Enum.Parse<CutBy>(parsed.GetRequiredValue(by), ignoreCase: true),
                Among = parsed.GetValue(among) ?? [],
                MaxSize = parsed.GetValue(maxSize),
                All = parsed.GetValue(all),
                WithWays = session.Printer.Draws,
            };
            var answer = await session.Investigate().CutsAsync(session.Ask, question, cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "cuts", AnswerJson.Default.AnswerCutsAnswer, Table);
        });
        return command;
    }

    private static Option<string[]> Ids(string name, string description, bool required) =>
        new(name) { Description = description, HelpName = "ID", AllowMultipleArgumentsPerToken = true, Required = required };

    private static Sheet Table(CutsAnswer data) => Sheet.Of(
        data is { Attained: false, NeverAttained: { } kind } ? $"A target is of kind {kind}, which nobody attains itself: this does not say that nothing needs cutting; ask about what it gives rights on"
        : !data.Attained ? "No target is attained, not even possibly: nothing needs cutting"
        : $"{data.Cuts.Count} cut(s) by {data.By}, cheapest first",
        ["cost", "cut", "status"],
        data.Cuts.OrderBy(static cut => cut.Cost).ThenBy(static cut => cut.Shortfall is not null).Select(cut => new[]
        {
            cut.Cost.ToString(),
            string.Join(" & ", cut.Members.Select(Word)),
            cut.Shortfall is { } left ? $"DOES NOT CUT BY ITSELF: {left}" : cut.Status,
        }),
        [
            $"Choke points (each alone is a cut): {(data.ChokePoints.Count == 0 ? "none" : string.Join(", ", data.ChokePoints.Select(Word)))}",
            .. data.Cuts.Count == 0 ? (string[])[] : ["Each cut was verified by searching again with its members dead."],
        ]);

    private static string Word(CutMember member)
    {
        var on = member.Edge is { } edge ? ProofText.Fact(edge) : member.Node ?? "";
        return member.Action is null ? on : $"{member.Action}{(member.Gate is null ? "" : " " + member.Gate)} on {on}";
    }
}
