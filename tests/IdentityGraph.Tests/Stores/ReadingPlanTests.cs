using IdentityGraph.Report;
using IdentityGraph.Stores.Neo4j;
using IdentityGraph.Stores.Neo4j.Asking;

namespace IdentityGraph.Tests.Stores;

/// <summary>What counts as reading the graph, by a plan and by the words of a statement; and what of a statement is never kept.</summary>
public sealed class ReadingPlanTests
{
    [Fact]
    public void A_plan_of_reading_operators_reads_and_one_other_anywhere_in_it_does_not()
    {
        Assert.Null(ReadingPlan.Beyond(Plan("ProduceResults@neo4j", Plan("VarLengthExpand(Pruning,BFS,All)@neo4j", Plan("DirectedRelationshipTypeScan@neo4j")))));
        Assert.Equal("TerminateTransactions", ReadingPlan.Beyond(Plan("ProduceResults@neo4j", Plan("Apply@neo4j", Plan("Argument@neo4j"), Plan("TerminateTransactions@neo4j")))));
        Assert.Equal("AdministrationCommand", ReadingPlan.Beyond(Plan("AdministrationCommand@system")));
        Assert.Equal("MadeUpLater", ReadingPlan.Beyond(Plan("MadeUpLater")));
        Assert.NotNull(ReadingPlan.Beyond(new Dictionary<string, object?>()));
    }

    [Fact]
    public void A_procedure_is_known_by_its_name()
    {
        Assert.Null(ReadingPlan.Beyond(Call("db.labels() :: (label :: STRING)")));
        Assert.Equal("dbms.killConnection", ReadingPlan.Beyond(Call("dbms.killConnection($autostring_0) :: (message :: STRING)")));
        Assert.Equal("ProcedureCall", ReadingPlan.Beyond(Call("")));
    }

    [Theory]
    [InlineData("RETURN [x IN range(1, 2) | EXISTS { CALL dbms.killConnection('x') YIELD message RETURN message }] AS a", "dbms.killConnection")]
    [InlineData("RETURN [1 IN [1] | EXISTS { call /* { */ `dbms` . listConnections () YIELD username RETURN 1 }]", "dbms.listConnections")]
    [InlineData("RETURN COUNT { \\u0043ALL dbms.listConnections() YIELD username RETURN 1 }", "dbms.listConnections")]
    [InlineData("RETURN '\\u0027, COUNT { CALL dbms.listConnections() YIELD username RETURN 1 } //'", "dbms.listConnections")]
    [InlineData("RETURN COUNT { load // it\n csv FROM 'file:///x' AS line RETURN line }", "LOAD CSV")]
    [InlineData("RETURN apoc.cypher.runFirstColumnMany('SHOW TRANSACTIONS', {})", "apoc.cypher.runFirstColumnMany")]
    public void What_a_plan_does_not_show_is_found_in_the_words(string statement, string found) => Assert.Equal(found, ReadingPlan.Beyond(statement));

    [Theory]
    [InlineData("// They call dbms.killConnection() for it.\nMATCH (n) RETURN 'CALL dbms.killConnection()' AS call")]
    [InlineData("MATCH (call:Call)-[load:LOAD]->(csv) CALL (csv) { RETURN date.truncate('day', date()) AS day } RETURN call.name, csv")]
    [InlineData("CALL db.labels() YIELD label RETURN label")]
    [InlineData("MATCH (n {text: 'it\\'s CALL a.b()', other: \"LOAD CSV\", `SHOW TRANSACTIONS`: 1}) RETURN n")]
    public void What_only_looks_so_is_left_alone(string statement) => Assert.Null(ReadingPlan.Beyond(statement));

    [Theory]
    [InlineData("MATCH (n {note: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'}) RETURN n", "a GitHub token")]
    [InlineData("MATCH (n {note: '\\u0067hp_abcdefghijklmnopqrstuvwxyz0123456789'}) RETURN n", "a GitHub token")]
    [InlineData("// ghp_abcdefghijklmnopqrstuvwxyz0123456789\nMATCH (n) RETURN n", "a GitHub token")]
    [InlineData("MATCH (n) WHERE n.password = 'hunter22' RETURN n", "the value of a secret, by its name")]
    [InlineData("MATCH (n {key: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'}) RETURN n", "an AWS secret key")]
    public void A_secret_in_a_statement_is_found(string statement, string sort)
    {
        Assert.Equal(sort, CypherSecrets.Find(statement));
        Assert.Contains("--param", Assert.Throws<QuestionException>(() => CypherSecrets.Refuse(statement)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MATCH (n {id: 'AKIAIOSFODNN7EXAMPLE'}) RETURN n.password IS NULL AS password")]
    [InlineData("MATCH (n) WHERE n.password = $password RETURN 'no secret' AS text")]
    public void A_key_id_and_a_parameter_are_none(string statement) => Assert.Null(CypherSecrets.Find(statement));

    [Fact]
    public void A_place_is_told_as_it_is_in_the_file_and_nothing_else()
    {
        Assert.Equal(", line 1, column 1", StatementPlace.In("Invalid input 'root' (line 1, column 9 (offset: 8))\n\"EXPLAIN root:$6$abc\"\n         ^", "root:$6$abc"));
        Assert.Equal(", line 3, column 9", StatementPlace.In("Invalid input '6$abc' (line 3, column 9 (offset: 24))\n\"  root:$6$abc\"", "RETURN\n\n  root:$6$abc"));
        Assert.Equal("", StatementPlace.In("Expected parameter(s): root", "RETURN $root"));
    }

    [Fact]
    public void What_is_only_to_be_planned_or_profiled_is_planned_as_what_it_is() =>
        Assert.Equal("// so\n        TERMINATE TRANSACTION 'a'", StatementPlace.Plain("// so\nPROFILE TERMINATE TRANSACTION 'a'"));

    private static Dictionary<string, object?> Plan(string name, params object?[] children) => new() { ["operatorType"] = name, ["children"] = children.ToList() };

    private static Dictionary<string, object?> Call(string details) => new() { ["operatorType"] = "ProcedureCall@neo4j", ["args"] = new Dictionary<string, object?> { ["Details"] = details } };
}
