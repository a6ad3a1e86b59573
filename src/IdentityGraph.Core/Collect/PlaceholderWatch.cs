using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace IdentityGraph.Collect;

/// <summary>
/// Notices ids that edges name and no line describes. Bounded: ids are remembered as 64-bit hashes, at most <see cref="MostIds"/>
/// of them, after which it gives up and says so rather than grow.
/// </summary>
public sealed class PlaceholderWatch
{
    /// <summary>About 100 MB of hashes.</summary>
    public const int MostIds = 4_000_000;

    /// <summary>Named ones kept by name.</summary>
    public const int MostListed = 1_000;

    // Whether a line describes it; an id that only edges name says false.
    private readonly Dictionary<ulong, bool> _described = [];
    private readonly Dictionary<ulong, string> _waiting = [];

    /// <summary>Whether there were too many ids to tell.</summary>
    public bool GaveUp { get; private set; }

    public void See(Observation observation)
    {
        if (GaveUp)
        {
            return;
        }

        switch (observation)
        {
            case Observation.SawNode node:
                var described = HashOf(node.Id);
                _described[described] = true;
                _waiting.Remove(described);
                break;
            case Observation.SawEdge edge:
                Name(edge.Of);
                Name(edge.To);
                break;
            default:
                return;
        }

        if (_described.Count > MostIds)
        {
            GaveUp = true;
            _described.Clear();
            _described.TrimExcess();
            _waiting.Clear();
        }
    }

    /// <summary>How many ids were named and not described.</summary>
    public int Count => _described.Count(id => !id.Value);

    /// <summary>The first of them in the order they were named, at most <see cref="MostListed"/>, sorted.</summary>
    public IReadOnlyList<string> Listed() => [.. _waiting.Values.Order(StringComparer.Ordinal)];

    private static ulong HashOf(string id)
    {
        // Two ids of one hash would at worst hide one placeholder in this listing; the graph itself compares whole ids.
        const ulong odd = 0x9E3779B97F4A7C15UL;
        var rest = MemoryMarshal.AsBytes((id.IsNormalized(NormalizationForm.FormC) ? id : id.Normalize(NormalizationForm.FormC)).AsSpan());
        var hash = (ulong)rest.Length;
        while (rest.Length >= sizeof(ulong))
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(rest)) * odd;
            rest = rest[sizeof(ulong)..];
        }

        foreach (var one in rest)
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ one) * odd;
        }

        hash = (hash ^ (hash >> 32)) * odd;
        return hash ^ (hash >> 29);
    }

    private void Name(string id)
    {
        var hash = HashOf(id);
        if (_described.TryAdd(hash, false) && _waiting.Count < MostListed)
        {
            _waiting[hash] = id;
        }
    }
}
