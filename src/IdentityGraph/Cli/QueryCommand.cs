using System.CommandLine;
using System.Text.Json.Nodes;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Neo4j;

namespace IdentityGraph.Cli;

/// <summary>Asks the graph of a shared store in Cypher, read-only and within limits.</summary>
internal static class QueryCommand
{
    public static Command Create(Door door)
    {
        var statement = new Argument<string?>("cypher") { Description = "The statement; - reads standard input.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<FileInfo?>("--file") { Description = "File that holds the statement.", HelpName = "FILE" };
        var saved = new Option<string?>("--saved") { Description = "Name of a saved query, or of a recipe of the cookbook (`saved list`).", HelpName = "NAME" };
        var limits = new QueryLimits();
        var command = new ExampleCommand(
            "query",
            "Ask the graph of a store in Neo4j in Cypher; read-only. Exit 8 where a limit cut the answer, 4 where the graph lags behind the runs.",
            "idgraph query \"MATCH (a:Account {store: $store}) RETURN a.id AS id, a.state AS state ORDER BY id\" --store neo4j://graph.example:7687",
            "idgraph query --file rotated.cypher --param since=2025-06-01T00:00:00Z -o csv",
            "idgraph query --saved old-secrets --param olderThan=P180D -o json") { statement, file, saved };
        limits.AddTo(command);
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var (given, path, name) = (parsed.GetValue(statement), parsed.GetValue(file), parsed.GetValue(saved));
            if (new object?[] { given, path, name }.Count(one => one is not null) != 1)
            {
                throw new ConfigurationException("say one of: a statement, --file FILE, --saved NAME");
            }

            var store = StoreOf(session);
            if (name is not null)
            {
                return await SavedCommand.RunAsync(session, store, name, limits.Of(parsed), cancellationToken).ConfigureAwait(false);
            }

            var (asked, parameters) = limits.Of(parsed);
            var recipe = Cookbook.Read("", await TextAsync(session, given, path, cancellationToken).ConfigureAwait(false));
            return await RunAsync(session, store, recipe, (asked with { File = path is not null ? $"`{path}`" : given == "-" ? "standard input" : null }, parameters), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>The store, where it can be asked in Cypher.</summary>
    public static ICypherStore StoreOf(Session session) => session.OpenStore() as ICypherStore
        ?? throw new ConfigurationException($"the store at `{session.StorePlace}` is a folder, which knows no Cypher: name a store in Neo4j, as --store neo4j://host:7687, or use the questions (`idgraph --help`)");

    public static async Task<int> RunAsync(Session session, ICypherStore store, CypherRecipe recipe, (CypherQuestion Limits, IReadOnlyList<string> Parameters) asked, CancellationToken cancellationToken)
    {
        if (session.Ask.AsKnownAt is not null)
        {
            throw new ConfigurationException("the graph in Cypher is of what is known now; --as-known-at is answered by the questions (`idgraph --help`)");
        }

        var state = store.Projected();
        var parameters = QueryParameters.Read(recipe, asked.Parameters);
        if (recipe.Text.Contains("$asOf", StringComparison.Ordinal) && (session.Ask.AsOf ?? state.AsOf) is { } asOf)
        {
            parameters.TryAdd("asOf", asOf);
        }

        var rows = await store.QueryAsync(asked.Limits with { Statement = recipe.Text, Parameters = parameters }, cancellationToken).ConfigureAwait(false);
        var now = session.Terminal.Time.GetUtcNow();
        var answer = new Answer<QueryAnswer>
        {
            Command = "query",
            AsOf = session.Ask.AsOf ?? state.AsOf ?? now,
            AsKnownAt = now,
            Profile = session.Ask.Profile.ToString(),
            Policy = session.Policy.Name,
            Store = StoreAnswer.NotFolded,
            Truncated = rows.Truncated,
            Warnings = [.. rows.Warnings, .. state.IsWhole ? [] : new[] { $"{state}; run `{session.Next("store project")}`" }],
            Data = new QueryAnswer
            {
                Columns = rows.Columns,
                Rows = rows.Rows,
                Graph = new ShownGraphAnswer { Run = state.Run, Runs = state.Runs, AsOf = state.AsOf, Whole = state.IsWhole },
            },
        };
        return session.Answer(answer, "rows", AnswerJson.Default.AnswerQueryAnswer, Table, state.IsWhole ? [] : [ExitCode.Stale]);
    }

    private static async Task<string> TextAsync(Session session, string? given, FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is null && given != "-")
        {
            return given!;
        }

        using var reader = file is null ? new StreamReader(session.Terminal.In()) : file.OpenText();
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Sheet Table(QueryAnswer data) => Sheet.Of(
        $"{data.Rows.Count} row(s){(data.Graph.AsOf is { } asOf ? $", of the graph as of {Graph.Instants.ToText(asOf)}" : "")}",
        data.Columns,
        data.Rows.Select(row => data.Columns.Select(column => Cell(row[column])).ToArray()));

    private static string? Cell(JsonNode? value) => value switch
    {
        null => null,
        JsonValue one when one.TryGetValue<string>(out var text) => text,
        JsonArray list when list.All(item => item is JsonValue) => string.Join(", ", list.Select(Cell)),
        _ => value.ToJsonString(),
    };
}
