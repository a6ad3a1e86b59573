using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Collect;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Tests.Stores;

public sealed class RunFileTests
{
    private static readonly DateTimeOffset Monday = new(2025, 6, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly RunHeader Okta = new() { Source = "okta", StartedAt = Monday, Interval = TimeSpan.FromTicks(1), Unrecognised = [new("a", "1")] };

    [Fact]
    public void Whatever_is_written_is_read_back_whole() => Prop.ForAll(Observations.Batches, batch =>
        Read(File(batch)).Select(Canonical.Of).SequenceEqual(batch.Select(Canonical.Of)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Bytes_that_nobody_wrote_are_refused_whatever_they_claim() => Prop.ForAll(
        Observations.Batches,
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        Gen.Choose(0, 255).ToArbitrary(),
        (batch, place, value) =>
        {
            var encoder = new FrameEncoder();
            foreach (var observation in batch)
            {
                encoder.Add(observation);
            }

            var sink = new ByteSink(64);
            encoder.WriteTo(sink);
            var payload = sink.Written.ToArray();
            payload[place % payload.Length] = (byte)value;
            var decoder = new FrameDecoder();

            // As if the checksum had been made to fit: another reading is possible, any other exception or a long wait is not.
            try
            {
                decoder.Begin(payload, payload.Length, batch.Length);
                while (decoder.Left > 0)
                {
                    decoder.Next();
                }

                return true;
            }
            catch (InvalidDataException)
            {
                return true;
            }
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_list_said_to_be_longer_than_its_frame_is_refused_before_it_is_made()
    {
        var sink = new ByteSink(64);
        var records = new ByteSink(64);
        records.Byte((byte)RecordKind.Node);
        records.Varint((uint)RecordMembers.Properties);
        records.Varint(0);
        records.Byte(5);
        records.Varint(0x0FFF_FFFF);
        foreach (var section in new[] { 1, 128, 1, 192, records.Length })
        {
            sink.UInt32((uint)section);
        }

        sink.Align();
        sink.UInt32(1);
        sink.Align();
        sink.Byte((byte)'x');
        sink.Align();
        sink.Bytes(records.Written);
        sink.Align();
        var payload = sink.Written.ToArray();

        var refused = Assert.Throws<InvalidDataException>(() =>
        {
            var decoder = new FrameDecoder();
            decoder.Begin(payload, payload.Length, 1);
            decoder.Next();
        });

        Assert.Contains("does not fit", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_many_frames_and_segments_reads_in_the_order_it_was_written()
    {
        var many = Enumerable.Range(0, 300_000).Select(i => (Observation)new Observation.SawEdge
        {
            Kind = "MEMBER_OF",
            Of = $"okta:user/{i:x8}-{Guid.Empty}{Guid.Empty}",
            To = $"okta:group/{i % 9}",
        });

        var file = File(many);

        Assert.True(file.Length > (RunFormat.FramesPerSegment + 2) * RunFormat.FrameBytes);
        Assert.Equal(Enumerable.Range(0, 300_000).Select(i => $"{i:x8}"), Read(file).Cast<Observation.SawEdge>().Select(edge => edge.Of[10..18]));
    }

    [Fact]
    public void The_header_of_a_run_is_in_its_file()
    {
        using var reader = new RunFileReader(new MemoryStream(File([])));

        Assert.Equal(7, reader.Opening.Number);
        Assert.Equal(Okta.Unrecognised, reader.Opening.Header.Unrecognised);
        Assert.Equal(Okta with { Unrecognised = [] }, reader.Opening.Header with { Unrecognised = [] });
    }

    [Fact]
    public void Frames_and_sections_begin_at_multiples_of_64()
    {
        var file = File([new Observation.SawNode { Id = "a", Kind = "Account" }]);

        Assert.Equal(0, file.Length % 64);
        var frames = Enumerable.Range(0, file.Length / 64).Where(i => BitConverter.ToUInt32(file, 64 * i) == RunFormat.FrameMagic).Select(i => BitConverter.ToUInt32(file, (64 * i) + 4));
        Assert.Equal([FrameKind.Header, FrameKind.Observations, FrameKind.Segment, FrameKind.Footer], frames.Select(kind => (FrameKind)kind));
    }

    [Fact]
    public void An_unknown_version_is_refused_by_name()
    {
        var file = File([]);
        file[8] = 2;
        BitConverter.TryWriteBytes(file.AsSpan(60), Crc32C.Of(file.AsSpan(0, 60)));

        var refused = Assert.Throws<InvalidDataException>(() => new RunFileReader(new MemoryStream(file)));

        Assert.Equal("it is of format version 2, and this program reads version 1", refused.Message);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    public void The_checksum_is_CRC_32C(string text, uint checksum) => Assert.Equal(checksum, Crc32C.Of(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_checksum_of_32_zeros_is_the_one_of_RFC_3720() => Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));

    private static byte[] File(IEnumerable<Observation> observations)
    {
        var stream = new MemoryStream();
        using var writer = new RunFileWriter(stream, new RunOpening(7, Okta));
        foreach (var observation in observations)
        {
            writer.Write(observation);
        }

        writer.Finish(new(), Monday);
        return stream.ToArray();
    }

    private static List<Observation> Read(byte[] file)
    {
        using var reader = new RunFileReader(new MemoryStream(file));
        var all = new List<Observation>();
        while (reader.Next() is { } observation)
        {
            all.Add(observation);
        }

        return all;
    }
}
