using System.CommandLine;
using IdentityGraph.Analyze;
using IdentityGraph.Report;

namespace IdentityGraph.Cli;

/// <summary>The breaches found, as a list and one by one.</summary>
internal static class FindingsCommand
{
    public static Command Create(Door door) =>
        new ExampleCommand("findings", "The breaches that the rules find.", "idgraph findings list --severity High") { List(door), Show(door) };

    private static ExampleCommand List(Door door)
    {
        var rules = new Option<string[]>("--rule") { Description = "Only this rule; can be given several times.", Arity = ArgumentArity.OneOrMore };
        var severity = new Option<Severity>("--severity") { Description = "Only findings at least that grave: Info, Low, Medium, High, Critical.", DefaultValueFactory = _ => Severity.Info };
        var certainOnly = new Option<bool>("--certain-only") { Description = "Leave out what only unknown facts support." };
        var command = new ExampleCommand("list", "Every finding, gravest first.", "idgraph findings list --rule IG-C04 -o csv") { rules, severity, certainOnly };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate()
                .FindingsAsync(session.Ask, parsed.GetValue(rules), parsed.GetValue(severity), parsed.GetValue(certainOnly), cancellationToken)
                .ConfigureAwait(false);
            return session.Answer(answer, "findings", AnswerJson.Default.AnswerFindingsAnswer, static data => FindingsText.Table(data), FindingsText.IsOutOfScope(answer, parsed.GetValue(rules)) ? ExitCode.Nothing : ExitCode.Done);
        });
        return command;
    }

    private static ExampleCommand Show(Door door)
    {
        var fingerprint = new Argument<string>("fingerprint") { Description = "As `findings list` shows it; its beginning is enough." };
        var command = new ExampleCommand("show", "One finding with its proof, why it is that grave, and what to do.", "idgraph findings show 3fa9c1") { fingerprint };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().FindingAsync(session.Ask, parsed.GetRequiredValue(fingerprint), cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "findings", AnswerJson.Default.AnswerFindingsAnswer, static data => FindingsText.Page(data));
        });
        return command;
    }
}
