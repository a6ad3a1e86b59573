using System.Reflection;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Every extension whose kinds are known, one file of `Tables/` each: the place to add one.</summary>
internal static class ExtensionTables
{
    private static readonly string[] s_names = ["1password", "ansible", "github", "mssql", "okta", "secrethound", "snowflake", "tailscale"];

    public static IReadOnlyList<ExtensionTable> All { get; } = [.. s_names.Select(name => TableFile.Read(Text(name)))];

    private static readonly Dictionary<string, (ExtensionTable Table, NodeRow Row)> s_nodes =
        All.SelectMany(table => table.Nodes.Select(row => (table, row))).ToDictionary(pair => pair.row.Kind, pair => (pair.table, pair.row), StringComparer.Ordinal);

    private static readonly Dictionary<string, (ExtensionTable Table, EdgeRow[] Rows)> s_edges =
        All.SelectMany(table => table.Edges.GroupBy(row => row.Kind, StringComparer.Ordinal).Select(group => (table, group)))
            .ToDictionary(pair => pair.group.Key, pair => (pair.table, pair.group.ToArray()), StringComparer.Ordinal);

    /// <summary>The row of a node kind, and the table it stands in; null: no table has it.</summary>
    public static (ExtensionTable Table, NodeRow Row)? FindNode(string kind) => s_nodes.TryGetValue(kind, out var found) ? found : null;

    /// <summary>The table that has rows of the relationship, whatever its ends; null: none.</summary>
    public static ExtensionTable? FindEdge(string kind) => s_edges.TryGetValue(kind, out var found) ? found.Table : null;

    /// <summary>The first row of the relationship that fits both ends; null: none does.</summary>
    /// <param name="kind">The relationship.</param>
    /// <param name="starts">Every kind of its start.</param>
    /// <param name="ends">Every kind of its end.</param>
    public static EdgeRow? FindEdge(string kind, IReadOnlyList<string> starts, IReadOnlyList<string> ends)
    {
        if (s_edges.TryGetValue(kind, out var found))
        {
            foreach (var row in found.Rows)
            {
                if (Fits(row.Starts, starts) && Fits(row.Ends, ends))
                {
                    return row;
                }
            }
        }

        return null;
    }

    private static bool Fits(IReadOnlyList<string> wanted, IReadOnlyList<string> kinds)
    {
        if (wanted.Count == 0)
        {
            return true;
        }

        // By index: an enumerator of each list would be made for every relationship.
        for (var i = 0; i < kinds.Count; i++)
        {
            for (var j = 0; j < wanted.Count; j++)
            {
                if (wanted[j] == kinds[i])
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"opengraph/{name}.table")
            ?? throw new InvalidOperationException($"the table `{name}` is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
