using System.CommandLine;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Stores.Neo4j;

namespace IdentityGraph.Cli;

/// <summary>What the rules are.</summary>
internal static class RulesCommand
{
    public static Command Create(Door door) =>
        new ExampleCommand("rules", "The rules that findings are breaches of.", "idgraph rules list") { List(door), Show(door) };

    private static ExampleCommand List(Door door)
    {
        var command = new ExampleCommand("list", "Every rule with its severity and frameworks.", "idgraph rules list -o csv");
        door.On(command, static (session, _, _) =>
        {
            var answer = Investigation.Rules(session.Ask, session.Policy, session.Terminal.Time);
            return Task.FromResult(session.Answer(answer, "rules", AnswerJson.Default.AnswerRulesAnswer, static data => Sheet.Of(
                $"{data.Rules.Count} rules",
                ["rule", "title", "severity", "OWASP NHI", "CSF 2.0", "SP 800-53 r5", "ATT&CK"],
                data.Rules.Select(rule => new[] { rule.Id, rule.Title, rule.Severity }.Concat(rule.Frameworks.Values.Select(ids => string.Join(", ", ids))).ToArray()))));
        });
        return command;
    }

    private static ExampleCommand Show(Door door)
    {
        var id = new Argument<string>("rule") { Description = "Id of a rule such as IG-O01." };
        var command = new ExampleCommand("show", "One rule: when it fires, what must have been read, what to do.", "idgraph rules show IG-O01") { id };
        door.On(command, (session, parsed, _) =>
        {
            var answer = Investigation.Rules(session.Ask, session.Policy, session.Terminal.Time, parsed.GetRequiredValue(id));
            return Task.FromResult(session.Answer(answer, "rules", AnswerJson.Default.AnswerRulesAnswer, static data => Page(data.Rules[0])));
        });
        return command;
    }

    private static Sheet Page(RuleAnswer rule) => Sheet.Of(
        $"{rule.Id} {rule.Title}",
        ["what", "value"],
        [
            ["severity", rule.Severity + (rule.SeverityNote is { } note ? $"; {note}" : "")],
            ["fires", rule.Fires],
            ["needs", rule.Needs.Count == 0 ? "nothing read to its end" : string.Join(", ", rule.Needs)],
            ["fix", rule.Remediation],
            .. rule.Frameworks.Select(framework => new[] { framework.Key, framework.Value.Count == 0 ? "none" : string.Join(", ", framework.Value) }),
            ["in Cypher", CypherTwins.Of(rule.Id) is { } twin ? $"cypher/findings/{twin.Name}.cypher" : $"none: {CypherTwins.WhyNone(rule.Id)}"],
            ["page", rule.Page],
        ]);
}
