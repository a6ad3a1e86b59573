using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>An investigator records a compromise, or that it is over.</summary>
internal static class ExposureMarkCommand
{
    public static Command Mark(Door door)
    {
        var id = new Argument<string>("id") { Description = "Id of the credential, principal, application, resource or system." };
        var at = GlobalOptions.Instant("--at", "Since when it is compromised; default now.");
        var until = GlobalOptions.Instant("--until", "Until when; default open.");
        var basis = new Option<string>("--basis") { Description = "Why it is held to be compromised: a case, a report; never the secret itself.", HelpName = "TEXT", Required = true };
        var command = new ExampleCommand(
            "mark",
            "Record that something is compromised: it starts blast radii from then on, like an exposure a collector stated.",
            "idgraph exposure mark github:token/7 --at 2025-08-08 --basis \"case 4711\"") { id, at, until, basis };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().MarkExposureAsync(session.Ask, parsed.GetRequiredValue(id), parsed.GetValue(at), parsed.GetValue(until), parsed.GetRequiredValue(basis), cancellationToken).ConfigureAwait(false);
            await StoreProjectCommand.FollowAsync(session, cancellationToken).ConfigureAwait(false);
            return Recorded(session.Answer(answer, "marks", AnswerJson.Default.AnswerExposureMarkAnswer, static data => Table(data, data.IsNew ? "marked as compromised" : "marked anew")));
        });
        return command;
    }

    public static Command Clear(Door door)
    {
        var id = new Argument<string>("id") { Description = "Id of the exposure, or of what it exposes: then of every one that is open." };
        var at = GlobalOptions.Instant("--at", "Only the exposure that began then.");
        var until = GlobalOptions.Instant("--until", "When it was over; default now. When it began: it was none.");
        var basis = new Option<string?>("--basis") { Description = "Why it is over.", HelpName = "TEXT" };
        var command = new ExampleCommand(
            "clear",
            "Record that an exposure is over; credentials that were taken stay taken until they are rotated or revoked.",
            "idgraph exposure clear github:token/7 --until 2025-08-21 --basis \"rotated, case 4711\"") { id, at, until, basis };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().ClearExposureAsync(session.Ask, parsed.GetRequiredValue(id), parsed.GetValue(at), parsed.GetValue(until), parsed.GetValue(basis), cancellationToken).ConfigureAwait(false);
            await StoreProjectCommand.FollowAsync(session, cancellationToken).ConfigureAwait(false);
            return Recorded(session.Answer(answer, "marks", AnswerJson.Default.AnswerExposureMarkAnswer, static data => Table(data, "over")));
        });
        return command;
    }

    /// <summary>What is recorded is recorded, however long ago the sources were read.</summary>
    private static int Recorded(int code) => code == ExitCode.Stale ? ExitCode.Done : code;

    private static Sheet Table(ExposureMarkAnswer data, string what) => Sheet.Of(
        $"{string.Join(", ", data.Marks.Select(mark => mark.Exposes))}: {what}, in run {data.Run}",
        ["exposure", "exposes", "at", "until", "basis"],
        data.Marks.Select(mark => new[] { mark.Exposure, mark.Exposes, Instants.ToText(mark.At), mark.Until is { } until ? Instants.ToText(until) : "open", mark.Basis }));
}
