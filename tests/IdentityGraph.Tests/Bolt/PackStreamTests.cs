using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Bolt;
using IdentityGraph.Bolt.PackStream;
using IdentityGraph.Bolt.Values;

namespace IdentityGraph.Tests.Bolt;

public sealed class PackStreamTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithReplay(20261121, 5).WithMaxTest(300);

    [Theory]
    [InlineData(0L, "00")]
    [InlineData(127L, "7F")]
    [InlineData(-16L, "F0")]
    [InlineData(-17L, "C8EF")]
    [InlineData(-128L, "C880")]
    [InlineData(128L, "C90080")]
    [InlineData(-129L, "C9FF7F")]
    [InlineData(32_768L, "CA00008000")]
    [InlineData(2_147_483_648L, "CB0000000080000000")]
    [InlineData(long.MinValue, "CB8000000000000000")]
    [InlineData(null, "C0")]
    [InlineData(true, "C3")]
    [InlineData(false, "C2")]
    [InlineData(1.5, "C13FF8000000000000")]
    [InlineData("", "80")]
    [InlineData("Größe", "874772C3B6C39F65")]
    [InlineData("0123456789abcdef", "D01030313233343536373839616263646566")]
    public void A_value_is_written_in_the_fewest_bytes_and_read_back(object? value, string hex)
    {
        Assert.Equal(hex, Convert.ToHexString(Packed.Of(value)));
        Assert.Equal(value, Packed.Read(Convert.FromHexString(hex)));
    }

    [Fact]
    public void Lists_maps_bytes_and_structures_have_their_published_form()
    {
        Assert.Equal("93010203", Convert.ToHexString(Packed.Of(new[] { 1, 2, 3 })));
        Assert.Equal("A1836F6E6501", Convert.ToHexString(Packed.Of(new Dictionary<string, object?> { ["one"] = 1 })));
        Assert.Equal("CC020102", Convert.ToHexString(Packed.Of(new byte[] { 1, 2 })));
        Assert.Equal("B144C90168", Convert.ToHexString(Packed.Of(new BoltDate(360))));
        Assert.Equal("B349CA5C2E9FBC00C90E10", Convert.ToHexString(Packed.Of(DateTimeOffset.Parse("2019-01-04T00:50:20+01:00", null))));
    }

    [Fact]
    public void Whatever_is_written_is_read_back() =>
        Prop.ForAll(RandomValues.Arbitrary, value => Assert.True(Packed.Same(value, Packed.Read(Packed.Of(value))))).Check(s_config);

    [Fact]
    public void What_is_skipped_ends_where_what_is_read_ends() =>
        Prop.ForAll(RandomValues.Arbitrary, value =>
        {
            var reader = new PackReader(Packed.Of(value), BoltLimits.Default);
            reader.Skip();
            Assert.True(reader.AtEnd);
        }).Check(s_config);

    [Fact]
    public void A_value_cut_anywhere_is_refused_and_never_read_as_another() =>
        Prop.ForAll(RandomValues.Arbitrary, value =>
        {
            var whole = Packed.Of(value);
            for (var length = 0; length < Math.Min(whole.Length, 200); length++)
            {
                var cut = whole[..length];
                Assert.Throws<BoltProtocolException>(() => Packed.Read(cut));
            }
        }).Check(s_config.WithMaxTest(40));

    [Fact]
    public void Damaged_bytes_are_read_or_refused_and_nothing_else() =>
        Prop.ForAll(
            (from value in RandomValues.Arbitrary.Generator
             from at in Gen.Choose(0, 10_000)
             from with in Gen.Choose(0, 255)
             select (value, at, (byte)with)).ToArbitrary(),
            damaged =>
            {
                var bytes = Packed.Of(damaged.value);
                bytes[damaged.at % bytes.Length] = damaged.Item3;
                try
                {
                    Packed.Read(bytes);
                }
                catch (BoltProtocolException)
                {
                    // Refused, which is right.
                }
            }).Check(s_config);

    [Theory]
    [InlineData("D67FFFFFFF", "a list of two thousand million items in five bytes")]
    [InlineData("D6FFFFFFFF", "a list whose size does not fit 31 bits")]
    [InlineData("DAFFFFFFFF00", "a map like that")]
    [InlineData("D2FFFFFFFF61", "a text like that")]
    [InlineData("CE7FFFFFFF00", "bytes like that")]
    [InlineData("D20000000561", "a text of five bytes that has one")]
    [InlineData("C4", "a byte that begins nothing")]
    [InlineData("B14401", "a date, whole", false)]
    [InlineData("B24401", "a date with two fields")]
    [InlineData("B1448161", "a date of a text")]
    [InlineData("B15801", "a point with one field")]
    [InlineData("B17001", "a message as a value")]
    [InlineData("B346016101", "a date and time of Bolt 4")]
    [InlineData("A2816101816102", "a map with a name twice")]
    [InlineData("A10101", "a map with a number as a name")]
    [InlineData("81FF", "a text that is no UTF-8")]
    [InlineData("B350909090", "a path without a node")]
    [InlineData("B35091B44E0190A080909101", "a path with half a step")]
    [InlineData("B35091B44E0190A08090920100", "a path that walks a relationship it does not have")]
    public void What_no_server_should_send_is_refused_by_name(string hex, string what, bool refused = true)
    {
        var thrown = Record.Exception(() => Packed.Read(Convert.FromHexString(hex)));
        Assert.True(refused ? thrown is BoltProtocolException : thrown is null, $"{what}: {thrown}");
    }

    [Fact]
    public void Values_deeper_than_the_limit_are_refused_before_the_stack_ends()
    {
        var deep = Enumerable.Repeat((byte)0x91, 1_000_000).Append((byte)0xC0).ToArray();
        Assert.Contains("100 deep", Assert.Throws<BoltProtocolException>(() => Packed.Read(deep)).Message, StringComparison.Ordinal);
        Assert.Null(Record.Exception(() => Packed.Read([.. Enumerable.Repeat((byte)0x91, 100), 0xC0])));

        var reader = new PackReader(deep, BoltLimits.Default);
        reader.Skip();
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Limits_of_items_and_text_are_kept_and_what_just_fits_is_read()
    {
        var limits = new BoltLimits { MaxItems = 3, MaxStringBytes = 4 };
        Assert.Equal(3, ((IReadOnlyList<object?>)Packed.Read(Packed.Of(new[] { 1, 2, 3 }), limits)!).Count);
        Assert.Throws<BoltProtocolException>(() => Packed.Read(Packed.Of(new[] { 1, 2, 3, 4 }), limits));
        Assert.Equal("four", Packed.Read(Packed.Of("four"), limits));
        Assert.Throws<BoltProtocolException>(() => Packed.Read(Packed.Of("fives"), limits));
    }

    [Fact]
    public void A_message_longer_than_a_chunk_is_cut_and_comes_together_again()
    {
        foreach (var length in new[] { 65_529, 65_530, 65_531, 65_532, 131_000, 400_000 })
        {
            var text = new StringBuilder().Insert(0, "ä", length / 2).Append('x', length % 2).ToString();
            Assert.Equal(text, Packed.Read(Packed.Of(text)));
        }
    }

    [Fact]
    public void A_writer_refuses_more_or_fewer_values_than_announced()
    {
        Assert.Throws<InvalidOperationException>(() => Packed.Written(writer => writer.BeginList(1)));
        Assert.Throws<InvalidOperationException>(() => Packed.Written(writer =>
        {
            writer.BeginList(0);
            writer.Write(1);
        }));
        Assert.Throws<InvalidOperationException>(() => Packed.Written(writer =>
        {
            writer.BeginMap(1);
            writer.Write(1);
        }));
        Assert.Throws<InvalidOperationException>(() => Packed.Written(_ => { }));
    }

    [Fact]
    public void A_list_that_holds_itself_is_refused()
    {
        var list = new List<object?>();
        list.Add(list);
        Assert.Contains("deep", Assert.Throws<InvalidOperationException>(() => Packed.Of(list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_lose_something_is_not_sent()
    {
        Assert.Throws<BoltTypeException>(() => Packed.Of(1.1m));
        Assert.Throws<BoltTypeException>(() => Packed.Of(ulong.MaxValue));
        Assert.Throws<BoltTypeException>(() => Packed.Of(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local)));
        Assert.ThrowsAny<ArgumentException>(() => Packed.Of("\ud800"));
        Assert.Equal(5L, Packed.Read(Packed.Of(5UL)));
    }

    [Fact]
    public void Moments_of_dotnet_come_back_to_the_tick()
    {
        var moment = new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.FromMinutes(-150)).AddTicks(-1);
        var back = (BoltDateTime)Packed.Read(Packed.Of(moment))!;
        Assert.Equal((moment, moment.Offset), (back.ToDateTimeOffset(), back.ToDateTimeOffset().Offset));
        Assert.Equal(new DateOnly(1, 1, 1), ((BoltDate)Packed.Read(Packed.Of(DateOnly.MinValue))!).ToDateOnly());
        Assert.Equal(TimeSpan.FromTicks(-1), ((BoltDuration)Packed.Read(Packed.Of(TimeSpan.FromTicks(-1)))!).ToTimeSpan());
        Assert.Throws<BoltTypeException>(() => new BoltDate(999_999_999).ToDateOnly());
        Assert.Throws<BoltTypeException>(() => new BoltDuration(1, 0, 0, 0).ToTimeSpan());
    }

    [Fact]
    public void An_interner_gives_one_object_for_one_text_and_never_a_wrong_one()
    {
        var interner = new StringInterner(slots: 4);
        Assert.Same(interner.Get("OWNED_BY"u8), interner.Get("OWNED_BY"u8));
        Assert.Same(interner.Get("Größe"u8), interner.Get("Größe"u8));
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal($"text-{i % 37}", interner.Get(Encoding.UTF8.GetBytes($"text-{i % 37}")));
        }

        Assert.Throws<BoltProtocolException>(() => interner.Get([0xC3, 0x28]));
    }

    [Fact]
    public void Texts_that_differ_in_one_letter_are_never_taken_for_each_other_however_long()
    {
        var interner = new StringInterner();
        for (var size = 0; size < 300; size++)
        {
            var text = new string('a', size);
            Assert.Equal(text, interner.Get(Encoding.UTF8.GetBytes(text)));
            for (var at = 0; at < size; at += 1 + (size / 24))
            {
                var other = text[..at] + "b" + text[(at + 1)..];
                Assert.Equal(other, interner.Get(Encoding.UTF8.GetBytes(other)));
                Assert.Equal(other, interner.Get(Encoding.UTF8.GetBytes(other)));
            }
        }
    }

    [Fact]
    public void An_interner_that_can_remember_no_more_forgets_and_stays_right()
    {
        var interner = new StringInterner(slots: 64);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 200; i++)
            {
                var text = $"{i}-" + new string((char)('a' + (i % 26)), 240);
                Assert.Equal(text, interner.Get(Encoding.UTF8.GetBytes(text)));
            }
        }

        Assert.Same(interner.Get("kind"u8), interner.Get("kind"u8));
    }
}
