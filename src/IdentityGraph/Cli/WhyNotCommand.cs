using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Why one thing does not give control of another.</summary>
internal static class WhyNotCommand
{
    public static Command Create(Door door)
    {
        var from = new Argument<string>("from") { Description = "Id of what is held." };
        var to = new Argument<string>("to") { Description = "Id of the target." };
        var command = new ExampleCommand(
            "why-not",
            "Why one thing does not give control of another: which premise fails on the way, since and until when.",
            "idgraph why-not okta:user/00u1 aws:bucket/ledger",
            "idgraph why-not key-1 db-1 --profile Insider -o json") { from, to };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().WhyNotAsync(session.Ask, parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "blocked", AnswerJson.Default.AnswerWhyNotAnswer, Table);
        });
        return command;
    }

    private static Sheet Table(WhyNotAnswer data) => Sheet.Of(
        $"From {data.From} to {data.To}: {data.Because}",
        ["reason", "gate", "fact", "since", "until"],
        data.Blocked.Select(one => new[]
        {
            one.Reason,
            one.Gate,
            ProofText.Fact(one.Fact),
            one.Since is { } since ? Instants.ToText(since) : null,
            one.Until is { } until ? Instants.ToText(until) : null,
        }),
        data.Blocked.Count == 0 ? [] : ["One kind of premise is left out at a time; listed is what stands before the next step on the way. Behind it more may fail."]);
}
