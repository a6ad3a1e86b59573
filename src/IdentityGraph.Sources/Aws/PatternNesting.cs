using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Which patterns take in which others. Only patterns that begin alike are compared: the wide ones are looked up by what stands before
/// their first wildcard. Past its budget a pattern is left open, never taken for being in none.
/// </summary>
/// <param name="wide">Patterns with wildcards and their node ids.</param>
/// <param name="most">Comparisons of about a thousand pairs of characters each; a shorter one counts as one.</param>
internal sealed class PatternNesting(IEnumerable<(string Pattern, string Node)> wide, long most = PatternNesting.MostWork)
{
    /// <summary>About a second.</summary>
    public const long MostWork = 8_000_000;

    /// <summary>Pairs that are stated in one service; chains of patterns one in the other have as many as the square of their length.</summary>
    private const int MostPairs = 500_000;

    private readonly Dictionary<string, List<(string Pattern, string Node)>> _byBeginning = wide
        .GroupBy(outer => Beginning(outer.Pattern), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    private readonly List<string> _uncompared = [];
    private long _left = most;
    private int _pairs;

    /// <summary>Nodes of which it is not known what takes them in; whole once <see cref="Pairs"/> was read to its end.</summary>
    public IReadOnlyList<string> Uncompared => _uncompared;

    /// <summary>Node ids, the wider first.</summary>
    public IEnumerable<(string Outer, string Inner)> Pairs(IEnumerable<KeyValuePair<string, string>> patterns)
    {
        if (_byBeginning.Count == 0)
        {
            yield break;
        }

        var lengths = _byBeginning.Keys.Select(beginning => beginning.Length).Distinct().Order().ToArray();
        foreach (var (pattern, node) in patterns)
        {
            var outers = Around(pattern, node, lengths);
            if (outers is null)
            {
                _uncompared.Add(node);
                continue;
            }

            _pairs += outers.Count;
            foreach (var outer in outers)
            {
                yield return (outer, node);
            }
        }
    }

    /// <summary>The patterns that take it in; null where that is too much to find out.</summary>
    private List<string>? Around(string pattern, string node, int[] lengths)
    {
        List<string> outers = [];
        var byBeginning = _byBeginning.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in lengths)
        {
            if (length > pattern.Length)
            {
                break;
            }

            _left -= 1 + (length >> 6);
            foreach (var outer in byBeginning.TryGetValue(pattern.AsSpan(0, length), out var found) ? found : [])
            {
                _left -= 1 + (((long)outer.Pattern.Length * pattern.Length) >> 10);
                if (_left < 0)
                {
                    return null;
                }

                if (outer.Node != node && Glob.IsMatch(outer.Pattern, pattern))
                {
                    outers.Add(outer.Node);
                }
            }
        }

        return _left < 0 || _pairs + outers.Count > MostPairs ? null : outers;
    }

    private static string Beginning(string pattern) => pattern.AsSpan().IndexOfAny('*', '?') is >= 0 and var at ? pattern[..at] : pattern;
}
