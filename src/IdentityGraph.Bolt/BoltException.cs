namespace IdentityGraph.Bolt;

/// <summary>Everything that can go wrong between here and a server; its kinds say what can be done about it.</summary>
public abstract class BoltException : Exception
{
    private protected BoltException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether the same work may succeed when its transaction is run again from the beginning.</summary>
    public virtual bool IsRetryable => false;
}

/// <summary>The server could not be reached, or the connection was lost. What was not committed is rolled back by the server.</summary>
public sealed class BoltConnectionException(string message, Exception? inner = null) : BoltException(message, inner)
{
    /// <inheritdoc />
    public override bool IsRetryable => true;
}

/// <summary>No connection of the pool became free in time: more sessions are at work than <see cref="BoltOptions.MaxConnections"/>.</summary>
public sealed class BoltPoolException(string message) : BoltException(message);

/// <summary>The other side does not keep to the protocol, or goes beyond <see cref="BoltLimits"/>. The connection is closed.</summary>
public sealed class BoltProtocolException(string message) : BoltException(message)
{
    /// <summary>Whether it was a message of more bytes than <see cref="BoltLimits.MaxMessageBytes"/>: what was asked for, perhaps, and too much of it.</summary>
    public bool IsTooLarge { get; init; }
}

/// <summary>A value is not of the type asked for, or of one that cannot be sent. The connection stays usable.</summary>
public sealed class BoltTypeException(string message) : BoltException(message);

/// <summary>
/// The connection was lost while a transaction was being committed: it may be committed or not. Whether running it again is harmless only
/// its author knows (<see cref="TransactionOptions.Repeatable"/>).
/// </summary>
public sealed class BoltCommitUnknownException(Exception inner)
    : BoltException("the connection was lost while the transaction was being committed: it may be committed or not; look at the data before it is run again", inner);
