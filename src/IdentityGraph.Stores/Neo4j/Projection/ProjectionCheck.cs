namespace IdentityGraph.Stores.Neo4j.Projection;

/// <summary>
/// Whether as much of the graph for Cypher is there as was written. Counts do not tell a value that somebody replaced; what they tell is what
/// was added and taken away.
/// </summary>
internal static class ProjectionCheck
{
    private const string Place = "the graph for Cypher";

    private const string Anew = "run `idgraph store project --anew`; answers do not depend on it";

    /// <summary>What is wrong with it; nothing where there is none yet.</summary>
    public static async Task<IReadOnlyList<StoreProblem>> ProblemsAsync(StoreStatements statements, CancellationToken cancellationToken)
    {
        var before = await KeptAsync(statements, cancellationToken).ConfigureAwait(false);
        var found = (await statements.ReadAsync(
            "project/counts.cypher",
            cancellationToken,
            ("nodes", ProjectionStatements.NodeNames),
            ("edges", ProjectionStatements.EdgeNames)).ConfigureAwait(false))[0];
        var (mislabelled, strangers) = ((long)found[4]!, (long)found[5]!);
        List<StoreProblem> problems = [];
        if (strangers > 0)
        {
            problems.Add(Told(
                $"{strangers} node(s) name this store and have the label of a kind, and are no `:Entity`: somebody else made them, and a statement that matches a kind alone finds them too",
                "match `:Entity` beside the kind, as `(:Entity:Account {store: $store})`, or take the property `store` of those nodes away"));
        }

        if (before != await KeptAsync(statements, cancellationToken).ConfigureAwait(false))
        {
            problems.Add(Told("it was written while it was counted, so that nothing is said of the counts", "run `idgraph store check` again"));
        }
        else if (before.IsHalf)
        {
            problems.Add(Told("it is half written, or being written now: nothing is said of how much of it is there", "run `idgraph store project` unless somebody else does"));
        }
        else if (before is { Run: not null, Version: Projector.Version })
        {
            problems.AddRange(Compare(before, found, mislabelled));
        }

        return problems;
    }

    /// <summary>What the store says of it.</summary>
    public static async Task<KeptProjection> KeptAsync(StoreStatements statements, CancellationToken cancellationToken) =>
        await statements.ReadAsync("project/kept.cypher", cancellationToken).ConfigureAwait(false) is [var row]
            ? new KeptProjection(row[0] as long?, row[1] as long?, row[2] is not null, row[3] is true, row[4] as string, row[5] as long?, row[6] as long?, row[7] as long?, row[8] as long?)
            : default;

    private static IEnumerable<StoreProblem> Compare(KeptProjection kept, IReadOnlyList<object?> found, long mislabelled)
    {
        (string What, long? Written, long There)[] counted =
        [
            ("entities", kept.Entities, (long)found[0]!),
            ("relationships", kept.Relationships, (long)found[1]!),
            ("revisions", kept.Revisions, (long)found[2]!),
            ("streams", kept.Streams, (long)found[3]!),
        ];
        foreach (var (what, written, there) in counted.Where(one => one.Written is not null && one.Written != one.There))
        {
            yield return Told($"{written} {what} were written and {there} are there: somebody else changed it", Anew);
        }

        if (mislabelled > 0)
        {
            yield return Told($"{mislabelled} of its entities have no id or not exactly one kind: somebody else changed them", Anew);
        }

        if (counted.Where(one => one.Written is null).Select(one => one.What).ToList() is { Count: > 0 } unknown)
        {
            yield return Told($"how many {string.Join(" and ", unknown)} it should have is not known: whoever wrote it kept no count", "run `idgraph store project`, which keeps it");
        }
    }

    private static StoreProblem Told(string problem, string wayOut) => new() { File = Place, Problem = problem, WayOut = wayOut, Harmless = true, OfGraph = true };
}

/// <summary>What a store says of the graph it shows, from when that was last finished.</summary>
/// <param name="Run">Number of the newest run in it; null: there is none yet.</param>
/// <param name="Version">Of its form.</param>
/// <param name="IsHalf">It was begun since and not finished.</param>
/// <param name="IsAnew">What was begun goes by no hash.</param>
/// <param name="At">When it was finished, RFC 3339 by the server's clock.</param>
/// <param name="Entities">How many were written; null: not known, as of the next ones.</param>
/// <param name="Relationships">How many.</param>
/// <param name="Revisions">How many.</param>
/// <param name="Streams">How many.</param>
internal readonly record struct KeptProjection(long? Run, long? Version, bool IsHalf, bool IsAnew, string? At, long? Entities, long? Relationships, long? Revisions, long? Streams);
