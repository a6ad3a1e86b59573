using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>Where a shared store is: `neo4j://host:7687`, with the database after it and the store's name in `?store=NAME` where it is not the usual one.</summary>
/// <param name="Server">Scheme, host and port.</param>
/// <param name="Database">Null: the user's home database.</param>
/// <param name="Store">Several stores may share one database.</param>
internal sealed record Neo4jPlace(string Server, string? Database, string Store)
{
    public const string UsualStore = "idgraph";

    private static readonly string[] s_schemes = ["neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"];

    /// <summary>As people write it.</summary>
    public string Text => Server + (Database is null ? "" : $"/{Uri.EscapeDataString(Database)}") + (Store == UsualStore ? "" : $"?store={Uri.EscapeDataString(Store)}");

    /// <summary>Whether a store's place is a server's.</summary>
    public static bool Is(string place) => s_schemes.Any(scheme => place.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="StoreException">It is no address, or holds a password; which is not shown.</exception>
    public static Neo4jPlace Parse(string place)
    {
        if (!Uri.TryCreate(place, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new StoreException("the address of the Neo4j store cannot be read; write neo4j://host:7687");
        }

        var server = $"{uri.Scheme}://{(uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.Host.Trim('[', ']')}]" : uri.Host)}{(uri.Port > 0 ? $":{uri.Port}" : "")}";
        if (uri.UserInfo.Length > 0)
        {
            throw new StoreException($"the address of the store at `{server}` names a user or a password; it would stand in logs and histories. Leave it out, and set neo4j:user and neo4j:password (IDGRAPH__Neo4j__User, IDGRAPH__Neo4j__Password=env:NAME)");
        }

        var database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        if (database.Contains('/', StringComparison.Ordinal) || uri.Fragment.Length > 0)
        {
            throw new StoreException($"the address of the store at `{server}` has more than a database after the port; write {server}/DATABASE?store=NAME");
        }

        return new Neo4jPlace(server, database.Length == 0 ? null : database, NameIn(uri.Query, server));
    }

    private static string NameIn(string query, string server)
    {
        if (query.Length <= 1)
        {
            return UsualStore;
        }

        var name = query.StartsWith("?store=", StringComparison.Ordinal) && !query.Contains('&', StringComparison.Ordinal) ? Uri.UnescapeDataString(query["?store=".Length..]) : "";
        return name.Length is > 0 and <= 100 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? name
            : throw new StoreException($"what follows `?` in the address of the store at `{server}` is not understood; write ?store=NAME, letters, digits, `-`, `_` and `.`");
    }
}
