using System.CommandLine;
using System.Text.RegularExpressions;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Neo4j;

namespace IdentityGraph.Cli;

/// <summary>Queries in Cypher by name: those people saved in a shared store, and those of the cookbook.</summary>
internal static partial class SavedCommand
{
    private const int LongestText = 65_536;

    public static Command Create(Door door) =>
        new ExampleCommand("saved", "Queries in Cypher by name: the cookbook's, and those you keep in a store in Neo4j.", "idgraph saved list") { List(door), Add(door), Run(door) };

    /// <summary>One of the store before one of the cookbook.</summary>
    /// <exception cref="QuestionException">There is none.</exception>
    public static async Task<CypherRecipe> FindAsync(ICypherStore store, string name, CancellationToken cancellationToken)
    {
        var kept = (await store.SavedAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(saved => saved.Name == name);
        return kept is not null ? Cookbook.Read(kept.Name, kept.Text)
            : Cookbook.Find(name) ?? throw new QuestionException($"no query is called `{name}`; `idgraph saved list` lists them");
    }

    /// <summary>Runs one by name; what of a kept one looks like a secret is repeated in no error.</summary>
    public static async Task<int> RunAsync(Session session, ICypherStore store, string name, (CypherQuestion Limits, IReadOnlyList<string> Parameters) asked, CancellationToken cancellationToken)
    {
        var recipe = await FindAsync(store, name, cancellationToken).ConfigureAwait(false);
        var limits = CypherSecrets.Find(recipe.Text) is null ? asked.Limits : asked.Limits with { File = $"the saved query `{name}`" };
        return await QueryCommand.RunAsync(session, store, recipe, (limits, asked.Parameters), cancellationToken).ConfigureAwait(false);
    }

    private static ExampleCommand List(Door door)
    {
        var command = new ExampleCommand("list", "Every saved query and every recipe of the cookbook, with its parameters; `-o md` prints the cookbook as a page.", "idgraph saved list", "idgraph saved list -o md -f cookbook.md");
        door.On(command, static async (session, _, cancellationToken) =>
        {
            if (session.Printer.Format == OutputFormat.Md)
            {
                await session.Printer.Output.WriteAsync(Cookbook.Markdown()).ConfigureAwait(false);
                return ExitCode.Done;
            }

            var kept = !GraphStores.IsFolder(session.StorePlace) ? await QueryCommand.StoreOf(session).SavedAsync(cancellationToken).ConfigureAwait(false) : [];
            var now = session.Terminal.Time.GetUtcNow();
            var answer = new Answer<SavedQueriesAnswer>
            {
                Command = "saved list",
                AsOf = now,
                AsKnownAt = now,
                Profile = session.Ask.Profile.ToString(),
                Policy = session.Policy.Name,
                Store = StoreAnswer.NotFolded,
                Data = new SavedQueriesAnswer { Queries = [.. kept.Select(saved => Tell("store", Cookbook.Read(saved.Name, saved.Text), saved)), .. Cookbook.All.Select(recipe => Tell("cookbook", recipe, null))] },
            };
            return session.Answer(answer, "queries", AnswerJson.Default.AnswerSavedQueriesAnswer, data => Sheet.Of(
                $"{data.Queries.Count} queries",
                ["name", "from", "parameters", "purpose"],
                data.Queries.Select(query => new[] { query.Name, query.From, string.Join(", ", query.Parameters), query.Purpose }),
                "`idgraph saved run NAME --param NAME=VALUE` runs one on a store in Neo4j."));
        });
        return command;
    }

    private static ExampleCommand Add(Door door)
    {
        var name = new Argument<string>("name") { Description = "Letters, digits, `-` and `_`." };
        var statement = new Argument<string?>("cypher") { Description = "The statement; its first comment lines may say purpose, params and returns as the cookbook's do.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<FileInfo?>("--file") { Description = "File that holds the statement.", HelpName = "FILE" };
        var replace = new Option<bool>("--replace") { Description = "Put it in the place of one of that name." };
        var command = new ExampleCommand(
            "add",
            "Keep a query in a store in Neo4j, for everybody who uses it; it must only read.",
            "idgraph saved add guests \"MATCH (a:Account {store: $store, guest: true}) RETURN a.id AS id ORDER BY id\"") { name, statement, file, replace };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var called = parsed.GetRequiredValue(name);
            var text = (parsed.GetValue(statement), parsed.GetValue(file)) switch
            {
                ({ } given, null) => given,
                (null, { } path) => await File.ReadAllTextAsync(path.FullName, cancellationToken).ConfigureAwait(false),
                _ => throw new ConfigurationException("say either a statement or --file FILE"),
            };
            if (!Name().IsMatch(called) || text.Length > LongestText)
            {
                throw new ConfigurationException($"a query's name is 1 to 100 letters, digits, `-` and `_`, and its text at most {LongestText} characters");
            }

            CypherSecrets.Refuse(called);
            CypherSecrets.Refuse(text);
            var store = QueryCommand.StoreOf(session);
            await store.QueryAsync(new CypherQuestion { Statement = text, IsOnlyChecked = true, File = parsed.GetValue(file) is { } from ? $"`{from}`" : null, Parameters = Cookbook.ParametersIn(text).ToDictionary(parameter => parameter, _ => (object?)null) }, cancellationToken).ConfigureAwait(false);
            if (!await store.SaveAsync(called, text, session.Terminal.Environment.GetValueOrDefault("USER"), parsed.GetValue(replace), cancellationToken).ConfigureAwait(false))
            {
                throw new ConfigurationException($"another query is called `{called}`; name it differently, or replace it with --replace");
            }

            session.Printer.Say($"saved; run it with `{session.Next($"saved run {called}")}`");
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand Run(Door door)
    {
        var name = new Argument<string>("name") { Description = "Of a saved query or a recipe." };
        var limits = new QueryLimits();
        var command = new ExampleCommand("run", "Run a saved query or a recipe of the cookbook.", "idgraph saved run who-has-access --param id=aws:resource/ledger --store neo4j://graph.example:7687") { name };
        limits.AddTo(command);
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            return await RunAsync(session, QueryCommand.StoreOf(session), parsed.GetRequiredValue(name), limits.Of(parsed), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Of one that was kept with what looks like a secret in it, only its name and the way out.</summary>
    private static SavedQueryAnswer Tell(string from, CypherRecipe recipe, SavedQuery? saved)
    {
        var hidden = saved is not null && CypherSecrets.Find(recipe.Text) is { } sort
            ? $"not shown: it holds what looks like {sort}; replace that secret, and save the query anew with a parameter in its place (`saved add {recipe.Name} … --replace`)"
            : null;
        return new()
        {
            Name = recipe.Name,
            From = from,
            Purpose = hidden ?? recipe.Purpose,
            Parameters = hidden is null ? [.. Cookbook.ParametersIn(recipe.Text).Where(parameter => parameter != "store")] : [],
            Text = hidden ?? recipe.Text,
            SavedAt = saved?.SavedAt,
            SavedBy = saved?.SavedBy,
        };
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,100}$")]
    private static partial Regex Name();
}
