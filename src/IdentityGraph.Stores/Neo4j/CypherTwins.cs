using IdentityGraph.Analyze;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>
/// Of each rule of findings, its twin in Cypher, or why it has none. A twin finds the same subjects as the rule, in the graph that a store
/// shows to Cypher, as of the moment of that graph.
/// </summary>
public static class CypherTwins
{
    private const string Reach = "it needs control, which is a fixpoint over every control rule; Cypher sees facts";
    private const string Ownership = "who answers for something is a fixpoint over owners of owners, groups and engagements";

    /// <summary>Why a rule has none, by its id.</summary>
    private static readonly Dictionary<string, string> s_reasons = new(StringComparer.Ordinal)
    {
        ["IG-O01"] = Ownership,
        ["IG-O02"] = Ownership,
        ["IG-O03"] = Ownership,
        ["IG-L01"] = Reach,
        ["IG-L02"] = Reach,
        ["IG-L03"] = Reach,
        ["IG-L04"] = Reach,
        ["IG-L05"] = "the verdict on each system of a leaver weighs grades, times and declared targets of everything they ever had, through accounts that are only probably theirs",
        ["IG-L06"] = "whether access came back is judged by comparing what is live before and after each verified removal, at several moments",
        ["IG-J08"] = "it is a cycle of any length through steps of four kinds; a pattern has a bound",
        ["IG-W01"] = "a chain is closed over handoffs that share a step or a correlation id, without a bound",
        ["IG-B02"] = Reach,
        ["IG-B04"] = Reach,
        ["IG-D02"] = "of three ways to be ambiguous one compares what each source said of a property, with grades and times; the graph in Cypher holds what holds",
    };

    private static readonly Dictionary<string, CypherRecipe> s_twins = Cookbook.In("findings/").ToDictionary(recipe => string.Join('-', recipe.Name.Split('-')[..2]), StringComparer.Ordinal);

    /// <summary>The statement; null where the rule has none.</summary>
    /// <param name="rule">Id of a rule.</param>
    public static CypherRecipe? Of(string rule) => s_twins.GetValueOrDefault(rule);

    /// <summary>Why it has none; null where it has one, or where nobody said.</summary>
    /// <param name="rule">Id of a rule.</param>
    public static string? WhyNone(string rule) => s_twins.ContainsKey(rule) ? null : s_reasons.GetValueOrDefault(rule);

    /// <summary>Ids that have a twin or a reason.</summary>
    public static IEnumerable<string> Rules => s_twins.Keys.Concat(s_reasons.Keys);

    /// <summary>The page that lists the rules with their twins.</summary>
    public static string Markdown()
    {
        var page = new System.Text.StringBuilder("# Findings\n\n"
            + "Every rule has its page; `idgraph rules list` prints them with severity and frameworks. A rule that is a plain pattern of facts has a twin in Cypher under [cypher/findings](../../cypher/findings): on the graph that a [shared store](../neo4j.md) shows it finds the same subjects, as of the moment of that graph (possible findings included). The others say why they have none. This page is made from the rules and files; the tests hold it.\n\n"
            + "| rule | title | twin in Cypher |\n|---|---|---|\n");
        foreach (var rule in Analyzers.All.Select(analyzer => analyzer.Rule))
        {
            var twin = Of(rule.Id) is { } recipe ? $"[{recipe.Name}.cypher](../../cypher/findings/{recipe.Name}.cypher)" : $"none: {WhyNone(rule.Id)}";
            page.Append($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {twin} |\n");
        }

        return page.ToString();
    }
}
