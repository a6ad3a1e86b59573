namespace IdentityGraph.Sources.OpenGraph;

/// <summary>The nodes that what an end is named by fits, by their numbers in the index; 4 to 8 bytes each.</summary>
internal sealed class Candidates
{
    private readonly List<int> _entries = [];
    private bool _isSorted;

    /// <summary>Whether there are more than may be kept.</summary>
    public bool IsCut { get; private init; }

    /// <summary>More than may be kept, whichever they are.</summary>
    public static Candidates TooMany() => new() { IsCut = true };

    /// <summary>Each once, in the order in which they were first described.</summary>
    public IReadOnlyList<int> Entries
    {
        get
        {
            if (!_isSorted)
            {
                var sorted = _entries.Distinct().Order().ToArray();
                _entries.Clear();
                _entries.AddRange(sorted);
                _isSorted = true;
            }

            return _entries;
        }
    }

    /// <summary>The node that was added last; −1: none.</summary>
    public int Last => _entries.Count > 0 ? _entries[^1] : -1;

    public void Add(int entry)
    {
        _entries.Add(entry);
        _isSorted = false;
    }
}
