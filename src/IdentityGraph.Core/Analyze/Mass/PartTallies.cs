namespace IdentityGraph.Analyze.Mass;

/// <summary>What parts count as and how often, collected part after part.</summary>
/// <param name="parts">How many.</param>
internal sealed class PartTallies(int parts)
{
    private (int Class, int Times)[] _tallies = new (int, int)[parts];
    private int[] _classes = new int[16];
    private int _open;
    private int _count;

    /// <summary>Where the tallies of each part start; one more than there are parts.</summary>
    public int[] Start { get; } = new int[parts + 1];

    /// <summary>One more literal of the open part.</summary>
    /// <param name="number">As what it counts; below 0: as nothing.</param>
    public void Add(int number)
    {
        if (number < 0)
        {
            return;
        }

        if (_open == _classes.Length)
        {
            Array.Resize(ref _classes, _open * 2);
        }

        _classes[_open++] = number;
    }

    /// <summary>The next literal is of the next part.</summary>
    public void Close(int part)
    {
        var classes = _classes.AsSpan(0, _open);
        if (_open > 1)
        {
            classes.Sort();
        }

        for (var (first, next) = (0, 0); first < classes.Length; first = next)
        {
            for (next = first + 1; next < classes.Length && classes[next] == classes[first]; next++)
            {
            }

            if (_count == _tallies.Length)
            {
                Array.Resize(ref _tallies, Math.Max(16, _count * 2));
            }

            _tallies[_count++] = (classes[first], next - first);
        }

        (_open, Start[part + 1]) = (0, _count);
    }

    public (int Class, int Times)[] Take() => _tallies[.._count];
}
