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
internal sealed class LateProofs : IReadOnlyDictionary<string, IReadOnlyList<ProofStep>>
{
    private readonly BlastRadius _radius;
    private readonly IReadOnlyList<ProofStep>?[] _told;
    private readonly Dictionary<ProofLine, ProofStep> _spelt = new(ReferenceEqualityComparer.Instance);
    private readonly Boundaries _boundaries = new();
    private readonly Lock _gate = new();

    private LateProofs(BlastRadius radius, int count) => (_radius, _told) = (radius, new IReadOnlyList<ProofStep>?[count]);

    /// <summary>Of the first nodes; the others are left out.</summary>
    public int Count => _told.Length;

    /// <summary>What had to be left out; null: nothing.</summary>
    public string? Left => ReachTelling.LeftOut(_radius.Nodes.Count - Count);

    public IEnumerable<string> Keys => Enumerable.Range(0, Count).Select(KeyOf);

    public IEnumerable<IReadOnlyList<ProofStep>> Values => Enumerable.Range(0, Count).Select(StepsOf);

    public IReadOnlyList<ProofStep> this[string key] => TryGetValue(key, out var steps) ? steps : throw new KeyNotFoundException($"there is no proof `{key}`");

    /// <summary>Null where it is not seen without looking for the proofs whether they are so many that some have to be left out, and which.</summary>
    public static LateProofs? Of(BlastRadius radius) =>
        radius.Nodes.Count * radius.Reach.StepsAtMost <= ReachTelling.MostSteps ? new LateProofs(radius, radius.Nodes.Count)
            : radius.Reach.HasStepsLikeHops ? new LateProofs(radius, Told(radius))
            : null;

    /// <summary>How many are told until those before have as many steps as an answer tells.</summary>
    private static int Told(BlastRadius radius)
    {
        var number = 0;
        for (var steps = 0; number < radius.Nodes.Count && steps < ReachTelling.MostSteps; number++)
        {
            steps += radius.At(number).Hops + 1;
        }

        return number;
    }

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
            return _told[number] ??= ProofSteps.Of(_radius.Reach.Proof(_radius.Nodes[number])!.Steps, _spelt, _boundaries.Cross);
        }
    }
}
