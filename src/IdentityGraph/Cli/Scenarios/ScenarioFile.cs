using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>A file of cases: facts in the exchange format, questions, and what their answers must hold.</summary>
internal sealed record ScenarioFile
{
    public required string Path { get; init; }

    /// <summary>One exchange line each; a line with `idgraph` begins a run. Null: the cases are asked of the store given.</summary>
    public required IReadOnlyList<FactLine>? Lines { get; init; }

    /// <summary>The lines without their places.</summary>
    public IReadOnlyList<string>? Facts => Lines is null ? null : [.. Lines.Select(static line => line.Text)];

    public required IReadOnlyList<ScenarioCase> Cases { get; init; }

    /// <exception cref="ConfigurationException">It is no YAML, is larger than 4 MiB, or does not say what a scenario file says.</exception>
    public static ScenarioFile Read(string path)
    {
        var root = YamlMembers.Root(path, "scenario file", "`scenario`, `facts` and `cases`");
        var members = new YamlMembers(path, root, "scenario", "story", "added", "facts", "cases");
        members.Text("scenario");
        var cases = members.List("cases").Select(one => ScenarioCase.Read(path, one)).ToList();
        if (cases.GroupBy(one => one.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ConfigurationException($"`{path}`: two cases are called `{twice.Key}`; give each its own id");
        }

        return new ScenarioFile { Path = path, Lines = FactLine.Of(members), Cases = cases };
    }
}

/// <summary>One exchange line of a scenario.</summary>
/// <param name="Text">As written, blanks around it left out.</param>
/// <param name="Number">Its line in the scenario file, 1 for the first.</param>
internal readonly record struct FactLine(string Text, long Number)
{
    /// <summary>Null: no `facts` are written.</summary>
    public static IReadOnlyList<FactLine>? Of(YamlMembers members) => members.Lines("facts") is { } lines ? [.. lines.Select(static line => new FactLine(line.Text, line.Line))] : null;
}

/// <summary>One question and what its answer must hold.</summary>
internal sealed record ScenarioCase
{
    public required string Id { get; init; }

    /// <summary>What is claimed, in a sentence.</summary>
    public required string Story { get; init; }

    /// <summary>A command line, without the store and the format.</summary>
    public required string Ask { get; init; }

    /// <summary>A subset of `data` of the answer; null: only the exit code is judged.</summary>
    public required YamlNode? Expect { get; init; }

    /// <summary>The exit code that is right; 0 unless said.</summary>
    public required int Exit { get; init; }

    /// <summary>`findings` or `command`: what this program lacks to run it; null: it can be run.</summary>
    public required string? Needs { get; init; }

    /// <summary>Exchange lines that are added for this case alone.</summary>
    public required IReadOnlyList<FactLine> Lines { get; init; }

    /// <summary>The lines without their places.</summary>
    public IReadOnlyList<string> Facts => [.. Lines.Select(static line => line.Text)];

    /// <summary>Lines of the file's facts that hold one of these are left out for this case.</summary>
    public required IReadOnlyList<YamlNode> Without { get; init; }

    public static ScenarioCase Read(string path, YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw new ConfigurationException($"`{path}` line {node.Start.Line}: a case is written as `id:`, `story:`, `ask:`, `expect:`");
        }

        var members = new YamlMembers(path, mapping, "id", "story", "ask", "expect", "exit", "needs", "facts", "without");
        var needs = members.OptionalText("needs");
        if (needs is not (null or "findings" or "command"))
        {
            throw members.Fault("needs", $"`{needs}` is not known; write `findings` or `command`");
        }

        var exit = members.OptionalText("exit") ?? "0";
        var expect = members.Find("expect");
        if (expect is null && members.Find("exit") is null)
        {
            throw members.Fault("id", "a case that expects nothing proves nothing; add `expect` or `exit`");
        }

        var without = members.Find("without") is null ? [] : members.List("without");
        YamlNode[] written = [.. expect is null ? Array.Empty<YamlNode>() : [expect], .. without];
        if (written.Select(Emptiness.In).FirstOrDefault(static found => found is not null) is { } empty)
        {
            throw new ConfigurationException($"`{path}` {empty}");
        }

        return new ScenarioCase
        {
            Id = members.Text("id"),
            Story = members.Text("story"),
            Ask = members.Text("ask"),
            Expect = expect,
            Exit = int.TryParse(exit, out var code) ? code : throw members.Fault("exit", $"`{exit}` is no exit code"),
            Needs = needs,
            Lines = FactLine.Of(members) ?? [],
            Without = without,
        };
    }
}
