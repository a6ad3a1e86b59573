using IdentityGraph.Bolt;
using IdentityGraph.Bolt.PackStream;
using IdentityGraph.Bolt.Values;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Values as their PackStream bytes and back.</summary>
internal static class Packed
{
    public static byte[] Of(object? value) => Written(writer => writer.WriteValue(value));

    /// <summary>The bytes of one value, chunks and the message around it taken off.</summary>
    public static byte[] Written(Action<PackWriter> write) => Dechunked(Message(0x01, 1, write))[2..];

    /// <summary>A whole message, in chunks.</summary>
    public static byte[] Message(byte tag, int fields, Action<PackWriter> write)
    {
        using var buffer = new ChunkBuffer();
        var writer = new PackWriter(buffer);
        writer.BeginMessage(tag, fields);
        write(writer);
        writer.EndMessage();
        return buffer.Written.ToArray();
    }

    public static byte[] Dechunked(byte[] chunks)
    {
        List<byte> bytes = [];
        var at = 0;
        for (int size; (size = (chunks[at] << 8) | chunks[at + 1]) > 0; at += size + 2)
        {
            bytes.AddRange(chunks.AsSpan(at + 2, size));
        }

        Assert.Equal(chunks.Length, at + 2);
        return [.. bytes];
    }

    public static object? Read(byte[] bytes) => Read(bytes, BoltLimits.Default);

    public static object? Read(byte[] bytes, BoltLimits limits)
    {
        var reader = new PackReader(bytes, limits, new StringInterner());
        var value = reader.ReadValue();
        return reader.AtEnd ? value : throw new BoltProtocolException("something stands behind the value");
    }

    /// <summary>Whether both are the same value all the way down; NaN is NaN.</summary>
    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) =>
            a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && Same(pair.Value, other)),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (BoltPoint a, BoltPoint b) => a == b,
        _ => Equals(left, right),
    };
}
