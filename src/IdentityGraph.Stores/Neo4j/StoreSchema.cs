using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>
/// The constraints a store rests on: without them two could make one store, and one run could stand there twice. Neo4j keeps silent where a
/// name is taken by another constraint, so that what is there is looked at.
/// </summary>
internal static class StoreSchema
{
    private static readonly (string File, string Name, string About)[] s_needed =
    [
        ("schema/store.cypher", "idg_store", "IdgStore name "),
        ("schema/run.cypher", "idg_run", "IdgRun store number "),
        ("schema/chunk.cypher", "idg_chunk", "IdgChunk store fence place "),
    ];

    /// <exception cref="StoreException">One of a name we need is somebody else's.</exception>
    public static async Task MakeAsync(StoreStatements statements, string location)
    {
        foreach (var (file, _, _) in s_needed)
        {
            await statements.WriteAsync(file, CancellationToken.None).ConfigureAwait(false);
        }

        if (await ProblemsAsync(statements, CancellationToken.None).ConfigureAwait(false) is [var missing, ..])
        {
            throw new StoreException($"no store can be made at `{location}`: {missing.Problem}; {missing.WayOut}");
        }
    }

    /// <summary>What is wrong, one a constraint, in the order of their names in the program.</summary>
    public static async Task<IReadOnlyList<StoreProblem>> ProblemsAsync(StoreStatements statements, CancellationToken cancellationToken)
    {
        var rows = await statements.ReadAsync("store/constraints.cypher", cancellationToken).ConfigureAwait(false);
        return Problems(rows.ToDictionary(row => (string)row[0]!, row => (string)row[1]!, StringComparer.Ordinal));
    }

    /// <param name="there">By the name of a constraint, the label and properties it is about, a blank behind each.</param>
    internal static IReadOnlyList<StoreProblem> Problems(IReadOnlyDictionary<string, string> there) =>
    [
        .. from needed in s_needed
           where there.GetValueOrDefault(needed.Name) != needed.About
           select there.TryGetValue(needed.Name, out var other)
               ? Problem($"the constraint `{needed.Name}` is about {other.TrimEnd()}, and a store needs it about {needed.About.TrimEnd()}: somebody else made it", $"`DROP CONSTRAINT {needed.Name}`, then `{Statement(needed.File)}`; runs that are there are not touched")
               : Problem($"the constraint `{needed.Name}` is not there, so that nothing keeps two writers from one place", $"`{Statement(needed.File)}`; runs that are there are not touched"),
    ];

    private static StoreProblem Problem(string problem, string wayOut) => new() { File = "the constraints of the database", Problem = problem, WayOut = wayOut };

    private static string Statement(string file) =>
        string.Join(' ', CypherFiles.Read(file).Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal) && line.Length > 0));
}
