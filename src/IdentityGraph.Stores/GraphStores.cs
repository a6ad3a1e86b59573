using IdentityGraph.Graph;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Stores.Neo4j;

namespace IdentityGraph.Stores;

/// <summary>Where a store is, as people write it: `./store`, `/var/lib/idgraph`, `file:/var/lib/idgraph`, `neo4j://host:7687`. One line per kind of store.</summary>
public static class GraphStores
{
    private const string Known = "known is a folder, as a path (`./store`) or as `file:/path/to/store`, and a Neo4j server, as `neo4j://host:7687` or `bolt://host:7687` (`+s` encrypted)";

    private static readonly string[] s_withoutColon = ["neo4j//", "neo4j+s//", "neo4j+ssc//", "bolt//", "bolt+s//", "bolt+ssc//"];

    /// <summary>Opens an existing store.</summary>
    /// <exception cref="StoreException">There is none, it cannot be read, or the URI names a kind of store that does not exist.</exception>
    public static IInspectableStore Open(string uri, StoreOptions? options = null) =>
        Neo4jPlace.Is(uri) ? Neo4jGraphStore.Open(uri, options) : EmbeddedGraphStore.Open(FolderOf(uri), options);

    /// <summary>Makes a new, empty store.</summary>
    /// <exception cref="StoreException">Something is there already, or the URI names a kind of store that does not exist.</exception>
    public static IInspectableStore Create(string uri, StoreOptions? options = null) =>
        Neo4jPlace.Is(uri) ? Neo4jGraphStore.Create(uri, options) : EmbeddedGraphStore.Create(FolderOf(uri), options);

    /// <summary>Whether a store is there, readable or not.</summary>
    public static bool Exists(string uri, StoreOptions? options = null) =>
        Neo4jPlace.Is(uri) ? Neo4jGraphStore.Exists(uri, options) : EmbeddedGraphStore.Exists(FolderOf(uri));

    /// <summary>Whether it is a folder, and no server.</summary>
    public static bool IsFolder(string uri) => !Neo4jPlace.Is(uri);

    /// <summary>The folder that a URI means.</summary>
    public static string FolderOf(string uri)
    {
        if (string.IsNullOrWhiteSpace(uri))
        {
            throw new StoreException($"no store is named; {Known}");
        }

        if (s_withoutColon.FirstOrDefault(server => uri.StartsWith(server, StringComparison.OrdinalIgnoreCase)) is { } mistyped)
        {
            throw new StoreException($"`{mistyped}…` is not a store this program knows; {Known}. The rest of it is not shown, because it may hold a password");
        }

        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        if (colon != 1 && uri.Contains("://", StringComparison.Ordinal) && !uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw Unknown(uri, colon);
        }

        // One letter before the colon is a drive (`C:\store`), not a scheme.
        if (colon < 2 || !IsScheme(uri.AsSpan(0, colon)))
        {
            return uri;
        }

        if (!uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw Unknown(uri, colon);
        }

        var path = uri["file:".Length..];
        if (!path.StartsWith("//", StringComparison.Ordinal))
        {
            return path.Length > 0 ? Uri.UnescapeDataString(path) : throw new StoreException($"`{uri}` names no folder; {Known}");
        }

        return Uri.TryCreate(uri, UriKind.Absolute, out var absolute) && absolute.Host.Length == 0 && absolute.LocalPath.Length > 1
            ? absolute.LocalPath
            : throw new StoreException($"`{uri}` names a folder of another host, or none; {Known}");
    }

    /// <summary>What stands before an `@` may be a password, and is not shown.</summary>
    private static StoreException Unknown(string uri, int colon) => new(uri.Contains('@', StringComparison.Ordinal)
        ? $"`{uri.AsSpan(0, colon)}:…` is not a store this program knows; {Known}. The rest of it is not shown, because it may hold a password"
        : $"`{uri}` is not a store this program knows; {Known}. A folder with a colon in its name is written `./{uri}`");

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }
}
