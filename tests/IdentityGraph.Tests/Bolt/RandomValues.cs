using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Bolt.Values;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Values of every type that can be sent and comes back as it was, in every size of header.</summary>
internal static class RandomValues
{
    private static readonly string[] s_zones = ["Europe/Berlin", "America/New_York", "UTC"];

    private static Gen<long> Longs => Gen.OneOf(
        Gen.Elements(0L, 1, -1, -16, -17, 127, 128, -128, -129, 32_767, 32_768, -32_768, -32_769, int.MaxValue, 1L + int.MaxValue, int.MinValue, int.MinValue - 1L, long.MaxValue, long.MinValue),
        from high in Gen.Choose(int.MinValue, int.MaxValue) from low in Gen.Choose(int.MinValue, int.MaxValue) select ((long)high << 32) ^ (uint)low);

    private static Gen<string> Texts =>
        from length in Gen.Frequency((8, Gen.Choose(0, 20)), (2, Gen.Choose(200, 300)), (1, Gen.Choose(500, 600)))
        from piece in Gen.Elements("a", "ß", "中", "😀", "\0", "line\nend")
        select string.Concat(Enumerable.Repeat(piece, Math.Max(0, length / piece.Length)));

    private static Gen<int> Nanoseconds => Gen.Choose(0, 999_999_999);

    private static Gen<int> Offsets => Gen.Choose(-64_800, 64_800);

    private static Gen<double> Doubles => Gen.OneOf(Gen.Elements(0.0, -0.0, double.NaN, double.PositiveInfinity, double.Epsilon, double.MaxValue), Longs.Select(BitConverter.Int64BitsToDouble));

    private static Gen<object?> Leaves => Gen.OneOf(
        Gen.Constant<object?>(null),
        Gen.Elements(true, false).Select(value => (object?)value),
        Longs.Select(value => (object?)value),
        Doubles.Select(value => (object?)value),
        Texts.Select(value => (object?)value),
        Gen.Frequency((4, Gen.Choose(0, 20)), (1, Gen.Choose(250, 260)), (1, Gen.Choose(1_000, 1_010))).Select(length => (object?)Enumerable.Range(0, length).Select(i => (byte)i).ToArray()),
        Longs.Select(value => (object?)new BoltDate(value)),
        from time in Longs from offset in Offsets select (object?)new BoltTime(time, offset),
        Longs.Select(value => (object?)new BoltLocalTime(value)),
        from seconds in Longs from nanoseconds in Nanoseconds from offset in Offsets select (object?)new BoltDateTime(seconds, nanoseconds, offset),
        from seconds in Longs from nanoseconds in Nanoseconds from zone in Gen.Elements(s_zones) select (object?)new BoltZonedDateTime(seconds, nanoseconds, zone),
        from seconds in Longs from nanoseconds in Nanoseconds select (object?)new BoltLocalDateTime(seconds, nanoseconds),
        from months in Longs from days in Longs from seconds in Longs from nanoseconds in Nanoseconds select (object?)new BoltDuration(months, days, seconds, nanoseconds),
        from x in Doubles from y in Doubles select (object?)new BoltPoint(7203, x, y),
        from x in Doubles from y in Doubles from z in Doubles select (object?)new BoltPoint(9157, x, y, z));

    private static Gen<object?> Values(int depth) => depth == 0 ? Leaves : Gen.Frequency(
        (3, Leaves),
        (1, Sizes.SelectMany(count => Gen.ListOf(count > 20 ? Leaves : Values(depth - 1), count)).Select(items => (object?)items.ToArray())),
        (1, Sizes.SelectMany(count => Gen.ListOf(count > 20 ? Leaves : Values(depth - 1), count)).Select(items =>
            (object?)items.Select((item, i) => KeyValuePair.Create($"name-{i}", item)).ToDictionary(StringComparer.Ordinal))));

    private static Gen<int> Sizes => Gen.Frequency((12, Gen.Choose(0, 4)), (4, Gen.Choose(14, 18)), (1, Gen.Choose(254, 258)));

    public static Arbitrary<object?> Arbitrary => Values(3).ToArbitrary();
}
