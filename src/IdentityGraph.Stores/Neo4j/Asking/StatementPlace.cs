using System.Globalization;
using System.Text.RegularExpressions;

namespace IdentityGraph.Stores.Neo4j.Asking;

/// <summary>A statement as it is sent to be planned, and places in it.</summary>
internal static partial class StatementPlace
{
    /// <summary>What is sent before a statement to learn its plan.</summary>
    public const string Explain = "EXPLAIN ";

    /// <summary>The statement without its own EXPLAIN or PROFILE, blanks in their place.</summary>
    public static string Plain(string statement)
    {
        foreach (var token in CypherTokens.Of(statement).TakeWhile(static token => token.IsWord("EXPLAIN") || token.IsWord("PROFILE")).ToList())
        {
            statement = $"{statement[..token.Start]}{new string(' ', token.End - token.Start)}{statement[token.End..]}";
        }

        return statement;
    }

    /// <summary>`, line 2, column 7`, as the server's message says it; empty where it says none. Nothing else of the message is told.</summary>
    public static string In(string message, string statement)
    {
        var said = Place().Match(message);
        if (!said.Success || !int.TryParse(said.Groups[1].Value, CultureInfo.InvariantCulture, out var line) || !int.TryParse(said.Groups[2].Value, CultureInfo.InvariantCulture, out var column) || line < 1)
        {
            return "";
        }

        // A message quotes the line it means; where that begins as what was sent to be planned does, it stands further right than in the file.
        var isPlanned = line == 1 && message.Contains('"' + Explain, StringComparison.Ordinal) && !statement.StartsWith(Explain, StringComparison.OrdinalIgnoreCase);
        return string.Create(CultureInfo.InvariantCulture, $", line {line}, column {Math.Max(1, isPlanned ? column - Explain.Length : column)}");
    }

    [GeneratedRegex(@"\(line ([0-9]{1,9}), column ([0-9]{1,9}) \(offset: [0-9]+\)\)")]
    private static partial Regex Place();
}
