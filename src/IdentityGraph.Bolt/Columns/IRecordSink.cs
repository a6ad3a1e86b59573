using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Columns;

/// <summary>
/// Takes records straight from a connection's buffer, without an object a record. A struct that implements it is called without
/// indirection. <see cref="RecordColumns"/> is one that fills columns.
/// </summary>
public interface IRecordSink
{
    /// <summary>Told once, before the first record.</summary>
    /// <param name="names">Names of the fields, in order.</param>
    void Begin(IReadOnlyList<string> names);

    /// <summary>Takes a record. An exception thrown here ends the result and is passed on; its transaction is rolled back.</summary>
    /// <param name="reader">Stands before the first field; every field must be read or skipped.</param>
    void Record(ref PackReader reader);
}
