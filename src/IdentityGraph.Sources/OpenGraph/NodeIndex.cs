using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Which kind each node of the import has, by id: 26 to 31 bytes a node, whatever its id, and 4 more where the texts of some ids are asked
/// for again. It does not grow with the relationships.
/// </summary>
/// <param name="most">Ids beyond which the import is refused.</param>
internal sealed class NodeIndex(int most) : IDisposable
{
    /// <summary>Ends that are kept: a few hundred bytes each.</summary>
    private const int MostKept = 1 << 15;

    private readonly Column<uint> _kinds = new();
    private readonly Column<uint> _places = new();
    private readonly TextShelf _texts = new();
    private (int Entry, ObjectEnd? End)[] _kept = new (int, ObjectEnd?)[1 << 6];

    /// <summary>What was looked at ahead comes to something here, so that it is looked at.</summary>
    private uint _met;

    /// <summary>The ids, by the numbers of their nodes.</summary>
    public IdTable Ids { get; } = new(most);

    /// <summary>Number of the id, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id) => Ids.Find(Fingerprint.Of(id));

    /// <summary>Numbers of many ids, or −1, looked up at once.</summary>
    public void Find(ReadOnlySpan<ObjectId> ids, Span<int> numbers)
    {
        Span<Fingerprint> fingerprints = stackalloc Fingerprint[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            fingerprints[i] = Fingerprint.Of(ids[i].Bytes);
        }

        Ids.Find(fingerprints, numbers);
        foreach (var number in numbers)
        {
            _met += number < 0 ? 0 : _kinds[number];
        }
    }

    /// <summary>Number of the id, new or old; whether it is new.</summary>
    public int Add(ReadOnlySpan<byte> id, int kind, out bool isNew)
    {
        var entry = Ids.Add(Fingerprint.Of(id), out isNew);
        if (isNew)
        {
            _kinds.Reach(entry + 1);
            _kinds[entry] = (uint)kind;
        }

        return entry;
    }

    /// <summary>Number of its <see cref="ObjectKind"/>, and what is noted beside it.</summary>
    public int this[int entry]
    {
        get => (int)_kinds[entry];
        set
        {
            _kinds[entry] = (uint)value;
            ref var kept = ref Kept(entry);
            kept = kept.Entry == entry ? default : kept;
        }
    }

    /// <summary>Raises a mark beside the kind.</summary>
    /// <returns>Whether it was down.</returns>
    public bool Mark(int entry, int mark)
    {
        ref var kind = ref _kinds[entry];
        var isDown = (kind & (uint)mark) == 0;
        kind |= (uint)mark;
        return isDown;
    }

    /// <summary>The id of a node whose text is kept.</summary>
    public string IdAt(int entry) => _texts.Read(_places[entry] - 1);

    /// <summary>Keeps the text of the node's id, which is not known from the index alone.</summary>
    public void KeepText(int entry, ReadOnlySpan<byte> id)
    {
        _places.Reach(entry + 1);
        if (_places[entry] == 0)
        {
            _places[entry] = _texts.AddNumbered(id);
        }
    }

    /// <summary>The node as an end, where it is kept and no kind was said of it since; else null.</summary>
    public ObjectEnd? EndOf(int entry) => Kept(entry) is { End: { } end } kept && kept.Entry == entry ? end : null;

    /// <summary>Keeps the node as an end, as long as no other takes its place.</summary>
    public void Keep(int entry, ObjectEnd end)
    {
        if (_kept.Length < MostKept && _kept.Length <= entry)
        {
            // What was kept is soon met again.
            _kept = new (int, ObjectEnd?)[Math.Min(MostKept, _kept.Length * 4)];
        }

        Kept(entry) = (entry, end);
    }

    /// <summary>Keeps the node as an end unless another has its place: of many nodes in a row most would be thrown out before they are asked for.</summary>
    public void KeepWhereFree(int entry, ObjectEnd end)
    {
        if (entry < MostKept)
        {
            Keep(entry, end);
        }
    }

    public void Dispose() => _texts.Dispose();

    private ref (int Entry, ObjectEnd? End) Kept(int entry) => ref _kept[entry & (_kept.Length - 1)];
}
