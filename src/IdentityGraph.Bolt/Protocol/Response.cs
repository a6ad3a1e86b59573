using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Protocol;

/// <summary>What is expected for one request sent: any number of records, then success, failure, or word that it was ignored because something before it failed.</summary>
internal class Response
{
    /// <summary>Whether the last message of the answer has come.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether nobody waits for the answer any longer; what comes is passed over.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Whether the server passed over the request because one before it failed.</summary>
    public bool WasIgnored { get; private set; }

    /// <summary>Why the server refused; null when it did not.</summary>
    public BoltServerException? Failure { get; private set; }

    /// <summary>What the server said with its success; empty before that.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; private set; } = new Dictionary<string, object?>();

    /// <summary>Takes a record.</summary>
    /// <param name="reader">Stands before the list of the record's values.</param>
    public virtual void Record(ref PackReader reader) => throw new BoltProtocolException("the server sent a record where none was asked for");

    public virtual void Succeed(IReadOnlyDictionary<string, object?> metadata)
    {
        Metadata = metadata;
        IsDone = true;
    }

    public virtual void Fail(BoltServerException failure)
    {
        Failure = failure;
        IsDone = true;
    }

    public virtual void Ignore()
    {
        WasIgnored = true;
        IsDone = true;
    }

    public void Abandon() => IsAbandoned = true;

    /// <exception cref="BoltServerException">The server refused this request.</exception>
    public void ThrowIfRefused()
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        if (WasIgnored)
        {
            throw new BoltProtocolException("the server ignored a request though none before it had failed");
        }
    }
}
