using System.Security.Cryptography;
using System.Text;

namespace IdentityGraph.Graph.Columns;

/// <summary>
/// The name of the folded facts: SHA-256 over nodes, edges, claims, statements and coverage in sorted order, each written out in
/// full. Record times, run numbers and evidence are left out: two stores that fold the same facts give one name.
/// </summary>
internal static class SnapshotHash
{
    private const string Version = "identitygraph-facts-1";

    /// <summary>What is written is a few bytes at a time; the hash takes them by the buffer.</summary>
    private const int BufferBytes = 1 << 16;

    public static string Of(SnapshotColumns columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var writer = new BinaryWriter(new BufferedStream(new HashStream(hash), BufferBytes), Encoding.UTF8);
        writer.Write(Version);
        foreach (var stream in columns.Streams)
        {
            WriteStream(writer, stream);
        }

        for (var node = 0; node < columns.Ids.Length; node++)
        {
            writer.Write(NodeKind.All[columns.KindOf(node)].Name);
            writer.Write(Fold.Nfc.Of(columns.Ids[node]));
            WriteSpans(writer, columns, columns.NodeSpans.AsSpan(columns.NodeSpanStarts[node]..columns.NodeSpanStarts[node + 1]));
            WriteStatements(writer, columns, columns.NodeStatements.Of(node));
        }

        for (var kind = 0; kind < columns.Kinds.Length; kind++)
        {
            var edges = columns.Kinds[kind];
            writer.Write(EdgeKind.All[kind].Name);
            for (var edge = edges.First; edge < edges.First + edges.Count; edge++)
            {
                writer.Write(columns.EdgeOf[edge]);
                writer.Write(columns.EdgeTo[edge]);
                writer.Write(columns.Keys[columns.EdgeKey[edge]]);
                WriteSpans(writer, columns, columns.EdgeSpans.AsSpan(columns.EdgeSpanStarts[edge]..columns.EdgeSpanStarts[edge + 1]));
                WriteStatements(writer, columns, columns.EdgeStatements.Of(edge));
            }
        }

        for (var edge = 0; edge < columns.Unread.Of.Length; edge++)
        {
            writer.Write(columns.Unread.Kind[edge]);
            writer.Write(columns.Unread.Of[edge]);
            writer.Write(columns.Unread.To[edge]);
            writer.Write(columns.Unread.Key[edge]);
            WriteSpans(writer, columns, columns.Unread.SpansOf(edge));
        }

        writer.Flush();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void WriteStream(BinaryWriter writer, StreamCoverage stream)
    {
        writer.Write(stream.Source);
        writer.Write(stream.Tenant);
        writer.Write(stream.Stream);
        writer.Write(stream.LastCompleteAt?.UtcTicks ?? Instants.Earliest);
        writer.Write(stream.LastReadAt?.UtcTicks ?? Instants.Earliest);
        writer.Write(stream.ReadWholeAt.Count == 0 ? Instants.Earliest : stream.ReadWholeAt[^1].UtcTicks);
        writer.Write(stream.Interval.Ticks);
        if (stream.HeldAt is { } held)
        {
            writer.Write(held.UtcTicks);
        }

        foreach (var kind in stream.States.Order(StringComparer.Ordinal))
        {
            writer.Write(kind);
        }

        writer.Write("");
    }

    private static void WriteSpans(BinaryWriter writer, SnapshotColumns columns, ReadOnlySpan<Span> spans)
    {
        var sorted = spans;
        if (spans.Length > 1)
        {
            var several = spans.ToArray();
            Array.Sort(several, Compare);
            sorted = several;
        }

        writer.Write(sorted.Length);
        foreach (ref readonly var span in sorted)
        {
            writer.Write(columns.Times[span.UnknownFrom]);
            writer.Write(columns.Times[span.From]);
            writer.Write(columns.Times[span.EndsNotBefore]);
            writer.Write(columns.Times[span.Until]);
            writer.Write(columns.Times[span.FirstAt]);
            writer.Write(columns.Times[span.LastAt]);
            writer.Write(span.Stream);
            writer.Write((byte)span.Grade);
            writer.Write((byte)span.Marks);
        }
    }

    private static int Compare(Span left, Span right) => (left.From, left.Until, left.FirstAt, left.LastAt, left.Stream, left.UnknownFrom, left.Grade)
        .CompareTo((right.From, right.Until, right.FirstAt, right.LastAt, right.Stream, right.UnknownFrom, right.Grade));

    private static void WriteStatements(BinaryWriter writer, SnapshotColumns columns, ReadOnlySpan<StatementRow> rows)
    {
        writer.Write(rows.Length);
        foreach (ref readonly var row in rows)
        {
            writer.Write(columns.PropertyNames[row.Property]);
            WriteValue(writer, columns.Values[row.Value]);
            writer.Write(columns.Times[row.From]);
            writer.Write(columns.Times[row.Until]);
            writer.Write(columns.Times[row.FirstAt]);
            writer.Write(columns.Times[row.LastAt]);
            writer.Write(row.Stream);
            writer.Write((byte)row.Grade);
            writer.Write((byte)row.Precision);
        }
    }

    private static void WriteValue(BinaryWriter writer, in PropertyValue value)
    {
        writer.Write((byte)value.Shape);
        switch (value.Shape)
        {
            case PropertyValue.ValueShape.Text or PropertyValue.ValueShape.Json:
                writer.Write(value.AsText()!);
                break;
            case PropertyValue.ValueShape.TextList:
                writer.Write(value.AsTexts().Count);
                foreach (var text in value.AsTexts())
                {
                    writer.Write(text);
                }

                break;
            case PropertyValue.ValueShape.Flag:
                writer.Write(value.AsFlag() is true);
                break;
            case PropertyValue.ValueShape.Number:
                writer.Write(value.AsNumber()!.Value);
                break;
        }
    }

    /// <summary>Passes what is written on to a hash.</summary>
    private sealed class HashStream(IncrementalHash hash) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => hash.AppendData(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => hash.AppendData(buffer);
    }
}
