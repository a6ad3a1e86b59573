using System.CommandLine;

namespace IdentityGraph.Cli;

/// <summary>Prints a shell stub; the answers come from the built-in `[suggest]` directive.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> s_stubs = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _idgraph() { local IFS=$'\n'; COMPREPLY=( $(compgen -W "$(idgraph "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") ); }
            complete -F _idgraph idgraph
            """,
        ["zsh"] = """
            #compdef idgraph
            _idgraph() { local -a words_found; words_found=("${(@f)$(idgraph "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}"); compadd -a words_found; }
            compdef _idgraph idgraph
            """,
        ["fish"] = """
            complete -f -c idgraph -a '(set -l line (commandline -cp); idgraph "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName idgraph -ScriptBlock { param($word, $ast, $position) idgraph "[suggest:$position]" "$ast" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) } }
            """,
    };

    public static Command Create(Door door)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh." };
        Choice.Among(shell, [.. s_stubs.Keys]);
        var command = new ExampleCommand("completion", "Print a completion stub for a shell.", "source <(idgraph completion bash)") { shell };
        door.On(command, (session, parsed, _) =>
        {
            session.Printer.Output.WriteLine(s_stubs[parsed.GetRequiredValue(shell)]);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
