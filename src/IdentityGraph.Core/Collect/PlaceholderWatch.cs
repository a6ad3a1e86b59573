using System.Runtime.InteropServices;
using System.Text;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect;

/// <summary>
/// Notices ids that edges name and no line describes. Bounded: ids are remembered as 64-bit hashes, at most <see cref="MostIds"/>
/// of them, after which it gives up and says so rather than grow.
/// </summary>
public sealed class PlaceholderWatch
{
    /// <summary>At most 64 MiB of hashes, and half as much again while they grow.</summary>
    public const int MostIds = 4_000_000;

    /// <summary>Named ones kept by name.</summary>
    public const int MostListed = 1_000;

    // Flagged where a line describes it, and not where only edges name it.
    private readonly IdHashes _ids = new();
    private readonly Dictionary<ulong, string> _waiting = [];

    // The edges of one thing mostly follow each other, with one string for its id.
    private string? _lastStart;

    /// <summary>Whether there were too many ids to tell, or ids made to collide.</summary>
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
                _ids.Add(described, flag: true);
                if (_waiting.Count > 0)
                {
                    _waiting.Remove(described);
                }

                break;
            case Observation.SawEdge edge:
                if (!ReferenceEquals(edge.Of, _lastStart))
                {
                    Name(edge.Of);
                    _lastStart = edge.Of;
                }

                Name(edge.To);
                break;
            default:
                return;
        }

        if (_ids.Count > MostIds || _ids.IsOverrun)
        {
            GaveUp = true;
            _ids.Clear();
            _waiting.Clear();
        }
    }

    /// <summary>How many ids were named and not described.</summary>
    public int Count => _ids.Count - _ids.Flagged;

    /// <summary>The first of them in the order they were named, at most <see cref="MostListed"/>, sorted.</summary>
    public IReadOnlyList<string> Listed() => [.. _waiting.Values.Order(StringComparer.Ordinal)];

    private static ulong HashOf(string id)
    {
        // Two ids of one hash would at worst hide one placeholder in this listing; the graph itself compares whole ids.
        return ShortHash.Of(MemoryMarshal.AsBytes((id.IsNormalized(NormalizationForm.FormC) ? id : id.Normalize(NormalizationForm.FormC)).AsSpan()));
    }

    private void Name(string id)
    {
        var hash = HashOf(id);
        if (_ids.Add(hash, flag: false) && _waiting.Count < MostListed)
        {
            _waiting[hash] = id;
        }
    }
}
