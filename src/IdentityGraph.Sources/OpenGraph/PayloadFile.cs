using System.Buffers;
using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>A file of the import with what it seems to hold.</summary>
/// <param name="Entry">Where it is read.</param>
/// <param name="HasGraph">Whether it names nodes or edges.</param>
/// <param name="HasDefinition">Whether it names kinds as an extension definition does.</param>
/// <param name="SourceKind">`metadata.source_kind`; null: not said.</param>
internal sealed record PayloadFile(SharpHoundEntry Entry, bool HasGraph, bool HasDefinition, string? SourceKind)
{
    private const int Window = 32 << 10;

    /// <summary>Longest piece of text looked for, so that none is lost between two windows.</summary>
    private const int Overlap = 512;

    /// <summary>Entries of lists that cannot be read where they stand, by their position, bit by bit.</summary>
    public Dictionary<long, ulong> Waiting { get; } = [];

    /// <summary>Whether it has escapes: names of members may be written with them.</summary>
    public bool HasEscapes { get; init; }

    /// <summary>Looks through the bytes of a file, so that what it unpacks to is measured before anything of the import is committed.</summary>
    public static PayloadFile Scan(SharpHoundEntry entry, CancellationToken cancellationToken)
    {
        using var stream = entry.Open();
        var buffer = ArrayPool<byte>.Shared.Rent(Window + Overlap);
        var (kept, graph, definition, escapes) = (0, false, false, false);
        string? source = null;
        while (stream.ReadAtLeast(buffer.AsSpan(kept, Window), Window, throwOnEndOfStream: false) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = buffer.AsSpan(0, kept + read);
            graph = graph || bytes.IndexOf("\"nodes\""u8) >= 0 || bytes.IndexOf("\"edges\""u8) >= 0;
            definition = definition || bytes.IndexOf("\"relationship_kinds\""u8) >= 0 || bytes.IndexOf("\"node_kinds\""u8) >= 0;
            escapes = escapes || bytes.IndexOf("\\u00"u8) >= 0;
            source ??= SourceKindIn(bytes);
            kept = Math.Min(bytes.Length, Overlap);
            bytes[^kept..].CopyTo(buffer);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return new(entry, graph, definition, source) { HasEscapes = escapes };
    }

    /// <summary>The same told by reading, where no name stands as it is usually written and some may stand with escapes.</summary>
    public PayloadFile Read(UnpackLimits limits, CancellationToken cancellationToken)
    {
        if (HasGraph || HasDefinition || !HasEscapes)
        {
            return this;
        }

        var (graph, definition) = (false, false);
        try
        {
            using var reader = new PayloadReader(Entry.Open(), limits, new PropertyNames(NodeMapping.Common), definitions: true, cancellationToken);
            while (reader.Next() is not PayloadPart.End and var part)
            {
                (graph, definition) = (graph || part != PayloadPart.Member, definition || part == PayloadPart.Member);
            }
        }
        catch (JsonException)
        {
            // What was found before the fault counts; reading it later says what the fault is.
        }

        return this with { HasGraph = graph, HasDefinition = definition };
    }

    /// <summary>Marks an entry to be read once every node is known.</summary>
    public void Wait(long index)
    {
        var word = Waiting.GetValueOrDefault(index >> 6);
        Waiting[index >> 6] = word | (1UL << (int)(index & 63));
    }

    public bool Waits(long index) => (Waiting.GetValueOrDefault(index >> 6) >> (int)(index & 63) & 1) != 0;

    /// <summary>The value behind the first `"source_kind"` that stands close behind `"metadata"`.</summary>
    private static string? SourceKindIn(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("\"source_kind\""u8);
        if (at < 0 || bytes[Math.Max(0, at - 200)..at].IndexOf("\"metadata\""u8) < 0)
        {
            return null;
        }

        var rest = bytes[(at + 13)..];
        var open = rest.IndexOf((byte)'"');
        if (open < 0 || open > 20 || rest[..open].IndexOfAnyExcept(": \t\r\n"u8) >= 0)
        {
            return null;
        }

        var value = rest[(open + 1)..];
        var close = value.IndexOf((byte)'"');
        return close is > 0 and <= 200 ? Encoding.UTF8.GetString(value[..close]) : null;
    }
}
