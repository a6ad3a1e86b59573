using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>
/// One story of published-logic.txt: accounts in a few words a statement, and what the published logic says somebody reaches in them, which
/// was written down before anything of it was run.
/// </summary>
/// <param name="Sentence">What it is about.</param>
/// <param name="Accounts">Ids in the order of the story.</param>
/// <param name="Json">What the service would print of them, one page an account.</param>
/// <param name="Expected">Who reaches whom, and how.</param>
internal sealed partial record LogicStory(string Sentence, IReadOnlyList<string> Accounts, string Json, IReadOnlyList<(string Of, string To, string Verdict)> Expected)
{
    private const string Home = "111122223333";

    public static IReadOnlyList<LogicStory> All { get; } =
        [.. File.ReadAllText(Repository.File("tests/IdentityGraph.Tests/Sources/Aws/published-logic.txt")).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    private static LogicStory Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        List<LogicAccount> accounts = [new(Home)];
        List<(string Of, string To, string Verdict)> expected = [];
        foreach (var line in lines.Skip(1))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                var (word, rest) = Two(line.Trim());
                accounts[^1].Add(word, rest);
            }
            else if (line.Contains(" > ", StringComparison.Ordinal))
            {
                var (of, to) = (line[..line.IndexOf(" > ", StringComparison.Ordinal)], line[(line.IndexOf(" > ", StringComparison.Ordinal) + 3)..]);
                var verdict = to.LastIndexOf(": ", StringComparison.Ordinal);
                expected.Add((of, to[..verdict], to[(verdict + 2)..]));
            }
            else if (Two(line) is ("account", var id))
            {
                accounts.Add(new(id));
            }
            else if (Two(line) is ("scp", var level))
            {
                accounts[^1].Under(level.Split(" ; "));
            }
            else
            {
                accounts[^1].Begin(Two(line).First, Two(line).Said);
            }
        }

        return new(lines[0][2..], [.. accounts.Select(account => account.Id)], string.Join('\n', accounts), expected);
    }

    public static JsonObject Document(IEnumerable<string> statements) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements.Select(Statement)]) };

    /// <summary>`Allow !a,b on x,y if Operator key=one|two &amp; Operator key=one`; for a trust `to AWS=…` in the place of `on`. An exclamation mark is the Not of the element, `~` a comma and a space inside a policy variable, `unreadable` a statement that is none.</summary>
    private static JsonNode Statement(string text)
    {
        if (text == "unreadable")
        {
            return new JsonObject { ["Effect"] = "Perhaps" };
        }

        var match = Words().Match(text);
        Assert.True(match.Success, text);
        var statement = new JsonObject { ["Effect"] = match.Groups["effect"].Value, [match.Groups["na"].Length > 0 ? "NotAction" : "Action"] = List(match.Groups["actions"].Value, ',') };
        var what = match.Groups["what"].Value;
        var not = match.Groups["nr"].Length > 0 ? "Not" : "";
        if (match.Groups["on"].Value == "on")
        {
            statement[not + "Resource"] = List(what, ',');
        }
        else
        {
            statement[not + "Principal"] = what == "*" ? "*" : new JsonObject { [what[..what.IndexOf('=', StringComparison.Ordinal)]] = List(what[(what.IndexOf('=', StringComparison.Ordinal) + 1)..], ',') };
        }

        foreach (var condition in match.Groups["if"].Value.Split(" & ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (operation, rest) = Two(condition);
            var block = (JsonObject)(statement["Condition"] ??= new JsonObject());
            ((JsonObject)(block[operation] ??= new JsonObject()))[rest[..rest.IndexOf('=', StringComparison.Ordinal)]] = List(rest[(rest.IndexOf('=', StringComparison.Ordinal) + 1)..], '|');
        }

        return statement;
    }

    private static JsonArray List(string words, char between) => new([.. words.Split(between).Select(word => JsonValue.Create(Arn(word)))]);

    private static string Arn(string word) => word.Replace("~", ", ", StringComparison.Ordinal).Replace("$A", $"arn:aws:iam::{Home}", StringComparison.Ordinal).Replace("$B", "arn:aws:iam::444455556666", StringComparison.Ordinal);

    private static (string First, string Said) Two(string line) => (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    [GeneratedRegex(@"^(?<effect>Allow|Deny) (?<na>!?)(?<actions>\S+) (?<on>on|to) (?<nr>!?)(?<what>\S+)(?: if (?<if>.+))?$")]
    private static partial Regex Words();
}
