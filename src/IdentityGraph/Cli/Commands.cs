using System.CommandLine;
using IdentityGraph.Cli.Assertions;
using IdentityGraph.Cli.Scenarios;

namespace IdentityGraph.Cli;

/// <summary>Every command, one line each: the place to add one.</summary>
internal static class Commands
{
    public static IEnumerable<Command> All(Door door) =>
    [
        DemoCommand.Create(door),
        InitCommand.Create(door),
        ImportCommand.Create(door),
        CollectCommand.Create(door),
        DaemonCommand.Create(door),
        HealthCommand.Create(door),
        ExportCommand.Create(door),
        AnalyzeCommand.Create(door),
        FindingsCommand.Create(door),
        RulesCommand.Create(door),
        OrphansCommand.Create(door),
        LeaverCommand.Create(door),
        BlastRadiusCommand.Create(door),
        ResidueCommand.Create(door),
        InfluenceCommand.Create(door),
        ExposureCommand.Create(door),
        PathCommand.Create(door),
        WhyNotCommand.Create(door),
        CutsCommand.Create(door),
        ChokePointsCommand.Create(door),
        AssertCommand.Create(door),
        AskCommand.Create(door),
        IdentityCommand.Create(door),
        HandoffCommand.Create(door),
        QueryCommand.Create(door),
        SavedCommand.Create(door),
        DoctorCommand.Create(door),
        SchemaCommand.Create(door),
        VersionCommand.Create(door),
        RunsCommand.Create(door),
        StoreCommand.Create(door),
        ScenarioCommand.Create(door),
        CompletionCommand.Create(door),
    ];
}
