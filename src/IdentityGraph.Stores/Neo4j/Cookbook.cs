using System.Text;
using System.Text.RegularExpressions;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>One statement for people, as its file tells of it.</summary>
/// <param name="Name">Of its file, without folder and ending.</param>
/// <param name="Purpose">One or two sentences.</param>
/// <param name="Parameters">Names without the dollar sign, and what stands behind each in the header, such as `STRING name of the store`.</param>
/// <param name="Returns">Columns and rows.</param>
/// <param name="Examples">Lines that set its parameters in Neo4j Browser.</param>
/// <param name="Text">The whole file.</param>
public sealed record CypherRecipe(string Name, string Purpose, IReadOnlyList<(string Name, string Meaning)> Parameters, string Returns, IReadOnlyList<string> Examples, string Text)
{
    /// <summary>Without its header.</summary>
    public string Statement => string.Join('\n', Text.Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal))).Trim();
}

/// <summary>The investigator's cookbook: statements on the graph in Cypher that can be pasted into Neo4j Browser.</summary>
public static partial class Cookbook
{
    private const string Folder = "cookbook/";

    /// <summary>By name.</summary>
    public static IReadOnlyList<CypherRecipe> All { get; } = In(Folder);

    /// <summary>Null where there is none.</summary>
    public static CypherRecipe? Find(string name) => All.FirstOrDefault(recipe => recipe.Name == name);

    /// <summary>The page of it, made from the headers.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder("# Cookbook: questions in Cypher\n\n"
            + "Statements on the graph that a [shared store](neo4j.md) shows to Cypher, each a file under [cypher/cookbook](../cypher/cookbook). Paste one into Neo4j Browser (5.23 or later) after the lines that set its parameters, or run it with `idgraph saved run NAME --param id=…`. "
            + "They look at facts that were read; what follows from facts (control, ownership, verdicts on leavers) is answered by the program's own questions, with proof. This page is made from the files: `idgraph saved list -o md -f docs/cookbook.md`.\n");
        foreach (var recipe in All)
        {
            page.Append($"\n## {recipe.Name}\n{recipe.Purpose}\n\n");
            page.Append("| parameter | |\n|---|---|\n");
            foreach (var (name, meaning) in recipe.Parameters)
            {
                page.Append($"| `${name}` | {meaning} |\n");
            }

            page.Append($"\nReturns {recipe.Returns}.\n\n```cypher\n{string.Join('\n', recipe.Examples)}\n\n{recipe.Statement}\n```\n");
        }

        return page.ToString();
    }

    /// <summary>Names of the parameters that a statement takes, without the dollar sign, each once.</summary>
    public static IReadOnlyList<string> ParametersIn(string text) => [.. Parameter().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    internal static IReadOnlyList<CypherRecipe> In(string folder) =>
        [.. CypherFiles.All.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => Read(path[(path.LastIndexOf('/') + 1)..^".cypher".Length], CypherFiles.Read(path)))];

    /// <summary>What the header of a statement says, as far as there is one.</summary>
    public static CypherRecipe Read(string name, string text)
    {
        var header = text.Split('\n').TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal)).Select(line => line[2..].Trim()).ToList();
        var parts = new Dictionary<string, List<string>> { ["purpose"] = [] };
        var part = "purpose";
        foreach (var line in header)
        {
            var said = Part().Match(line);
            part = said.Success ? said.Groups[1].Value : part;
            parts.TryAdd(part, []);
            parts[part].Add(said.Success ? said.Groups[2].Value.Trim() : line);
        }

        var parameters = Parameter().Matches(string.Join(' ', parts.GetValueOrDefault("params", []))).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim().TrimEnd(',').Trim())).ToList();
        return new CypherRecipe(name, string.Join(' ', parts["purpose"]), parameters, string.Join(' ', parts.GetValueOrDefault("returns", [])), parts.GetValueOrDefault("example", []), text);
    }

    [GeneratedRegex("^(params|returns|example): +(.*)$")]
    private static partial Regex Part();

    [GeneratedRegex(@"\$(\w+)([^$]*)")]
    private static partial Regex Parameter();
}
