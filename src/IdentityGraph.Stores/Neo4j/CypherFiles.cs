namespace IdentityGraph.Stores.Neo4j;

/// <summary>The statements that are sent, as the files under `cypher/` hold them.</summary>
public static class CypherFiles
{
    private const string Prefix = "cypher/";

    /// <summary>Paths below `cypher/`, sorted.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(CypherFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>The text of one, its header as well.</summary>
    /// <param name="path">Below `cypher/`, such as `store/runs.cypher`.</param>
    public static string Read(string path)
    {
        using var stream = typeof(CypherFiles).Assembly.GetManifestResourceStream(Prefix + path)
            ?? throw new ArgumentException($"there is no statement `{path}`", nameof(path));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
