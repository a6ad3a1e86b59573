using System.Text;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Names of properties that are read; all others are passed over unread. Compared without case, since BloodHound writes them small.</summary>
internal sealed class PropertyNames
{
    private const int Longest = 128;

    private readonly Dictionary<string, int> _numbers;
    private readonly List<string> _names;

    /// <summary>Names as files spell them, and their numbers: the first that fell on each place.</summary>
    private readonly (byte[]? Said, int Number)[] _met = new (byte[]?, int)[1 << 8];

    public PropertyNames(IEnumerable<string> names)
    {
        (_numbers, _names) = (new(StringComparer.Ordinal), []);
        foreach (var name in names)
        {
            Add(name);
        }
    }

    /// <summary>The same names in a list of its own, quicker than adding each.</summary>
    public PropertyNames(PropertyNames others) => (_numbers, _names) = (new(others._numbers, StringComparer.Ordinal), [.. others._names]);

    public int Count => _names.Count;

    /// <summary>Whether what bears the name is read where it is a list.</summary>
    public bool IsList(int number) => _names[number] is "ekus" or "effectiveekus";

    public string this[int number] => _names[number];

    /// <summary>Number of the name, new or old.</summary>
    public int Add(string name)
    {
        var small = name.ToLowerInvariant();
        if (!_numbers.TryGetValue(small, out var number))
        {
            number = _names.Count;
            _names.Add(small);
            _numbers.Add(small, number);
            Array.Clear(_met);
        }

        return number;
    }

    /// <summary>Number of the name; -1 where it is not read.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name.ToLowerInvariant(), -1);

    /// <summary>The same for a name as it stands in the file.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="hash">Their <see cref="Records.JsonRepeats.Hash"/>.</param>
    public int Find(ReadOnlySpan<byte> utf8, int hash)
    {
        if (utf8.Length > Longest)
        {
            return -1;
        }

        ref var met = ref _met[(uint)hash >> 24];
        if (met.Said is null)
        {
            met = (utf8.ToArray(), Look(utf8));
        }

        return utf8.SequenceEqual(met.Said) ? met.Number : Look(utf8);
    }

    private int Look(ReadOnlySpan<byte> utf8)
    {
        Span<char> small = stackalloc char[Longest];
        for (var i = 0; i < utf8.Length; i++)
        {
            var letter = utf8[i];
            if (letter >= 0x80)
            {
                return Find(Encoding.UTF8.GetString(utf8));
            }

            small[i] = (char)(letter is >= (byte)'A' and <= (byte)'Z' ? letter | 0x20 : letter);
        }

        return _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(small[..utf8.Length], out var number) ? number : -1;
    }
}
