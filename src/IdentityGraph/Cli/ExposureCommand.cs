using System.CommandLine;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Who can attain one target.</summary>
internal static class ExposureCommand
{
    public static Command Create(Door door)
    {
        var target = new Argument<string>("target") { Description = "Id of what is to be protected." };
        var level = GlobalOptions.Level("Level they must reach, L0 to L6; default any.");
        var command = new ExampleCommand(
            "exposure",
            "Who can attain this: every principal and credential, each by itself, certain and possible.",
            "idgraph exposure aws:bucket/ledger",
            "idgraph exposure db-1 --level L3 --profile Insider") { target, level, ExposureMarkCommand.Mark(door), ExposureMarkCommand.Clear(door) };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().ExposureAsync(session.Ask, parsed.GetRequiredValue(target), parsed.GetValue(level), cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "attackers", AnswerJson.Default.AnswerExposureAnswer, Table, answer.Data.NeverAttained is null ? ExitCode.Done : ExitCode.Nothing);
        });
        return command;
    }

    private static Sheet Table(ExposureAnswer data) => Sheet.Of(
        data is { Attackers.Count: 0, NeverAttained: { } kind }
            ? $"{data.Target} is of kind {kind}, which nobody attains itself: this says nothing of who is in it; ask about what it gives rights on"
            : data is { Attackers.Count: 0, Share: null } ? $"Of those asked in time nobody attains {data.Target}{At(data)}: this does not say that nobody does; give more --budget"
            : data.Attackers.Count == 0
            ? $"Nobody attains {data.Target}{At(data)}, certainly or possibly, by what is known at that moment"
            : $"{(data.Share is null ? "At least " : "")}{data.Attackers.Count} of {data.Asked} principals and credentials attain {data.Target}{At(data)}, {data.Attackers.Count(one => one.Certain.Amplified.Length == 0)} of them only possibly",
        ["id", "kind", "name", "hops", "certain", "possible"],
        data.Attackers.OrderBy(one => one.Hops).Select(one => new[]
        {
            one.Id,
            one.Kind,
            one.Name,
            one.Hops.ToString(),
            BlastRadiusCommand.Cell(one.Certain),
            BlastRadiusCommand.Cell(one.Possible),
        }),
        [
            .. data.Attackers.Count == 0 ? (string[])[] : [data.Share is { } share ? $"Share that certainly attain it: {share:P1}. Fewest hops first." : "The share that certainly attain it is not known: not all were asked in time. Fewest hops first."],
            "Rights: D discover, R read, W write, U use, A admin, C control plane; direct/amplified. `idgraph path ID TARGET` shows how.",
        ]);

    private static string At(ExposureAnswer data) => data.Level is null ? "" : $" at {data.Level}";
}
