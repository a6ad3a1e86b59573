using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>A sealed run and its file.</summary>
/// <param name="Run">What the store says of it.</param>
/// <param name="File">Name in the folder of runs.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record ManifestEntry(SealedRun Run, string File, long Bytes);

/// <summary>
/// The list of sealed runs: what is not in it does not exist. Lines of JSON: the version, a line a run, and the SHA-256 of the
/// bytes before the last line.
/// </summary>
internal static class Manifest
{
    public const int Version = 1;

    /// <summary>Longer ones are not read.</summary>
    public const long MaxBytes = 256L << 20;

    public static byte[] Print(IReadOnlyList<ManifestEntry> entries)
    {
        using var bytes = new MemoryStream();
        Line(bytes, json =>
        {
            json.WriteNumber("idgraphStore"u8, Version);
            json.WriteNumber("runs"u8, entries.Count);
        });
        foreach (var entry in entries)
        {
            Line(bytes, json => Write(json, entry));
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        Line(bytes, json => json.WriteString("sha256"u8, sha256));
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="UnknownVersionException">It is of a version this program does not know.</exception>
    public static IReadOnlyList<ManifestEntry> Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ParseLines(bytes);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException("it is not a manifest, or a damaged one", wrong);
        }
    }

    private static List<ManifestEntry> ParseLines(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        using var first = JsonDocument.Parse(NextLine(ref rest).ToArray());
        var version = first.RootElement.GetProperty("idgraphStore"u8).GetInt32();
        if (version != Version)
        {
            throw new UnknownVersionException(version);
        }

        var count = first.RootElement.GetProperty("runs"u8).GetInt32();
        var entries = new List<ManifestEntry>();
        for (var i = 0; i < count; i++)
        {
            using var line = JsonDocument.Parse(NextLine(ref rest).ToArray());
            entries.Add(Read(line.RootElement));
        }

        var listed = bytes[..^rest.Length];
        using var last = JsonDocument.Parse(NextLine(ref rest).ToArray());
        if (!rest.IsEmpty || last.RootElement.GetProperty("sha256"u8).GetString() != Convert.ToHexStringLower(SHA256.HashData(listed)))
        {
            throw new InvalidDataException("its SHA-256 does not match");
        }

        return entries;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new InvalidDataException("it ends too early");
        }

        var line = rest[..end];
        rest = rest[(end + 1)..];
        return line;
    }

    private static void Line(MemoryStream bytes, Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, ManifestEntry entry)
    {
        var (run, header, outcome) = (entry.Run, entry.Run.Header, entry.Run.Outcome);
        json.WriteNumber("run"u8, run.Number);
        json.WriteString("file"u8, entry.File);
        json.WriteNumber("bytes"u8, entry.Bytes);
        json.WriteString("sha256"u8, run.Sha256);
        json.WriteNumber("observations"u8, run.Observations);
        json.WriteString("source"u8, header.Source);
        json.WriteString("tenant"u8, header.Tenant);
        json.WriteString("startedAt"u8, Instants.ToText(header.StartedAt));
        json.WriteString("recordedAt"u8, Instants.ToText(header.RecordedAt!.Value));
        json.WriteString("mode"u8, header.Mode == RunMode.Delta ? "delta"u8 : "full"u8);
        json.WriteString("interval"u8, header.Interval is { } interval ? XmlConvert.ToString(interval) : null);
        json.WriteString("collector"u8, header.Collector);
        json.WriteBoolean("partial"u8, outcome.Partial);
        json.WriteNumber("rejected"u8, outcome.Rejected);
        json.WriteString("reason"u8, outcome.Reason);
        json.WriteStartArray("unrecognised"u8);
        foreach (var (name, value) in header.Unrecognised)
        {
            json.WriteStringValue(name);
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static ManifestEntry Read(JsonElement line)
    {
        var unrecognised = line.GetProperty("unrecognised"u8).EnumerateArray().Select(value => value.GetString()!).Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[^1]));
        var header = new RunHeader
        {
            Source = Text(line, "source"u8),
            Tenant = Text(line, "tenant"u8),
            StartedAt = Instant(line, "startedAt"u8),
            RecordedAt = Instant(line, "recordedAt"u8),
            Mode = Text(line, "mode"u8) == "delta" ? RunMode.Delta : RunMode.Full,
            Interval = line.GetProperty("interval"u8).GetString() is { } interval ? XmlConvert.ToTimeSpan(interval) : null,
            Collector = Text(line, "collector"u8),
            Unrecognised = [.. unrecognised],
        };
        var outcome = new RunOutcome(line.GetProperty("partial"u8).GetBoolean(), line.GetProperty("rejected"u8).GetInt64(), line.GetProperty("reason"u8).GetString());
        var number = line.GetProperty("run"u8).GetInt32();
        var file = Text(line, "file"u8);
        if (file != StoreFolder.RunName(number))
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"run {number} has a file name that is not its own"));
        }

        var run = new SealedRun(number, header, outcome, line.GetProperty("observations"u8).GetInt64(), Text(line, "sha256"u8));
        return new ManifestEntry(run, file, line.GetProperty("bytes"u8).GetInt64());
    }

    private static string Text(JsonElement line, ReadOnlySpan<byte> member) =>
        line.GetProperty(member).GetString() ?? throw new InvalidDataException($"`{Encoding.UTF8.GetString(member)}` is null");

    private static DateTimeOffset Instant(JsonElement line, ReadOnlySpan<byte> member) =>
        Instants.TryParse(Text(line, member), out var instant) ? instant : throw new InvalidDataException($"`{Encoding.UTF8.GetString(member)}` is no instant");
}

/// <summary>The store was written by another version of the format.</summary>
internal sealed class UnknownVersionException(int version) : Exception($"version {version}")
{
    public int Version { get; } = version;
}
