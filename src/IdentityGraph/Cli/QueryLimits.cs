using System.CommandLine;
using System.Globalization;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli;

/// <summary>The options by which a statement gets its parameters and its limits; each limit has a default.</summary>
internal sealed class QueryLimits
{
    private const int MostRows = 10_000_000;

    private readonly Option<string[]> _parameters = new("--param")
    {
        Description = "NAME=VALUE of a parameter: true, false, null, numbers, lists and \"texts in quotes\" as JSON, an instant as RFC 3339, else text. $store is given, $asOf where it is not said.",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<TimeSpan> _time = new("--max-time")
    {
        Description = "Longest time the server works on it (30s, 2m); default 30s.",
        HelpName = "TIME",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
        CustomParser = result => Time(result.Tokens[0].Value) ?? GlobalOptions.Refuse<TimeSpan>(result, $"--max-time `{result.Tokens[0].Value}` is no time; write 30s, 2m or 500ms"),
    };

    private readonly Option<int> _rows = new("--max-rows")
    {
        Description = "Most rows that are fetched; default 10000.",
        HelpName = "N",
        DefaultValueFactory = _ => 10_000,
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is >= 1 and <= MostRows
            ? rows
            : GlobalOptions.Refuse<int>(result, $"--max-rows `{result.Tokens[0].Value}` is no number from 1 to {MostRows}"),
    };

    private readonly Option<long> _memory = new("--max-memory")
    {
        Description = "Most memory the answer may take here, in MiB; default 256. It warns where the server lets a transaction use more.",
        HelpName = "MIB",
        DefaultValueFactory = _ => 256L << 20,
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) && mebibytes is >= 1 and <= 65_536
            ? (long)mebibytes << 20
            : GlobalOptions.Refuse<long>(result, $"--max-memory `{result.Tokens[0].Value}` is no number of MiB from 1 to 65536"),
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_parameters);
        command.Options.Add(_time);
        command.Options.Add(_rows);
        command.Options.Add(_memory);
    }

    public (CypherQuestion Limits, IReadOnlyList<string> Parameters) Of(ParseResult parsed) =>
        (new CypherQuestion { Statement = "", MaxTime = parsed.GetValue(_time), MaxRows = parsed.GetValue(_rows), MaxMemory = parsed.GetValue(_memory) }, parsed.GetValue(_parameters) ?? []);

    private static TimeSpan? Time(string text)
    {
        var unit = text.TrimStart([.. "0123456789."]);
        return double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e7
            ? unit switch
            {
                "ms" => TimeSpan.FromMilliseconds(Math.Max(1, number)),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                _ => null,
            }
            : null;
    }
}
