using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>What a driver could not do, as the store says it: the server, the reason and the way out.</summary>
internal static class ServerRefusal
{
    /// <summary>The server answered, and refused.</summary>
    /// <param name="place">Which server.</param>
    /// <param name="options">Who signs in.</param>
    /// <param name="code">Neo4j's code.</param>
    /// <param name="refused">What the driver threw.</param>
    public static StoreException Of(Neo4jPlace place, StoreOptions options, string code, Exception refused) =>
        new($"Neo4j at `{place.Server}` refused: {refused.Message} ({code}); {WayOut(place, options, code)}", refused);

    /// <summary>It could not be reached, was lost, or is no such server.</summary>
    public static StoreException Unusable(Neo4jPlace place, Exception failed) =>
        new($"Neo4j at `{place.Server}` cannot be used: {failed.Message}; see that it runs and that --store names its Bolt address", failed);

    private static string WayOut(Neo4jPlace place, StoreOptions options, string code) => code switch
    {
        "Neo.ClientError.Security.Unauthorized" or "Neo.ClientError.Security.CredentialsExpired" or "Neo.ClientError.Security.AuthenticationRateLimit" =>
            options.Credentials is null
                ? "say who signs in with the settings neo4j:user and neo4j:password (IDGRAPH__Neo4j__User, IDGRAPH__Neo4j__Password=env:NAME)"
                : $"see that {options.Credentials} and the password that neo4j:password refers to are right",
        "Neo.ClientError.Security.Forbidden" => "the user may not do that; give it the rights to read, write and make constraints",
        "Neo.ClientError.Database.DatabaseNotFound" => $"there is no database `{place.Database}`; name another after the port, as in neo4j://host:7687/neo4j",
        _ => "see the server's log",
    };
}
