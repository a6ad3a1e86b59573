using System.CommandLine;
using IdentityGraph.Analyze;
using IdentityGraph.Report;

namespace IdentityGraph.Cli;

/// <summary>Every rule, with an exit code that a pipeline can gate on.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(Door door)
    {
        var rules = new Argument<string[]>("rule") { Arity = ArgumentArity.ZeroOrMore, Description = "Ids of rules such as IG-O01; none: every rule." };
        var failOn = new Option<Severity?>("--fail-on") { Description = "Exit 1 where a finding is at least that grave: Info, Low, Medium, High, Critical." };
        var certainOnly = new Option<bool>("--certain-only") { Description = "Leave out what only unknown facts support." };
        var command = new ExampleCommand(
            "analyze",
            "Evaluates the rules: every breach with its proof, and which rules could not be evaluated.",
            "idgraph analyze",
            "idgraph analyze IG-O01 IG-C04 --fail-on High --certain-only -o json") { rules, failOn, certainOnly };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var asked = parsed.GetValue(rules) ?? [];
            var answer = await session.Investigate().AnalyzeAsync(session.Ask, asked, parsed.GetValue(certainOnly), cancellationToken).ConfigureAwait(false);
            var gate = parsed.GetValue(failOn);
            List<int> codes = [];
            if (gate is { } least && answer.Data.Findings.Any(finding => Enum.Parse<Severity>(finding.Severity) >= least))
            {
                session.Printer.Complain($"gate: {answer.Data.Findings.Count(finding => Enum.Parse<Severity>(finding.Severity) >= least)} finding(s) of {least} or graver");
                codes.Add(ExitCode.Gate);
            }

            if (FindingsText.IsOutOfScope(answer, asked))
            {
                session.Printer.Complain("nothing in scope: no facts that any of the rules could be judged by; `import` some, or ask with another --as-of");
                codes.Add(ExitCode.Nothing);
            }

            return session.Answer(answer, "findings", AnswerJson.Default.AnswerFindingsAnswer, static data => FindingsText.Table(data), [.. codes]);
        });
        return command;
    }
}
