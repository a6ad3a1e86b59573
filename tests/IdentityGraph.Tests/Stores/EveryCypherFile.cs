using System.Text.RegularExpressions;
using IdentityGraph.Bolt;
using IdentityGraph.Stores.Neo4j;
using IdentityGraph.Tests.Bolt;

namespace IdentityGraph.Tests.Stores;

/// <summary>What must hold for every statement under `cypher/`.</summary>
public sealed partial class EveryCypherFile(Neo4jServer neo4j)
{
    public static TheoryData<string> Files() => [.. CypherFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Has_a_header_with_purpose_parameters_and_returns(string file)
    {
        var lines = CypherFiles.Read(file).Split('\n');

        Assert.Matches("^// .+[.]$", lines.TakeWhile(line => !line.StartsWith("// params:", StringComparison.Ordinal)).Last());
        Assert.Contains(lines, line => line.StartsWith("// params:  ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("// returns: ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Names_in_its_header_every_parameter_it_takes_and_no_other(string file)
    {
        var lines = CypherFiles.Read(file).Split('\n');
        var said = Parameter().Matches(string.Join('\n', lines.Where(IsComment))).Select(match => match.Value).Distinct().Order();
        var taken = Parameter().Matches(string.Join('\n', lines.Where(line => !IsComment(line)))).Select(match => match.Value).Distinct().Order();

        Assert.Equal(taken, said);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_one_statement_in_a_stable_order_with_bounded_patterns(string file)
    {
        var text = string.Join('\n', CypherFiles.Read(file).Split('\n').Where(line => !IsComment(line)));

        Assert.DoesNotContain(";", text, StringComparison.Ordinal);
        Assert.True(!text.Contains("\nRETURN ", StringComparison.Ordinal) || text.Contains("\nORDER BY ", StringComparison.Ordinal), "it returns rows without ORDER BY");
        Assert.DoesNotMatch(@"\*\s*(\d+\s*\.\.)?\s*\]", text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Is_understood_by_a_real_server(string file)
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession();
        var parameters = new BoltParameters();
        foreach (Match parameter in Parameter().Matches(CypherFiles.Read(file)))
        {
            parameters[parameter.Value[1..]] = null;
        }

        var summary = await session.ExecuteAsync(new BoltQuery("EXPLAIN " + CypherFiles.Read(file), parameters), cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotNull(summary);
    }

    [Fact]
    public void All_of_them_are_in_the_program() => Assert.True(CypherFiles.All.Count >= 15, $"only {string.Join(", ", CypherFiles.All)}");

    private static bool IsComment(string line) => line.StartsWith("//", StringComparison.Ordinal);

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Parameter();
}
