using System.Text.Json;
using System.Text.Unicode;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>The first line of a run. What is wrong with it refuses the whole input: without it nothing below it means anything.</summary>
internal sealed class HeaderReader(string file, ImportReport report, bool strict)
{
    private readonly LineContext _context = new(strict);

    /// <exception cref="RefusedInputException">It is no header, is damaged, or is of a version that is not known.</exception>
    public RunHeader Read(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            if (!Utf8.IsValid(line))
            {
                throw new BadLineException("", "the line is not valid UTF-8");
            }

            _context.Begin();
            var header = Read(line);
            foreach (var what in _context.Unrecognised)
            {
                report.CountUnrecognised(what);
            }

            return header;
        }
        catch (BadLineException bad)
        {
            throw new RefusedInputException($"`{file}` line {number}: {bad.Message}; nothing was read", bad);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new RefusedInputException(
                $"`{file}` line {number} is not the header of a run; it must be one JSON object such as {{\"idgraph\":{ExchangeWriter.Version},\"source\":\"okta\",\"startedAt\":\"2025-06-02T08:00:00Z\"}}; nothing was read",
                fault);
        }
    }

    private RunHeader Read(ReadOnlySpan<byte> line)
    {
        Version(line);
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = LineParser.DeepestNesting });
        reader.Read();
        string? source = null, tenant = null, collector = null;
        DateTimeOffset? startedAt = null, recordedAt = null;
        RunMode mode = RunMode.Full;
        TimeSpan? interval = null;
        var unrecognised = new List<KeyValuePair<string, string>>();
        var said = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = _context.Name(ref reader);
            if (!said.Add(member))
            {
                throw LineContext.Twice(member);
            }

            reader.Read();
            switch (member)
            {
                case "idgraph": break;
                case "source": source = LineContext.Id(ref reader, member); break;
                case "tenant": tenant = LineContext.Text(ref reader, member); break;
                case "startedAt": startedAt = LineContext.Instant(ref reader, member); break;
                case "recordedAt": recordedAt = reader.TokenType == JsonTokenType.Null ? null : LineContext.Instant(ref reader, member); break;
                case "mode": mode = ExchangeWords.Mode(LineContext.Text(ref reader, member)) ?? throw new BadLineException(member, "`mode` must be `full` or `delta`"); break;
                case "interval": interval = reader.TokenType == JsonTokenType.Null ? null : Interval(ref reader); break;
                case "collector": collector = LineContext.Text(ref reader, member); break;
                default:
                    _context.Unknown(member, $"member {LineContext.Quoted(member)}");
                    unrecognised.Add(new(member, UnrecognisedJson.Read(ref reader, member, _context).Json));
                    break;
            }
        }

        if (tenant is { Length: > 0 } && LineContext.IdProblem(tenant) is { } problem)
        {
            throw new BadLineException("tenant", $"`tenant` {problem}");
        }

        return new RunHeader
        {
            Source = source ?? throw new BadLineException("source", "the header has no `source`; say what was read"),
            Tenant = tenant ?? "",
            StartedAt = startedAt ?? throw new BadLineException("startedAt", "the header has no `startedAt`; say when reading began"),
            RecordedAt = recordedAt,
            Mode = mode,
            Interval = interval,
            Collector = collector ?? "",
            Unrecognised = unrecognised,
        };
    }

    /// <summary>Looked for before anything else, wherever it stands: another version may spell the rest otherwise.</summary>
    private static void Version(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = LineParser.DeepestNesting });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("idgraph"u8);
            reader.Read();
            if (!isVersion)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == ExchangeWriter.Version)
            {
                return;
            }

            var called = reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? LineContext.Quoted(LineContext.Guarded(System.Text.Encoding.UTF8.GetString(reader.ValueSpan), "idgraph")) : "?";
            throw new BadLineException("idgraph", $"the format's version `{called}` is not known; this program reads version {ExchangeWriter.Version}");
        }

        throw new BadLineException("idgraph", $"the first line of a run must be its header, with `idgraph`: {ExchangeWriter.Version}");
    }

    private static TimeSpan Interval(ref Utf8JsonReader reader) =>
        Durations.TryParse(LineContext.Text(ref reader, "interval"), out var interval) && interval > TimeSpan.Zero
            ? interval
            : throw new BadLineException("interval", "`interval` is not a duration; write ISO 8601, such as `PT24H`");
}
