namespace IdentityGraph.Bolt;

/// <summary>The server refused, and said why. The statement's transaction is rolled back; the connection stays usable.</summary>
public class BoltServerException : BoltException
{
    private readonly bool? _retryable;

    internal BoltServerException(string code, string message, string gqlStatus, string description, BoltServerException? cause = null, bool? retryable = null)
        : base(message, cause)
    {
        (Code, GqlStatus, Description, _retryable) = (Renamed(code), gqlStatus, description, retryable);
    }

    /// <summary>Neo4j's code: <c>Neo.ClientError.Statement.SyntaxError</c>. Empty for a cause, which has only a GQL status.</summary>
    public string Code { get; }

    /// <summary>Status code of the GQL standard (ISO/IEC 39075), five characters; <c>50N42</c> where the server gave none (before Bolt 5.7).</summary>
    public string GqlStatus { get; }

    /// <summary>What the GQL status means, in a sentence.</summary>
    public string Description { get; }

    /// <summary>What caused it, where the server says (from Bolt 5.7).</summary>
    public BoltServerException? Cause => (BoltServerException?)InnerException;

    /// <inheritdoc />
    public override bool IsRetryable => _retryable ?? (Code.StartsWith("Neo.TransientError.", StringComparison.Ordinal) || Code is
        "Neo.ClientError.Cluster.NotALeader" or
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase" or
        "Neo.ClientError.Security.AuthorizationExpired");

    /// <summary>Whether the server will not hear this connection any longer.</summary>
    internal bool EndsConnection => Code.StartsWith("Neo.ClientError.Security.", StringComparison.Ordinal) && Code is not "Neo.ClientError.Security.Forbidden";

    /// <summary>Two transient codes mean that somebody ended the transaction on purpose: running it again would go against that.</summary>
    private static string Renamed(string code) => code switch
    {
        "Neo.TransientError.Transaction.Terminated" => "Neo.ClientError.Transaction.Terminated",
        "Neo.TransientError.Transaction.LockClientStopped" => "Neo.ClientError.Transaction.LockClientStopped",
        _ => code,
    };
}

/// <summary>The server did not accept who we say we are.</summary>
public sealed class BoltAuthenticationException : BoltServerException
{
    internal BoltAuthenticationException(string code, string message, string gqlStatus, string description, BoltServerException? cause)
        : base(code, message, gqlStatus, description, cause, retryable: false)
    {
    }
}
