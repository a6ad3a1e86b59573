namespace IdentityGraph.Analyze.Mass;

/// <summary>Starts to be counted by targets: those that begin with one part are found by it; the others, which are few, are asked every time.</summary>
internal sealed class TargetStarts
{
    private readonly (int Target, int Place, int Class)[] _own;

    /// <param name="graph">Where.</param>
    /// <param name="free">Its part without joint parts.</param>
    /// <param name="starts">Each begins with something, and with nothing outside that part.</param>
    public TargetStarts(CondensedGraph graph, JointFree free, int[] starts)
    {
        All = starts;
        ByPart = Groups.Of(Array.ConvertAll(starts, start => graph.Starts[start] is [var only] ? only : -1), graph.Count);
        OfMany = [.. Enumerable.Range(0, starts.Length).Where(place => graph.Starts[starts[place]].Length > 1)];
        _own =
        [
            .. from place in Enumerable.Range(0, starts.Length)
               where graph.Own[starts[place]].Length > 0
               from own in graph.Own[starts[place]]
               let target = Array.BinarySearch(free.Targets, own.Part)
               where target >= 0
               orderby target
               select (target, place, own.Class),
        ];
    }

    public int[] All { get; }

    /// <summary>By part, places in <see cref="All"/>.</summary>
    public Groups ByPart { get; }

    /// <summary>Places of starts that begin with several parts.</summary>
    public int[] OfMany { get; }

    /// <summary>What of the targets from the first to before the end is some start's own, its place among all: does not count for it.</summary>
    public ReadOnlySpan<(int Target, int Place, int Class)> OwnAmong(int first, int end)
    {
        var from = FirstOf(first);
        return _own.AsSpan(from..FirstOf(end));
    }

    private int FirstOf(int target)
    {
        var (low, high) = (0, _own.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _own[middle].Target < target ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
