using System.Numerics;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Counts every breach by rule, with its first place. Lenient, it becomes one warning a rule; strict, each record that breaks one is
/// refused.
/// </summary>
internal sealed class ValidationReport(ImportReport report, bool strict)
{
    /// <summary>How often each rule was broken, and where first, by the number of its bit.</summary>
    private readonly (long Count, string First)[] _counts = new (long, string)[32];
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private bool _manyMissing;

    /// <summary>Ids remembered to tell how many ends are different ones.</summary>
    private const int MostMissing = 100_000;

    /// <summary>Notes what a record breaks.</summary>
    /// <param name="breaches">All of them.</param>
    /// <param name="file">File or entry.</param>
    /// <param name="where">The same with path and index in it: `graph.json#graph.nodes[0]`.</param>
    /// <returns>Whether the record must be refused; it is in the report then.</returns>
    public bool Refuses(Breach breaches, string file, string where)
    {
        if (breaches == Breach.None)
        {
            return false;
        }

        for (var rest = (uint)breaches; rest != 0; rest &= rest - 1)
        {
            var rule = BitOperations.TrailingZeroCount(rest);
            if ((Breach)(1u << rule) != Breach.EndNotDescribed)
            {
                Count(rule, where);
            }
        }

        var fatal = breaches & (strict ? ~Breach.None : BreachWords.Fatal);
        if (fatal == Breach.None)
        {
            return false;
        }

        var first = BreachWords.Of((Breach)(1u << BitOperations.TrailingZeroCount((uint)fatal)));
        report.Refuse(new Reject(file, 0, PlaceOf(file, where), $"{first.Name}: {first.Says}; it was left out{(strict && (breaches & BreachWords.Fatal) == 0 ? " (--strict); leave --strict out to have it read leniently" : "")}"));
        return true;
    }

    /// <summary>Path and index without the file.</summary>
    public static string PlaceOf(string file, string where) => where[Math.Min(file.Length + 1, where.Length)..];

    /// <summary>Counts an end that nothing describes; both ends of a relationship count.</summary>
    public void Missing(string id, string where)
    {
        MissingAgain(where);
        _manyMissing |= _missing.Count >= MostMissing;
        if (!_manyMissing)
        {
            _missing.Add(id);
        }
    }

    /// <summary>The same of an id that was counted before.</summary>
    public void MissingAgain(string where) => Count(BitOperations.TrailingZeroCount((uint)Breach.EndNotDescribed), where);

    /// <summary>One warning a rule that was broken; nothing where none was.</summary>
    public void Tell()
    {
        for (var number = 0; number < _counts.Length; number++)
        {
            var (count, first) = _counts[number];
            if (count == 0)
            {
                continue;
            }

            var rule = (Breach)(1u << number);
            var (_, name, says, done) = BreachWords.Of(rule);
            var ids = rule == Breach.EndNotDescribed ? $" ({(_manyMissing ? "more than " : "")}{_missing.Count} different ids{Few()})" : "";
            report.Warn($"{name} × {count}: {says}{ids}; first at {first}; {(strict ? "refused (--strict)" : done)}");
        }
    }

    private void Count(int rule, string where)
    {
        ref var counted = ref _counts[rule];
        counted = (counted.Count + 1, counted.First ?? where);
    }

    private string Few() => _missing.Count > 10 ? "" : ": " + string.Join(", ", _missing.Order(StringComparer.Ordinal).Select(id => ShownText.Of(id)));
}
