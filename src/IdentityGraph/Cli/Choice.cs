using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace IdentityGraph.Cli;

/// <summary>Options and arguments that take one of a few words, in letters of any case.</summary>
internal static class Choice
{
    public static void Among(Option<string?> option, params string[] words)
    {
        option.CustomParser = result => Read(result, option.Name, words);
        option.CompletionSources.Add(_ => words.Select(word => new CompletionItem(word)));
        option.HelpName ??= string.Join('|', words);
    }

    public static void Among(Argument<string> argument, params string[] words)
    {
        argument.CustomParser = result => Read(result, argument.Name, words);
        argument.CompletionSources.Add(_ => words.Select(word => new CompletionItem(word)));
        argument.HelpName ??= string.Join('|', words);
    }

    private static string Read(ArgumentResult result, string name, string[] words)
    {
        var said = result.Tokens[0].Value;
        return words.FirstOrDefault(word => string.Equals(word, said, StringComparison.OrdinalIgnoreCase))
            ?? GlobalOptions.Refuse<string>(result, $"{name} `{said}` is not known; say {string.Join(", ", words)}");
    }
}
