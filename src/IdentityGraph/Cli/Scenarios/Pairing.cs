namespace IdentityGraph.Cli.Scenarios;

/// <summary>Gives each of some expectations an element of its own that fits it, as many as possible (augmenting paths).</summary>
internal sealed class Pairing
{
    private readonly bool[][] _fits;
    private readonly int[] _takenBy;
    private readonly int? _unpaired;

    public Pairing(int expected, int elements, Func<int, int, bool> fits)
    {
        _fits = [.. Enumerable.Range(0, expected).Select(one => Enumerable.Range(0, elements).Select(element => fits(one, element)).ToArray())];
        _takenBy = [.. Enumerable.Repeat(-1, elements)];
        for (var one = 0; one < expected; one++)
        {
            if (!Pair(one, new bool[elements]))
            {
                _unpaired ??= one;
            }
        }
    }

    /// <summary>The first expectation that no element is left for; null: each has one.</summary>
    public int? Unpaired() => _unpaired;

    /// <summary>Elements that nothing expects.</summary>
    public IEnumerable<int> Free() => Enumerable.Range(0, _takenBy.Length).Where(element => _takenBy[element] < 0);

    private bool Pair(int one, bool[] tried)
    {
        for (var element = 0; element < _takenBy.Length; element++)
        {
            if (_fits[one][element] && !tried[element])
            {
                tried[element] = true;
                if (_takenBy[element] < 0 || Pair(_takenBy[element], tried))
                {
                    _takenBy[element] = one;
                    return true;
                }
            }
        }

        return false;
    }
}
