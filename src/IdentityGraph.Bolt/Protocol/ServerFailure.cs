namespace IdentityGraph.Bolt.Protocol;

/// <summary>Reads why the server refused, in both spellings: code and message until 5.6, GQL status, description and causes from 5.7.</summary>
internal static class ServerFailure
{
    private const string GeneralStatus = "50N42";
    private const string GeneralDescription = "error: general processing exception - unexpected error.";
    private const int MostCauses = 32;

    public static BoltServerException Read(IReadOnlyDictionary<string, object?> failure)
    {
        var code = Text(failure, "neo4j_code") ?? Text(failure, "code") ?? "Neo.DatabaseError.General.UnknownError";
        var message = Text(failure, "message") ?? "the server gave no message";
        var status = Text(failure, "gql_status") ?? GeneralStatus;
        var description = Text(failure, "description") ?? GeneralDescription;
        var cause = Cause(failure, MostCauses);
        return code is "Neo.ClientError.Security.Unauthorized" or "Neo.ClientError.Security.CredentialsExpired" or "Neo.ClientError.Security.TokenExpired" or "Neo.ClientError.Security.AuthenticationRateLimit"
            ? new BoltAuthenticationException(code, message, status, description, cause)
            : new BoltServerException(code, message, status, description, cause);
    }

    private static BoltServerException? Cause(IReadOnlyDictionary<string, object?> failure, int left) =>
        left > 0 && failure.GetValueOrDefault("cause") is IReadOnlyDictionary<string, object?> cause
            ? new("", Text(cause, "message") ?? "", Text(cause, "gql_status") ?? GeneralStatus, Text(cause, "description") ?? GeneralDescription, Cause(cause, left - 1), retryable: false)
            : null;

    private static string? Text(IReadOnlyDictionary<string, object?> map, string name) => map.GetValueOrDefault(name) as string;
}
