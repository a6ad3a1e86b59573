namespace IdentityGraph.Benchmarks.Estates;

/// <summary>A small deterministic source of chance (SplitMix64): the same seed throws the same estate on every machine.</summary>
internal struct Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 (inclusive) to 1 (exclusive).</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Whether one of so many in a hundred.</summary>
    public bool Percent(int percent) => Share() * 100 < percent;

    /// <summary>From 0 to <paramref name="count"/> - 1, evenly.</summary>
    public int Below(int count) => (int)(Share() * count);

    /// <summary>From 0 to <paramref name="count"/> - 1, the low ones far more often: a few popular groups, many small ones.</summary>
    public int Popular(int count)
    {
        var share = Share();
        return (int)(share * share * share * count);
    }

    /// <summary>A heavy-tailed count (Pareto, exponent 1.5) from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Heavy(int least, int most) => (int)Math.Min(most, least / Math.Pow(1 - Share(), 1 / 1.5));
}
