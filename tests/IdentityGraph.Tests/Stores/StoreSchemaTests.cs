using IdentityGraph.Stores.Neo4j;

namespace IdentityGraph.Tests.Stores;

/// <summary>The constraints that two writers would otherwise step over.</summary>
public sealed class StoreSchemaTests
{
    private static readonly Dictionary<string, string> s_whole = new()
    {
        ["idg_store"] = "IdgStore name ",
        ["idg_run"] = "IdgRun store number ",
        ["idg_chunk"] = "IdgChunk store fence place ",
    };

    [Fact]
    public void All_there_and_some_of_others_is_well() =>
        Assert.Empty(StoreSchema.Problems(new Dictionary<string, string>(s_whole) { ["idg_theirs"] = "Cat name " }));

    [Fact]
    public void One_of_our_name_about_something_else_is_told_with_what_to_do()
    {
        var problem = Assert.Single(StoreSchema.Problems(new Dictionary<string, string>(s_whole) { ["idg_run"] = "Cat name " }));

        Assert.Contains("`idg_run` is about Cat name, and a store needs it about IdgRun store number", problem.Problem, StringComparison.Ordinal);
        Assert.StartsWith("`DROP CONSTRAINT idg_run`, then `CREATE CONSTRAINT idg_run ", problem.WayOut, StringComparison.Ordinal);
        Assert.False(problem.Harmless);
    }

    [Fact]
    public void One_that_is_missing_is_told_with_the_statement_that_makes_it()
    {
        var problem = Assert.Single(StoreSchema.Problems(new Dictionary<string, string>(s_whole.Where(one => one.Key != "idg_store"))));

        Assert.Contains("`idg_store` is not there", problem.Problem, StringComparison.Ordinal);
        Assert.StartsWith("`CREATE CONSTRAINT idg_store ", problem.WayOut, StringComparison.Ordinal);
    }
}
