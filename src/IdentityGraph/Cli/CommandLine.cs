using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Report;

namespace IdentityGraph.Cli;

/// <summary>The command tree, and what becomes of an exception. Commands parse, ask the investigation, print.</summary>
internal static class CommandLine
{
    public const string Name = "idgraph";

    /// <summary>How long a command may take to stop when it is told to.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

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
                var shown = new ExampleHelp(help, [.. options.All]);
                option.Action = shown;
                root.Action = shown;
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
        using var ended = new CancellationTokenSource();
        var signal = 0;
        void Stop(PosixSignalContext context)
        {
            context.Cancel = signal == 0;
            signal = context.Signal == PosixSignal.SIGTERM ? ExitCode.Terminated : ExitCode.Interrupted;
            cancellation.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var parsed = Create(new GlobalOptions(), terminal).Parse(args is ["help", .. var asked] ? [.. asked, "--help"] : args);
        var isUnread = parsed.Errors.Count > 0 && parsed.Action is null or System.CommandLine.Invocation.ParseErrorAction;
        if ((isUnread ? [.. parsed.Errors.Select(static error => OneLine(error.Message))] : MistypedOption.In(parsed) is { } mistyped ? new[] { mistyped } : []) is { Length: > 0 } faults)
        {
            foreach (var fault in faults)
            {
                terminal.Error.WriteLine($"{Name}: {SafeText.ForTerminal(fault)}");
            }

            if (parsed.CommandResult.Command is { Action: null, Subcommands: { Count: > 0 } following } stopped)
            {
                terminal.Error.WriteLine($"{Name}: after `{stopped.Name}` comes one of: {string.Join(", ", following.Select(static next => next.Name))}");
            }

            terminal.Error.WriteLine($"{Name}: `{string.Join(' ', [Name, .. Words(parsed.CommandResult), "--help"])}` shows how it is used");
            return ExitCode.Usage;
        }

        // What does not heed the wish to stop is ended: a writer killed at any moment leaves nothing half-written that anybody sees.
        using var patience = cancellation.Token.Register(() => _ = ExitAfterAsync(s_patience, () => signal, ended.Token));
        try
        {
            var code = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Out, Error = terminal.Error },
                cancellation.Token).ConfigureAwait(false);
            await terminal.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"{Name}: stopped; nothing half-written is left behind");
            return signal == 0 ? ExitCode.Interrupted : signal;
        }
        catch (Exception failure)
        {
            foreach (var line in Explain(failure).Split('\n'))
            {
                terminal.Error.WriteLine($"{Name}: {SafeText.ForTerminal(line.TrimEnd('\r'))}");
            }

            return CodeOf(failure);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Of the command and those it belongs to, without the program's.</summary>
    internal static IEnumerable<string> Words(SymbolResult? result) => result is CommandResult { Command: not RootCommand and var command }
        ? [.. Words(result.Parent), command.Name]
        : [];

    private static async Task ExitAfterAsync(TimeSpan patience, Func<int> code, CancellationToken cancellationToken)
    {
        await Task.Delay(patience, cancellationToken).ConfigureAwait(false);
        Environment.Exit(code());
    }

    internal static int CodeOf(Exception failure) => failure switch
    {
        RefusedInputException or RecordTimeException or ConfigurationException or WrongKindException or UnknownRuleException or QuestionException => ExitCode.Usage,
        UnknownIdentityException or NothingHeldException => ExitCode.Nothing,
        StoreLockedException or StoreException => ExitCode.Store,
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => ExitCode.Usage,
        EndOfStreamException => ExitCode.Internal,
        IOException => ExitCode.Usage,
        _ => ExitCode.Internal,
    };

    internal static string Explain(Exception failure) => CodeOf(failure) == ExitCode.Internal
        ? $"internal error: {failure.GetType().Name}: {failure.Message}\n{failure.StackTrace}"
        : failure.Message;

    /// <summary>The parser lists words that may be meant a line each.</summary>
    private static string OneLine(string message) =>
        message.ReplaceLineEndings("\n").TrimEnd('\n').Replace(":\n\t", ": ", StringComparison.Ordinal).Replace("\n\t", ", ", StringComparison.Ordinal).Replace('\n', ' ');
}
