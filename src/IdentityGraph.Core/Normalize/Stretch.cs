using IdentityGraph.Graph;

namespace IdentityGraph.Normalize;

/// <summary>A half-open stretch of valid time, UTC ticks.</summary>
/// <param name="From">Inclusive; <see cref="Instants.Earliest"/>: no beginning known.</param>
/// <param name="Until">Exclusive; <see cref="Instants.Latest"/>: open.</param>
internal readonly record struct Stretch(long From, long Until)
{
    public static Stretch Always => new(Instants.Earliest, Instants.Latest);

    public bool IsEmpty => From >= Until;

    public Stretch And(Stretch other) => new(Math.Max(From, other.From), Math.Min(Until, other.Until));

    /// <summary>What is left of it without the others, earliest first.</summary>
    public IEnumerable<Stretch> Without(IEnumerable<Stretch> others)
    {
        var rest = this;
        foreach (var other in others.Where(other => !other.IsEmpty).OrderBy(other => other.From))
        {
            var before = new Stretch(rest.From, Math.Min(rest.Until, other.From));
            if (!before.IsEmpty)
            {
                yield return before;
            }

            rest = rest with { From = Math.Max(rest.From, other.Until) };
            if (rest.IsEmpty)
            {
                yield break;
            }
        }

        if (!rest.IsEmpty)
        {
            yield return rest;
        }
    }
}
