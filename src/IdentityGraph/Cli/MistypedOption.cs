using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace IdentityGraph.Cli;

/// <summary>
/// An option that a command does not have would be taken as an id where ids may follow, and the answer would say that nothing is called
/// so. An id that looks like one goes behind `--`.
/// </summary>
internal static partial class MistypedOption
{
    /// <summary>What to say about the first of them; null: there is none.</summary>
    public static string? In(ParseResult parsed)
    {
        if (parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash))
        {
            return null;
        }

        var mistyped = parsed.CommandResult.Command.Arguments
            .SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? [])
            .Select(static token => token.Value)
            .FirstOrDefault(static value => Shape().IsMatch(value));
        if (mistyped is null)
        {
            return null;
        }

        var said = mistyped.Split('=')[0];
        var near = Options(parsed.CommandResult).Where(name => Resembles(name, said)).GroupBy(name => Distance(name, said)).MinBy(static group => group.Key)?.Order(StringComparer.Ordinal).Select(static name => $"`{name}`").ToList() ?? [];
        return $"there is no option `{mistyped}` here{(near.Count > 0 ? $"; is {string.Join(" or ", near)} meant?" : "")} (an id that begins with `--` goes behind `--`)";
    }

    private static IEnumerable<string> Options(SymbolResult? result) => result is CommandResult command
        ? command.Command.Options.Where(static option => !option.Hidden).Select(static option => option.Name).Concat(Options(command.Parent))
        : [];

    private static bool Resembles(string name, string said) =>
        name.StartsWith("--", StringComparison.Ordinal) && (name.StartsWith(said, StringComparison.Ordinal) || said.StartsWith(name, StringComparison.Ordinal) || Distance(name, said) <= 2);

    /// <summary>Letters put in, taken out or replaced to come from one to the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var at = 1; at <= one.Length; at++)
        {
            var corner = row[0];
            row[0] = at;
            for (var to = 1; to <= other.Length; to++)
            {
                (corner, row[to]) = (row[to], Math.Min(Math.Min(row[to], row[to - 1]) + 1, corner + (one[at - 1] == other[to - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }

    [GeneratedRegex("^--[A-Za-z][A-Za-z0-9-]{0,60}(=.*)?$", RegexOptions.Singleline)]
    private static partial Regex Shape();
}
