using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Which patterns take in which others. Only patterns that begin or end alike are compared: the wide ones are looked up by what stands before
/// their first wildcard and behind the last. Past its budget a pattern is left open, never taken for being in none.
/// </summary>
/// <param name="wide">Patterns with wildcards and their positions among all.</param>
/// <param name="most">Comparisons of about a thousand pairs of characters each; a shorter one counts as one.</param>
internal sealed class PatternNesting(IEnumerable<(string Pattern, int Number)> wide, long most = PatternNesting.MostWork)
{
    /// <summary>About a second.</summary>
    public const long MostWork = 8_000_000;

    /// <summary>Pairs that are stated in one service; chains of patterns one in the other have as many as the square of their length.</summary>
    private const int MostPairs = 500_000;

    /// <summary>With so many that begin alike, their ends are looked at too.</summary>
    private const int Many = 64;

    private readonly (string Pattern, int Number)[] _wide = [.. wide];
    private readonly List<int> _uncompared = [];
    private long _left = most;
    private int _pairs;
    private PrefixTree? _beginnings;
    private PrefixTree? _endings;

    /// <summary>Positions of those of which it is not known what takes them in; whole once <see cref="Pairs"/> was read to its end.</summary>
    public IReadOnlyList<int> Uncompared => _uncompared;

    /// <summary>Positions, the wider first.</summary>
    public IEnumerable<(int Outer, int Inner)> Pairs(IEnumerable<string> patterns)
    {
        if (_wide.Length == 0)
        {
            yield break;
        }

        _beginnings = new PrefixTree([.. _wide.Index().Select(each => (ResourceIndex.Beginning(each.Item.Pattern), each.Index))]);
        foreach (var (node, pattern) in patterns.Index())
        {
            var outers = Around(pattern, node);
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
    private List<int>? Around(string pattern, int node)
    {
        List<int> outers = [];
        foreach (var at in Alike(pattern))
        {
            var outer = _wide[at];
            _left -= 1 + (((long)outer.Pattern.Length * pattern.Length) >> 10);
            if (_left < 0)
            {
                return null;
            }

            if (outer.Number != node && Glob.IsMatch(outer.Pattern, pattern))
            {
                outers.Add(outer.Number);
            }
        }

        return _left < 0 || _pairs + outers.Count > MostPairs ? null : outers;
    }

    /// <summary>Those that begin as the pattern does, or end so where they are fewer.</summary>
    private List<int> Alike(string pattern)
    {
        List<int> found = [];
        _beginnings!.Find(pattern, below: false, found);
        if (found.Count <= Many)
        {
            return found;
        }

        _endings ??= new PrefixTree([.. _wide.Index().Select(each => (ResourceIndex.Ending(each.Item.Pattern).AsMemory(), each.Index))]);
        List<int> other = [];
        _endings.Find(ResourceIndex.Reversed(pattern), below: false, other, found.Count);
        return other.Count < found.Count ? other : found;
    }
}
