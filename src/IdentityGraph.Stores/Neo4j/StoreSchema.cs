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

        if (await MissingAsync(statements, CancellationToken.None).ConfigureAwait(false) is [var missing, ..])
        {
            throw new StoreException($"no store can be made at `{location}`: {missing}");
        }
    }

    /// <summary>What is wrong, a line a constraint.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(StoreStatements statements, CancellationToken cancellationToken)
    {
        var there = (await statements.ReadAsync("store/constraints.cypher", cancellationToken).ConfigureAwait(false)).ToDictionary(row => (string)row[0]!, row => (string)row[1]!, StringComparer.Ordinal);
        return
        [
            .. s_needed
                .Where(needed => there.GetValueOrDefault(needed.Name) != needed.About)
                .Select(needed => there.TryGetValue(needed.Name, out var other)
                    ? $"the constraint `{needed.Name}` is about {other.TrimEnd()}, and a store needs it about {needed.About.TrimEnd()}: somebody else made it; drop it, and run `{Statement(needed.File)}`"
                    : $"the constraint `{needed.Name}` is not there, so that nothing keeps two writers from one place: run `{Statement(needed.File)}`"),
        ];
    }

    private static string Statement(string file) =>
        string.Join(' ', CypherFiles.Read(file).Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal) && line.Length > 0));
}
