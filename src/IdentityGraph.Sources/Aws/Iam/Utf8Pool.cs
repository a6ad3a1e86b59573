using System.Diagnostics.CodeAnalysis;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>What was read from bytes, found again by the same bytes. Remembers so many bytes and no more; what comes later is read anew.</summary>
/// <param name="most">Bytes remembered.</param>
internal sealed class Utf8Pool<T>(long most)
{
    private readonly Dictionary<byte[], T> _known = new(Utf8Comparer.Instance);
    private long _left = most;

    /// <summary>What was found last: as often as not it is asked for again at once.</summary>
    private byte[]? _lastBytes;
    private T? _last;

    public bool TryGet(ReadOnlySpan<byte> bytes, [MaybeNullWhen(false)] out T value)
    {
        if (_lastBytes is { } last && bytes.SequenceEqual(last))
        {
            value = _last!;
            return true;
        }

        if (!_known.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(bytes, out var known, out value))
        {
            return false;
        }

        (_lastBytes, _last) = (known, value);
        return true;
    }

    /// <returns>Whether it is remembered.</returns>
    public bool Keep(ReadOnlySpan<byte> bytes, T value)
    {
        if (bytes.Length > _left)
        {
            return false;
        }

        _left -= bytes.Length;
        (_lastBytes, _last) = (bytes.ToArray(), value);
        _known[_lastBytes] = value;
        return true;
    }
}

/// <summary>Equality of bytes.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static Utf8Comparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => ByteHash.Of(alternate);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
