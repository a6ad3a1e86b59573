using System.Text;
using IdentityGraph.Sources.OpenGraph;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>The page of the source says what the tables say.</summary>
public sealed class OpenGraphPageTests
{
    [Fact]
    public void The_rules_on_the_page_are_the_rules_of_the_code()
    {
        var page = new StringBuilder("| rule | what stands there | what is done |\n|---|---|---|\n");
        foreach (var (_, name, says, done) in BreachWords.All)
        {
            page.Append("| ").Append(name).Append(" | ").Append(says).Append(" | ").Append(done).Append(" |\n");
        }

        DocPage.Holds("opengraph.md", "breaches", page.ToString());
    }

    [Fact]
    public void The_tables_on_the_page_are_the_tables_of_the_code()
    {
        var page = new StringBuilder();
        foreach (var table in ExtensionTables.All)
        {
            page.Append("### ").Append(table.Name).Append("\n<").Append(table.Source).Append(">\n\n| kind of node | here |\n|---|---|\n");
            foreach (var ours in table.Nodes.GroupBy(row => row.Ours))
            {
                page.Append("| ").AppendJoin(", ", ours.Select(row => row.Kind)).Append(" | ").Append(ours.Key).Append(" |\n");
            }

            page.Append("\n| relationship | from | to | becomes | amplifies | what it lets the start do |\n|---|---|---|---|---|---|\n");
            foreach (var row in table.Edges)
            {
                page.Append("| ").Append(row.Kind).Append(" | ").Append(Kinds(row.Starts)).Append(" | ").Append(Kinds(row.Ends)).Append(" | ").Append(Becomes(row))
                    .Append(" | ").Append(row.Amplifying ? "yes" : "").Append(" | ").Append(row.Why).Append(" |\n");
            }

            foreach (var lack in table.Lacks)
            {
                page.Append("\nWhere an import has none of ").AppendJoin(", ", lack.Computed).Append(", each of ").AppendJoin(", ", lack.Kinds)
                    .Append(" possibly gives ").Append(lack.Letters).Append(" besides: ").Append(lack.Why).Append('\n');
            }

            page.Append('\n');
        }

        DocPage.Holds("opengraph.md", "tables", page.ToString());
    }

    private static string Kinds(IReadOnlyList<string> kinds) => kinds.Count == 0 ? "any" : string.Join(", ", kinds);

    private static string Becomes(EdgeRow row) => (row.Reversed ? "the other way round: " : "") + row.Meaning switch
    {
        Meaning.Unknown => "Unknown",
        Meaning.None => "no control",
        Meaning.Member => "MEMBER_OF, HAS_ROLE",
        Meaning.Rights => "ENTITLES " + (row.Letters ?? "without a level"),
        Meaning.Control => "control",
        Meaning.Provision => "CAN_PROVISION",
        Meaning.Assume => "CAN_ASSUME",
        Meaning.AssumeUnread => "CAN_ASSUME, conditions unread",
        Meaning.Contains => "CONTAINS, IN_SYSTEM",
        Meaning.Within => "CONTAINS, IN_SYSTEM of the system it lies in",
        Meaning.Defines => "DEFINED_IN",
        Meaning.Stores => "STORED_IN",
        Meaning.Holds => "HELD_BY",
        Meaning.Authenticates => "AUTHENTICATES_AS",
        Meaning.SignsIn => "AUTHENTICATED_VIA",
        Meaning.RunsAs => "RUNS_AS",
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };
}
