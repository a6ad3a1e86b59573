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

    /// <summary>Ids looked up together: the memory that each waits for is then fetched while others wait.</summary>
    private const int Together = 64;

    // Flagged where a line describes it, and not where only edges name it.
    private readonly IdHashes _ids = new();
    private readonly Dictionary<ulong, string> _waiting = [];

    // Met but not yet looked up; the name is null where a line describes it.
    private readonly (ulong Hash, string? Name)[] _met = new (ulong, string?)[Together];
    private int _count;

    // The edges of one thing mostly follow each other, with one string for its id.
    private string? _lastStart;
    private bool _gaveUp;

    /// <summary>Whether there were too many ids to tell, or ids made to collide.</summary>
    public bool GaveUp
    {
        get
        {
            LookUp();
            return _gaveUp;
        }
    }

    public void See(Observation observation)
    {
        switch (observation)
        {
            case Observation.SawNode node:
                Meet(node.Id, null);
                break;
            case Observation.SawEdge edge:
                if (!ReferenceEquals(edge.Of, _lastStart))
                {
                    Meet(edge.Of, edge.Of);
                    _lastStart = edge.Of;
                }

                Meet(edge.To, edge.To);
                break;
            default:
                break;
        }
    }

    /// <summary>How many ids were named and not described.</summary>
    public int Count
    {
        get
        {
            LookUp();
            return _ids.Count - _ids.Flagged;
        }
    }

    /// <summary>The first of them in the order they were named, at most <see cref="MostListed"/>, sorted.</summary>
    public IReadOnlyList<string> Listed()
    {
        LookUp();
        return [.. _waiting.Values.Order(StringComparer.Ordinal)];
    }

    private void Meet(string id, string? name)
    {
        if (_gaveUp)
        {
            return;
        }

        // Two ids of one hash would at worst hide one placeholder in this listing; the graph itself compares whole ids.
        var compared = Ascii.IsValid(id) || id.IsNormalized(NormalizationForm.FormC) ? id : id.Normalize(NormalizationForm.FormC);
        _met[_count++] = (ShortHash.Of(MemoryMarshal.AsBytes(compared.AsSpan())), name);
        if (_count == Together)
        {
            LookUp();
        }
    }

    private void LookUp()
    {
        foreach (var (hash, name) in _met.AsSpan(0, _count))
        {
            if (name is null)
            {
                _ids.Add(hash, flag: true);
                if (_waiting.Count > 0)
                {
                    _waiting.Remove(hash);
                }
            }
            else if (_ids.Add(hash, flag: false) && _waiting.Count < MostListed)
            {
                _waiting[hash] = name;
            }
        }

        _count = 0;
        if (_ids.Count > MostIds || _ids.IsOverrun)
        {
            _gaveUp = true;
            _ids.Clear();
            _waiting.Clear();
        }
    }
}
