using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>The first frame of a run file: which run it is.</summary>
/// <param name="Number">As in <see cref="SealedRun.Number"/>.</param>
/// <param name="Header">As the run stated it; the effective record time is in the footer.</param>
internal sealed record RunOpening(int Number, RunHeader Header)
{
    public void Write(ByteSink sink)
    {
        sink.Varint((uint)Number);
        sink.LongText(Header.Source);
        sink.LongText(Header.Tenant);
        sink.Int64(Header.StartedAt.UtcTicks);
        sink.Optional(Header.RecordedAt?.UtcTicks);
        sink.Byte((byte)Header.Mode);
        sink.Optional(Header.Interval?.Ticks);
        sink.LongText(Header.Collector);
        sink.Varint((uint)Header.Unrecognised.Count);
        foreach (var (name, json) in Header.Unrecognised)
        {
            sink.LongText(name);
            sink.LongText(json);
        }

        sink.Align();
    }

    public static RunOpening Read(byte[] payload, int length)
    {
        var source = new ByteSource(payload, 0, length);
        var number = (int)source.Varint();
        var header = new RunHeader
        {
            Source = source.LongText(),
            Tenant = source.LongText(),
            StartedAt = source.Instant(),
            RecordedAt = source.Byte() == 0 ? null : source.Instant(),
            Mode = source.Byte() is var mode && mode <= (byte)RunMode.Delta ? (RunMode)mode : throw new InvalidDataException($"run mode {mode} is not known"),
            Interval = source.Byte() == 0 ? null : TimeSpan.FromTicks(source.Int64()),
            Collector = source.LongText(),
        };
        var unrecognised = new KeyValuePair<string, string>[source.Count(bytesEach: 2)];
        for (var i = 0; i < unrecognised.Length; i++)
        {
            unrecognised[i] = new(source.LongText(), source.LongText());
        }

        return new RunOpening(number, header with { Unrecognised = unrecognised });
    }
}

/// <summary>The last frame of a run file: what it holds and how the run ended.</summary>
/// <param name="RecordedAt">The record time of everything in it.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Observations">How many the file holds.</param>
/// <param name="Frames">Frames before this one.</param>
/// <param name="Sha256">Of every byte before this frame; 32 bytes.</param>
internal sealed record RunFooter(DateTimeOffset RecordedAt, RunOutcome Outcome, long Observations, uint Frames, byte[] Sha256)
{
    public void Write(ByteSink sink)
    {
        sink.Int64(Observations);
        sink.UInt32(Frames);
        sink.Bytes(Sha256);
        sink.Int64(RecordedAt.UtcTicks);
        sink.Byte(Outcome.Partial ? (byte)1 : (byte)0);
        sink.Int64(Outcome.Rejected);
        sink.Byte(Outcome.Reason is null ? (byte)0 : (byte)1);
        sink.LongText(Outcome.Reason ?? "");
        sink.Align();
    }

    public static RunFooter Read(byte[] payload, int length)
    {
        var source = new ByteSource(payload, 0, length);
        var observations = source.Int64();
        var frames = source.UInt32();
        var sha256 = source.Take(32).ToArray();
        var recordedAt = source.Instant();
        var partial = source.Byte() != 0;
        var rejected = source.Int64();
        var hasReason = source.Byte() != 0;
        var reason = source.LongText();
        return new RunFooter(recordedAt, new RunOutcome(partial, rejected, hasReason ? reason : null), observations, frames, sha256);
    }
}

/// <summary>Spellings that only the first and the last frame need.</summary>
internal static class RunPartSpelling
{
    /// <summary>Length in bytes as 32 bits, then UTF-8.</summary>
    public static void LongText(this ByteSink sink, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        sink.UInt32((uint)bytes.Length);
        sink.Bytes(bytes);
    }

    public static void Optional(this ByteSink sink, long? number)
    {
        sink.Byte(number is null ? (byte)0 : (byte)1);
        if (number is { } said)
        {
            sink.Int64(said);
        }
    }

    public static string LongText(this ref ByteSource source) => Encoding.UTF8.GetString(source.Take((int)source.UInt32()));

    public static DateTimeOffset Instant(this ref ByteSource source) =>
        source.Int64() is var ticks && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
            ? Instants.FromTicks(ticks)
            : throw new InvalidDataException($"{ticks} is no instant");
}
