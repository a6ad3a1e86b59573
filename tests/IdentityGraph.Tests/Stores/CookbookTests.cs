using System.Globalization;
using IdentityGraph.Bolt.Values;
using IdentityGraph.Stores.Neo4j;

namespace IdentityGraph.Tests.Stores;

/// <summary>Every recipe of the cookbook finds on the real server what was planted into the sample company, and not what lies beside it.</summary>
[Collection(nameof(DemoInNeo4j))]
public sealed class CookbookTests(DemoInNeo4j demo)
{
    /// <summary>Recipe, parameters, columns that are compared, a row that must be there, a text that must be nowhere; the last only where one lies near.</summary>
    private static readonly (string Recipe, (string, object?)[] Parameters, string[] Columns, string Found, string? NotFound)[] s_cases =
    [
        ("who-has-access", [("id", "aws:resource/ledger")], ["who", "level", "truth"], "aws:svc/ledger-deployer L3 True", "aws:svc/warehouse-reader"),
        ("leavers-accounts", [], ["person", "account", "state"], "hr:person/rhea slack:user/rhea-guest Active", "okta:user/rhea"),
        ("leavers-secrets", [], ["person", "credential", "proves"], "hr:person/rhea slack:password/rhea-guest [slack:user/rhea-guest]", "hr:person/000000"),
        ("leavers-grants", [], ["person", "grant", "client", "survives"], "hr:person/amir asana:grant/timesheets asana:app/timesheets True", "hr:person/rhea"),
        ("owners-through-time", [("id", "aws:svc/cost-reporter")], ["owner", "role", "until"], "hr:person/000000 accountable 2026-05-21T00:00:00Z", null),
        ("nobody-owns", [], ["id", "lastOwner"], "aws:svc/cost-reporter hr:person/000000", "aws:svc/etl-nightly"),
        ("owned-by-leavers", [], ["id", "kind", "owners"], "aws:svc/etl-nightly ServiceIdentity [hr:person/bob]", "aws:svc/invoice-mailer"),
        ("old-secrets", [("olderThan", "P180D")], ["id", "kind", "ends", "keptIn"], "aws:key/report-exporter apiKey Never [vault:resource/secrets]", "github:pat/ci-bot"),
        ("where-a-secret-was", [("id", "aws:key/prod-shared")], ["how", "other"], "STORED_IN jira:resource/ticket-88", null),
        ("handoffs-of-a-run", [("id", "n8n:run/4711")], ["handoff", "method", "initiators", "credentials"], "n8n:run/4711/handoff-2 manual [slack:user/lee] []", null),
        ("runs-and-what-they-closed", [], ["source", "closed", "partial"], "governance 1 False", null),
        ("state-at-a-moment", [("id", "okta:user/rhea"), ("asOf", DemoInNeo4j.Size.Until.AddDays(-46))], ["said.state", "sure"], "Active True", "Disabled"),
        ("what-changed", [("id", "okta:user/rhea"), ("t1", DemoInNeo4j.Size.Until.AddDays(-60)), ("t2", DemoInNeo4j.Size.Until)], ["what", "state", "at"], "says Disabled 2026-05-16T00:20:00Z", "Active"),
        ("what-is-not-known", [("id", "jira:user/uma")], ["what", "other"], "state is disputed -", "mfa"),
        ("who-can-make-access", [], ["who", "can", "place"], "n8n:connector/entra-to-asana CONNECTS asana:system", "n8n:connector/entra-to-asana CONNECTS entra:system"),
        ("without-second-factor", [], ["id", "person"], "slack:user/rhea-guest hr:person/rhea", "okta:user/lee"),
        ("what-cannot-be-seen", [], ["what", "name"], "described nowhere text:platform team", "stale"),
    ];

    public static TheoryData<string> Recipes => [.. Cookbook.All.Select(recipe => recipe.Name)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public async Task Finds_what_was_planted_and_not_what_lies_beside_it(string recipe)
    {
        var one = s_cases.Single(one => one.Recipe == recipe);
        var rows = await RowsAsync(Cookbook.Find(recipe)!, one.Parameters, one.Columns);

        Assert.Contains(one.Found, rows);
        Assert.DoesNotContain(rows, row => one.NotFound is not null && row.Contains(one.NotFound, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Can_be_pasted_with_every_parameter_set_before(string recipe)
    {
        var one = Cookbook.Find(recipe)!;

        Assert.Equal(one.Parameters.Select(parameter => parameter.Name), one.Examples.Select(line => line.Split(' ')[1]));
        Assert.All(one.Examples, line => Assert.Matches("^:param [a-zA-Z0-9]+ => .+$", line));
        Assert.All(one.Parameters, parameter => Assert.Matches("^(STRING|DATETIME|INTEGER)", parameter.Meaning));
    }

    [Fact]
    public void The_page_is_what_the_files_say() => ProjectedStore.HoldsPage("docs/cookbook.md", Cookbook.Markdown());

    private static string Say(object? value) => value switch
    {
        null => "-",
        BoltDateTime moment => moment.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        string text => text,
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Say))}]",
        _ => $"{value}",
    };

    private async Task<List<string>> RowsAsync(CypherRecipe recipe, (string Name, object? Value)[] parameters, string[] columns)
    {
        var given = parameters.ToList();
        if (recipe.Parameters.Any(parameter => parameter.Name == "asOf") && !given.Exists(parameter => parameter.Name == "asOf"))
        {
            given.Add(("asOf", DemoInNeo4j.Size.Until));
        }

        return await (await demo.GetAsync()).NamedAsync(recipe.Text, row => string.Join(' ', columns.Select(column => Say(Of(row, column)))), [.. given]);
    }

    private static object? Of(IReadOnlyDictionary<string, object?> row, string column) =>
        column.Split('.') is [var map, var member] ? ((IReadOnlyDictionary<string, object?>)row[map]!).GetValueOrDefault(member) : row[column];
}
