using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IdentityGraph.Stores.Neo4j.Projection;

/// <summary>Names content by 128 bits of its SHA-256, in 22 letters: equal names, equal content. Every value is written with its type and length.</summary>
internal static class RowHash
{
    private const int Letters = 22;

    public static string Of(params ReadOnlySpan<object?> values)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        foreach (var value in values)
        {
            Add(bytes, value);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, hash);
        return Convert.ToBase64String(hash[..16])[..Letters];
    }

    private static void Add(ArrayBufferWriter<byte> bytes, object? value)
    {
        switch (value)
        {
            case null:
                Number(bytes, 'n', 0);
                break;
            case string text:
                var length = Encoding.UTF8.GetByteCount(text);
                Number(bytes, 's', length);
                Encoding.UTF8.GetBytes(text, bytes.GetSpan(length));
                bytes.Advance(length);
                break;
            case bool flag:
                Number(bytes, 'b', flag ? 1 : 0);
                break;
            case long number:
                Number(bytes, 'i', number);
                break;
            case double number:
                Number(bytes, 'd', BitConverter.DoubleToInt64Bits(number));
                break;
            case DateTimeOffset instant:
                Number(bytes, 't', instant.UtcTicks);
                break;
            case IReadOnlyDictionary<string, object?> map:
                Number(bytes, 'm', map.Count);
                foreach (var (name, item) in map)
                {
                    Add(bytes, name);
                    Add(bytes, item);
                }

                break;
            case System.Collections.ICollection list:
                Number(bytes, 'l', list.Count);
                foreach (var item in list)
                {
                    Add(bytes, item);
                }

                break;
            default:
                throw new ArgumentException($"a `{value.GetType().Name}` is never projected", nameof(value));
        }
    }

    private static void Number(ArrayBufferWriter<byte> bytes, char type, long number)
    {
        var span = bytes.GetSpan(9);
        span[0] = (byte)type;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], number);
        bytes.Advance(9);
    }
}
