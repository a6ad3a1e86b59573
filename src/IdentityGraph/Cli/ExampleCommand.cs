using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IdentityGraph.Cli;

/// <summary>A command whose help ends with examples that can be pasted.</summary>
internal sealed class ExampleCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Whether `--output` names files or a folder the command makes itself; else its answer is written there.</summary>
    public bool WritesItsOwnFiles { get; set; }
}

/// <summary>The library's help with the command's own options only, then the command's examples.</summary>
internal sealed class ExampleHelp(HelpAction inner, IReadOnlyList<Option> everywhere) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var own = parseResult.CommandResult.Command is not RootCommand;
        Hide(own);
        var code = inner.Invoke(parseResult);
        Hide(false);
        if (own)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"Options of every command (`{CommandLine.Name} --help` tells them): {string.Join(' ', everywhere.Select(option => option.Name))}");
            parseResult.InvocationConfiguration.Output.WriteLine();
        }

        if (parseResult.CommandResult.Command is ExampleCommand { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(command.Examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        return code;
    }

    private void Hide(bool hidden)
    {
        foreach (var option in everywhere)
        {
            option.Hidden = hidden;
        }
    }
}
