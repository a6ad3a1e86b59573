namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Relationships that were met, by the numbers of their ends, to see which stand twice. 20 to 60 bytes each, up to <see cref="Most"/>.</summary>
internal sealed class SeenRelations
{
    /// <summary>Beyond so many, repeats of what comes are no longer seen.</summary>
    public const int Most = 2_000_000;

    private readonly HashSet<(int Start, int End, int Kind)> _seen = [];
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private (string? Kind, int Number) _last;

    /// <summary>Whether some were met that are not remembered.</summary>
    public bool Forgets { get; private set; }

    /// <summary>Remembers a relationship.</summary>
    /// <returns>Whether it is the first between the two of that kind, as far as is remembered.</returns>
    public bool Add(int start, int end, string kind)
    {
        var one = (start, end, NumberOf(kind));
        if (_seen.Count < Most)
        {
            return _seen.Add(one);
        }

        Forgets = true;
        return !_seen.Contains(one);
    }

    private int NumberOf(string kind)
    {
        if (!ReferenceEquals(kind, _last.Kind))
        {
            if (!_kinds.TryGetValue(kind, out var number))
            {
                _kinds[kind] = number = _kinds.Count;
            }

            _last = (kind, number);
        }

        return _last.Number;
    }
}
