using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Report;

namespace IdentityGraph.Cli;

/// <summary>The command tree, and what becomes of an exception. Commands parse, ask the investigation, print.</summary>
internal static class CommandLine
{
    public const string Name = "idgraph";

    /// <summary>Every command, in the order of the help.</summary>
    public static RootCommand Create(GlobalOptions options, Terminal terminal)
    {
        var root = new RootCommand("IdentityGraph: who and what can still reach what, and why. Start with `idgraph demo`.");
        foreach (var option in options.All)
        {
            root.Options.Add(option);
        }

        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                option.Action = new ExampleHelp(help);
            }
        }

        var door = new Door(options, terminal);
        foreach (var command in Commands.All(door))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        using var cancellation = new CancellationTokenSource();
        var signal = 0;
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            signal = context.Signal == PosixSignal.SIGTERM ? ExitCode.Terminated : ExitCode.Interrupted;
            cancellation.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var parsed = Create(new GlobalOptions(), terminal).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is null or System.CommandLine.Invocation.ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                terminal.Error.WriteLine($"{Name}: {SafeText.ForTerminal(error.Message)}");
            }

            terminal.Error.WriteLine($"{Name}: `{Name} {string.Join(' ', parsed.CommandResult.Command is RootCommand ? [] : new[] { parsed.CommandResult.Command.Name })} --help` shows how it is used".Replace("  ", " ", StringComparison.Ordinal));
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Out, Error = terminal.Error },
                cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"{Name}: stopped; nothing half-written is left behind");
            return signal == 0 ? ExitCode.Interrupted : signal;
        }
        catch (Exception failure)
        {
            terminal.Error.WriteLine($"{Name}: {SafeText.ForTerminal(Explain(failure))}");
            return CodeOf(failure);
        }
        finally
        {
            await terminal.Out.FlushAsync().ConfigureAwait(false);
        }
    }

    private static int CodeOf(Exception failure) => failure switch
    {
        RefusedInputException or RecordTimeException or ConfigurationException or WrongKindException or UnknownRuleException => ExitCode.Usage,
        UnknownIdentityException => ExitCode.Nothing,
        StoreLockedException or StoreException => ExitCode.Store,
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => ExitCode.Usage,
        _ => ExitCode.Internal,
    };

    private static string Explain(Exception failure) => CodeOf(failure) == ExitCode.Internal
        ? $"internal error: {failure.GetType().Name}: {failure.Message}\n{failure.StackTrace}"
        : failure.Message;
}
