using System.Buffers.Binary;

namespace IdentityGraph.Bolt.Protocol;

/// <summary>
/// Agrees on a version. Four offers go out: the manifest (the server then lists what it speaks and the client chooses) and, for servers that do not know it,
/// ranges of versions. A server that shares none answers zero.
/// </summary>
internal static class Handshake
{
    private const uint Magic = 0x6060B017;
    private const uint ManifestV1 = 0x000001FF;
    private const uint Http = 0x48545450;
    private const int MostListed = 1024;

    /// <param name="stream">A new connection.</param>
    /// <param name="offered">Versions that may be used.</param>
    /// <param name="manifest">Whether the manifest is offered as well.</param>
    /// <param name="cancellationToken">Ends the wait; the connection cannot be used then.</param>
    /// <returns>The version both speak.</returns>
    public static async ValueTask<BoltVersion> AgreeAsync(Stream stream, IReadOnlyList<BoltVersion> offered, bool manifest, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Offer(offered, manifest), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        var answer = new byte[4];
        await ReadAsync(stream, answer, cancellationToken);
        switch (BinaryPrimitives.ReadUInt32BigEndian(answer))
        {
            case ManifestV1 when manifest:
                return await ChooseAsync(stream, offered, cancellationToken);
            case Http:
                throw new BoltProtocolException("the server answers HTTP: this is the port of its browser or API; Bolt is usually on port 7687");
            case 0:
                throw new BoltProtocolException($"the server speaks none of the Bolt versions {string.Join(", ", offered)}; Neo4j 5 or later is needed");
            default:
                var version = new BoltVersion(answer[3], answer[2]);
                return answer[0] == 0 && answer[1] == 0 && offered.Contains(version)
                    ? version
                    : throw new BoltProtocolException($"the server answers the handshake with {Convert.ToHexString(answer)}, which was not offered; is it a Bolt server?");
        }
    }

    /// <summary>Sixteen bytes of offers after the four that say Bolt.</summary>
    internal static byte[] Offer(IReadOnlyList<BoltVersion> offered, bool manifest)
    {
        var bytes = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Magic);
        var at = 4;
        if (manifest)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), ManifestV1);
            at += 4;
        }

        foreach (var (newest, back) in Ranges(offered).Take((bytes.Length - at) / 4))
        {
            (bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (back, newest.Minor, newest.Major);
            at += 4;
        }

        return bytes;
    }

    /// <summary>Runs of versions, newest first. 5.5, which nobody speaks, does not end a run: no server can answer it.</summary>
    private static IEnumerable<(BoltVersion Newest, byte Back)> Ranges(IReadOnlyList<BoltVersion> offered)
    {
        BoltVersion? newest = null;
        BoltVersion last = default;
        foreach (var version in offered.OrderDescending())
        {
            var follows = newest is not null && version.Major == last.Major && (last.Minor - version.Minor == 1 || (last.Minor == 6 && version.Minor == 4));
            if (newest is { } begun && !follows)
            {
                yield return (begun, (byte)(begun.Minor - last.Minor));
            }

            newest = follows ? newest : version;
            last = version;
        }

        if (newest is { } open)
        {
            yield return (open, (byte)(open.Minor - last.Minor));
        }
    }

    private static async ValueTask<BoltVersion> ChooseAsync(Stream stream, IReadOnlyList<BoltVersion> offered, CancellationToken cancellationToken)
    {
        var count = await ReadNumberAsync(stream, cancellationToken);
        if (count > MostListed)
        {
            throw new BoltProtocolException($"the server lists {count} ranges of versions");
        }

        var listed = new byte[4 * (int)count];
        await ReadAsync(stream, listed, cancellationToken);
        _ = await ReadNumberAsync(stream, cancellationToken); // capabilities of the server: none is used
        BoltVersion? best = null;
        foreach (var version in offered.OrderDescending())
        {
            for (var i = 0; i < listed.Length && best is null; i += 4)
            {
                best = version.Major == listed[i + 3] && version.Minor <= listed[i + 2] && version.Minor >= listed[i + 2] - listed[i + 1] ? version : null;
            }
        }

        var chosen = best ?? throw new BoltProtocolException($"the server speaks none of the Bolt versions {string.Join(", ", offered)}; Neo4j 5 or later is needed");
        await stream.WriteAsync(new byte[] { 0, 0, chosen.Minor, chosen.Major, 0 }, cancellationToken);
        return chosen;
    }

    /// <summary>A number in groups of seven bits, lowest first; the top bit of a byte says that another follows.</summary>
    private static async ValueTask<ulong> ReadNumberAsync(Stream stream, CancellationToken cancellationToken)
    {
        var (number, one) = (0UL, new byte[1]);
        for (var shift = 0; shift < 63; shift += 7)
        {
            await ReadAsync(stream, one, cancellationToken);
            number |= (ulong)(one[0] & 0x7F) << shift;
            if (one[0] < 0x80)
            {
                return number;
            }
        }

        throw new BoltProtocolException("the server sends a number without end in the handshake");
    }

    private static async ValueTask ReadAsync(Stream stream, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await stream.ReadExactlyAsync(bytes, cancellationToken);
        }
        catch (EndOfStreamException e)
        {
            throw new BoltConnectionException("the server closed the connection in the handshake; does it listen for Bolt here, and with TLS (bolt+s) or without (bolt)?", e);
        }
    }
}
