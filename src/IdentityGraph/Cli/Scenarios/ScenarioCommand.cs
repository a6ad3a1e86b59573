using System.CommandLine;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>Stories with facts, questions and expected answers, run as tests.</summary>
internal static class ScenarioCommand
{
    public static Command Create(Door door) =>
        new ExampleCommand("scenario", "Facts, questions and the answers they must give, written down once and checked ever after.", "idgraph scenario run scenarios") { Run(door) };

    private static ExampleCommand Run(Door door)
    {
        var files = new Argument<string[]>("file") { Description = "Scenario files, or folders of them (*.yaml).", Arity = ArgumentArity.OneOrMore };
        var command = new ExampleCommand(
            "run",
            "Runs every case: passed, failed with what differs, or waiting for what is not built yet. Exit 1 where one failed.",
            "idgraph scenario run scenarios",
            "idgraph scenario run scenarios/SC-02.yaml -o json",
            "idgraph scenario run our-estate.yaml --store idgraph-data") { files };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var runner = new ScenarioRunner(session.Terminal) { Store = session.StoreFlag, Config = parsed.GetValue(door.Options.Config)?.FullName };
            List<ScenarioCaseAnswer> cases = [];
            foreach (var path in parsed.GetRequiredValue(files).SelectMany(Files).ToList())
            {
                cases.AddRange(await runner.RunAsync(ScenarioFile.Read(path), cancellationToken).ConfigureAwait(false));
            }

            var answer = Tell(session, cases);
            session.Printer.Print(answer, AnswerJson.Default.AnswerScenarioAnswer, "cases", static data => Table(data));
            return answer.Data.Failed > 0 ? ExitCode.Gate : cases.Count == 0 ? ExitCode.Nothing : ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(path, "*.yml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
        : [path];

    private static Answer<ScenarioAnswer> Tell(Session session, IReadOnlyList<ScenarioCaseAnswer> cases)
    {
        var now = session.Terminal.Time.GetUtcNow();
        return new()
        {
            Command = "scenario run",
            AsOf = now,
            AsKnownAt = now,
            Profile = session.Ask.Profile.ToString(),
            Policy = session.Policy.Name,
            Store = StoreAnswer.NotFolded,
            Data = new ScenarioAnswer
            {
                Passed = cases.Count(static one => one.Result == "passed"),
                Failed = cases.Count(static one => one.Result == "failed"),
                Waiting = cases.Count(static one => one.Result == "waiting"),
                Cases = cases,
            },
        };
    }

    private static Sheet Table(ScenarioAnswer data) => Sheet.Of(
        $"{data.Passed} passed, {data.Failed} failed, {data.Waiting} waiting",
        ["case", "result", "story", "why", "ask"],
        data.Cases.Select(one => new[] { one.Id, one.Result, one.Story, one.Why, one.Ask }));
}
