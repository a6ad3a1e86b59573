using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>The nodes that bear a text, by their numbers in the index: 26 to 31 bytes a text that one node bears, about 60 a node of others.</summary>
internal sealed class NodesByText
{
    private const int Nobody = 0;

    /// <summary>More than may be kept.</summary>
    private const int Cut = int.MinValue;

    private readonly IdTable _texts = new();

    /// <summary>The number of the one node, from 1; below 0: of a list, from −1.</summary>
    private readonly Column<int> _bearers = new();
    private readonly List<Candidates> _several = [];
    private readonly Candidates _cut = Candidates.TooMany();

    public bool IsEmpty => _texts.Count == 0;

    /// <summary>Notes a text that nodes are asked for by.</summary>
    public int Want(string text)
    {
        var number = _texts.Add(text, out var isNew);
        if (isNew)
        {
            _bearers.Add(Nobody);
        }

        return number;
    }

    /// <summary>Adds a node to a text that was noted.</summary>
    /// <param name="text">Another is passed over.</param>
    /// <param name="entry">Number of the node.</param>
    /// <param name="room">Nodes that may be kept still.</param>
    /// <returns>Whether the node is one of those kept for it.</returns>
    public bool Offer(string text, int entry, ref int room) => _texts.Find(text) is >= 0 and var number && Add(number, entry, ref room);

    /// <summary>Adds a node to a text by its number.</summary>
    /// <returns>Whether the node is one of those kept for it.</returns>
    public bool Add(int number, int entry, ref int room)
    {
        ref var bearer = ref _bearers[number];
        if (bearer == entry + 1 || (bearer is < 0 and not Cut && _several[-bearer - 1].Last == entry))
        {
            return true;
        }

        if (room == 0 || bearer == Cut)
        {
            bearer = Cut;
            return false;
        }

        room--;
        if (bearer == Nobody)
        {
            bearer = entry + 1;
            return true;
        }

        if (bearer > 0)
        {
            _several.Add(One(bearer - 1));
            bearer = -_several.Count;
        }

        _several[-bearer - 1].Add(entry);
        return true;
    }

    /// <summary>The nodes that bear the text; null where it was not noted.</summary>
    public Candidates? Find(string text)
    {
        if (_texts.Find(text) is not (>= 0 and var number))
        {
            return null;
        }

        return _bearers[number] switch
        {
            Nobody => new(),
            Cut => _cut,
            > 0 and var one => One(one - 1),
            var list => _several[-list - 1],
        };
    }

    private static Candidates One(int entry)
    {
        var one = new Candidates();
        one.Add(entry);
        return one;
    }
}
