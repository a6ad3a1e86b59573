using System.Globalization;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>How much an import may unpack, so that a small file cannot fill memory or time.</summary>
internal sealed record UnpackLimits
{
    /// <summary>All entries together, bytes.</summary>
    public long Total { get; init; } = 4L << 30;

    /// <summary>Bytes of an entry up to which its ratio is not looked at.</summary>
    public long RatioFree { get; init; } = 100L << 20;

    /// <summary>Unpacked bytes per packed byte, beyond <see cref="RatioFree"/>.</summary>
    public long Ratio { get; init; } = 200;

    /// <summary>One object of a file, bytes.</summary>
    public int OneObject { get; init; } = 64 << 20;

    /// <summary>Different ids that an import keeps apart, see <see cref="IdTable"/>.</summary>
    public int Ids { get; init; } = IdTable.Most;

    /// <summary>Nesting of JSON.</summary>
    public int Depth { get; init; } = 32;
}

/// <summary>Counts what is really unpacked, each byte of an entry once however often it is read.</summary>
internal sealed class UnpackMeter(string archive, UnpackLimits limits)
{
    private long _total;

    /// <exception cref="RefusedInputException">The archive unpacks to more than it may.</exception>
    public void Add(string entry, long more, long unpackedOfEntry, long packedOfEntry)
    {
        _total += more;
        if (_total > limits.Total)
        {
            throw TooMuch($"unpacks to more than {InMegabytes(limits.Total)} MB");
        }

        if (unpackedOfEntry > limits.RatioFree && packedOfEntry >= 0 && unpackedOfEntry / Math.Max(packedOfEntry, 1) > limits.Ratio)
        {
            throw TooMuch($"holds `{entry}`, which unpacks to more than {limits.Ratio} times its size");
        }
    }

    /// <exception cref="RefusedInputException">The archive says so itself.</exception>
    public void Declared(long total)
    {
        if (total > limits.Total)
        {
            throw TooMuch($"declares more than {InMegabytes(limits.Total)} MB unpacked");
        }
    }

    private RefusedInputException TooMuch(string what) =>
        new($"`{archive}` {what}, as a zip bomb does; nothing was imported. If it is genuine, unpack it and import the folder");

    private static string InMegabytes(long bytes) => (bytes >> 20).ToString(CultureInfo.InvariantCulture);
}
