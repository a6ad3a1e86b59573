using System.CommandLine;
using IdentityGraph.Cli;

namespace IdentityGraph.Tests.Cli;

/// <summary>What must hold for every command.</summary>
public sealed class EveryCommand
{
    public static TheoryData<string> Paths() => [.. Leaves().Select(leaf => leaf.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Has_a_sentence_and_an_example_that_begins_with_its_own_words(string path)
    {
        var command = Leaves().Single(leaf => leaf.Path == path).Command;

        Assert.EndsWith(".", command.Description?.TrimEnd('…') + (command.Description!.EndsWith('…') ? "." : ""));
        var example = Assert.IsType<ExampleCommand>(command).Examples[0];
        Assert.Contains($"idgraph {path}", example);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Has_examples_that_parse(string path)
    {
        var command = (ExampleCommand)Leaves().Single(leaf => leaf.Path == path).Command;
        foreach (var example in command.Examples.Where(example => example.StartsWith("idgraph ", StringComparison.Ordinal)))
        {
            Assert.Empty(Root().Parse(example["idgraph ".Length..].Split(" | ")[0]).Errors);
        }
    }

    /// <summary>The words of everything that can be run, also of a command that has commands below it.</summary>
    public static IEnumerable<string> Runnable() => Root().Subcommands.SelectMany(command => Runnable(command, command.Name));

    private static IEnumerable<string> Runnable(Command command, string path) =>
        command.Subcommands.SelectMany(child => Runnable(child, $"{path} {child.Name}")).Concat(command.Action is null ? [] : [path]);

    private static RootCommand Root() => CommandLine.Create(new GlobalOptions(), Terminal.Real());

    private static IEnumerable<(string Path, Command Command)> Leaves() => Root().Subcommands.SelectMany(command => Leaves(command, command.Name));

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [(path, command)] : command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}"));
}
