namespace IdentityGraph.Bolt.Protocol;

/// <summary>A statement that the server has taken and whose records are on their way.</summary>
/// <param name="Run">The answer to RUN.</param>
/// <param name="FirstBatch">The answer to the PULL sent with it.</param>
/// <param name="Names">Names of the fields.</param>
/// <param name="FetchSize">How many records a PULL asks for.</param>
internal sealed record PendingStatement(Response Run, RecordStream FirstBatch, FieldNames Names, int FetchSize)
{
    /// <summary>The server's number for the statement in its transaction; null where it has none.</summary>
    public long? Id => Run.Metadata.GetValueOrDefault("qid") as long?;

    public bool HadRecords { get; set; }
}

/// <summary>Who a result belongs to: the session for a statement of its own, else the transaction.</summary>
internal interface IResultOwner
{
    /// <summary>The result was read to its end.</summary>
    void Finished(BoltResult result, IReadOnlyDictionary<string, object?> metadata);

    /// <summary>Nothing more comes: the server refused, the connection was lost, or reading was broken off.</summary>
    void Failed(Exception e);
}
