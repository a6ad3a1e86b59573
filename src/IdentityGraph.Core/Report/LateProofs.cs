using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>
/// The proofs of the nodes of a blast radius, in their order, each looked for and put into words when it is first read: few readers of a
/// large answer read all of them. Safe to share between threads.
/// </summary>
internal sealed class LateProofs(BlastRadius radius) : IReadOnlyDictionary<string, IReadOnlyList<ProofStep>>
{
    private readonly IReadOnlyList<ProofStep>?[] _told = new IReadOnlyList<ProofStep>?[radius.Nodes.Count];
    private readonly Dictionary<ProofLine, ProofStep> _spelt = new(ReferenceEqualityComparer.Instance);
    private readonly Boundaries _boundaries = new();
    private readonly Lock _gate = new();

    public int Count => _told.Length;

    public IEnumerable<string> Keys => Enumerable.Range(0, Count).Select(KeyOf);

    public IEnumerable<IReadOnlyList<ProofStep>> Values => Enumerable.Range(0, Count).Select(StepsOf);

    public IReadOnlyList<ProofStep> this[string key] => TryGetValue(key, out var steps) ? steps : throw new KeyNotFoundException($"there is no proof `{key}`");

    /// <summary>Whether so many proofs are few enough that none has to be left out, seen without looking for any.</summary>
    public static bool AreFew(BlastRadius radius) => radius.Nodes.Count * radius.Reach.StepsAtMost <= ReachTelling.MostSteps;

    /// <summary>As those told at once are named.</summary>
    public static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number + 1}");

    public bool ContainsKey(string key) => NumberOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out IReadOnlyList<ProofStep> value)
    {
        var number = NumberOf(key);
        value = number < 0 ? null : StepsOf(number);
        return value is not null;
    }

    /// <summary>Crossed by all of them.</summary>
    public Boundaries Boundaries()
    {
        for (var number = 0; number < Count; number++)
        {
            StepsOf(number);
        }

        return _boundaries;
    }

    public IEnumerator<KeyValuePair<string, IReadOnlyList<ProofStep>>> GetEnumerator()
    {
        for (var number = 0; number < Count; number++)
        {
            yield return new(KeyOf(number), StepsOf(number));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int NumberOf(string key) =>
        key.StartsWith('p') && int.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= Count && KeyOf(number - 1) == key
            ? number - 1
            : -1;

    private IReadOnlyList<ProofStep> StepsOf(int number)
    {
        lock (_gate)
        {
            return _told[number] ??= ProofSteps.Of(radius.Reach.Proof(radius.Nodes[number])!.Steps, _spelt, _boundaries.Cross);
        }
    }
}
