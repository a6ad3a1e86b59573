using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Protocol;

/// <summary>
/// The answer to a PULL: records, then whether there are more. Records that come before anybody reads them, because the connection is read
/// for something after them, are held as they came; never more than were asked for.
/// </summary>
/// <param name="limits">What is too much.</param>
/// <param name="interner">Of the connection.</param>
/// <param name="most">How many records were asked for.</param>
internal sealed class RecordStream(BoltLimits limits, StringInterner interner, int most) : Response
{
    private readonly Queue<byte[]> _held = new();
    private int _count;

    /// <summary>Who takes the records; null while nobody reads.</summary>
    public RecordTarget? Target { get; private set; }

    /// <summary>Names of the fields; null until the server has taken the statement, which is before any record.</summary>
    public FieldNames? Names { get; set; }

    /// <summary>Whether a record came.</summary>
    public bool HadRecords => _count > 0;

    /// <summary>Whether the server has more records than it was asked for.</summary>
    public bool HasMore => Metadata.GetValueOrDefault("has_more") is true;

    /// <summary>Gives what is held, and everything that comes, to <paramref name="target"/>.</summary>
    public void ReadBy(RecordTarget target)
    {
        Target = target;
        while (_held.TryDequeue(out var record))
        {
            var reader = new PackReader(record, limits, interner);
            Take(ref reader, target);
        }
    }

    public override void Record(ref PackReader reader)
    {
        if (_count == most)
        {
            throw new BoltProtocolException($"the server sent more than the {most} record(s) it was asked for");
        }

        _count++;
        if (Target is { } target)
        {
            Take(ref reader, target);
        }
        else
        {
            _held.Enqueue(reader.Rest.ToArray());
        }
    }

    private void Take(ref PackReader reader, RecordTarget target)
    {
        if (Names is null || !reader.TryReadListOf(Names.Count))
        {
            throw new BoltProtocolException($"the server sent a record that has not the {Names?.Count} value(s) it announced");
        }

        target.Take(ref reader);
        if (!reader.AtEnd)
        {
            throw new InvalidOperationException("a record was not read to its end; a sink reads or skips every field");
        }
    }
}

/// <summary>Takes records one by one, straight from the connection's buffer.</summary>
internal abstract class RecordTarget
{
    public abstract void Take(ref PackReader reader);
}

/// <summary>Makes an object of each record and keeps them in order.</summary>
internal sealed class RecordQueue(FieldNames names) : RecordTarget
{
    private readonly Queue<BoltRecord> _records = new();

    public override void Take(ref PackReader reader)
    {
        var values = names.Count == 0 ? [] : new object?[names.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadValue();
        }

        if (!reader.AtEnd)
        {
            throw new BoltProtocolException("the server sent a record with more behind its last value");
        }

        _records.Enqueue(new(names, values));
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BoltRecord? record) => _records.TryDequeue(out record);
}

/// <summary>Columns without the indirection of an interface.</summary>
internal readonly struct DirectColumns(Columns.RecordColumns columns) : Columns.IRecordSink
{
    public void Begin(IReadOnlyList<string> names) => columns.Begin(names);

    public void Record(ref PackReader reader) => columns.Record(ref reader);
}

/// <summary>Gives records to what the caller supplied.</summary>
internal sealed class SinkTarget<TSink>(TSink sink) : RecordTarget
    where TSink : Columns.IRecordSink
{
    private TSink _sink = sink;

    public override void Take(ref PackReader reader) => _sink.Record(ref reader);
}
