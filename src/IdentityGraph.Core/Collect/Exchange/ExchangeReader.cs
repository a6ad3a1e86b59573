using System.Text.Json;

namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// Reads the exchange format: lines to runs and observations, one line in memory at a time. A bad line goes to the report and the
/// rest goes in; see <see cref="Salvage"/> for what it still proves. Several runs may follow each other, each behind its header.
/// </summary>
public sealed class ExchangeReader : IDisposable
{
    private readonly ImportRequest _request;
    private readonly ImportReport _report;
    private readonly string _file;
    private readonly LineReader _lines;
    private readonly LineParser _parser;
    private readonly HeaderReader _headers;
    private readonly ExchangeTrace? _trace;
    private RunHeader? _next;

    /// <param name="stream">Unpacked; read once, forwards.</param>
    /// <param name="request">What the user asked: `Strict`, `Source`, `CollectedAt` and `Complete` count.</param>
    /// <param name="report">Takes rejects and what was not recognised.</param>
    public ExchangeReader(Stream stream, ImportRequest request, ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(request);
        _request = request;
        _report = report;
        _file = request.Path == "-" ? "standard input" : request.Path;
        _lines = new(stream);
        _parser = new(request.Strict);
        _headers = new(_file, report, request.Strict);
        _trace = request.Trace ? new(_file, report) : null;
    }

    /// <summary>The runs in the order of the file; each must be read before the next one is asked for.</summary>
    /// <exception cref="RefusedInputException">The first line is no header of a version that is known.</exception>
    public IEnumerable<FileRun> Runs(CancellationToken cancellationToken = default)
    {
        _next = FirstHeader();
        while (_next is { } header)
        {
            _next = null;
            var body = new RunBody();
            var run = new FileRun(Asked(header), Observe(body, cancellationToken)) { KeepsSecretsOut = true };
            body.Outcome = run.Outcome;
            yield return run;
            if (!body.Ended)
            {
                throw new InvalidOperationException("a run of the file must be read to its end before the next one");
            }
        }
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>What is read while a run's observations are enumerated.</summary>
    private sealed class RunBody
    {
        public RunOutcomeState Outcome = new();
        public readonly StreamEnds Ends = new();
        public readonly StreamCounts Counts = new();
        public bool Ended;
    }

    private RunHeader Asked(RunHeader header) => header with
    {
        Source = _request.Source ?? header.Source,
        StartedAt = _request.CollectedAt ?? header.StartedAt,
    };

    private RunHeader FirstHeader()
    {
        LineState state;
        do
        {
            state = _lines.Next();
        }
        while (state == LineState.Line && IsBlank(_lines.Line));

        return state switch
        {
            LineState.Line => _headers.Read(_lines.Line, _lines.Number),
            LineState.TooLong => throw new RefusedInputException($"`{_file}` line {_lines.Number}: the header of a run is longer than 16 MiB; nothing was read"),
            _ => throw new RefusedInputException(_lines.Damage is { } damage
                ? $"`{_file}`: {damage}; nothing was read"
                : $"`{_file}` is empty; the first line of a run must be its header; nothing was read"),
        };
    }

    private IEnumerable<Observation> Observe(RunBody body, CancellationToken cancellationToken)
    {
        while (_next is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var state = _lines.Next();
            if (state == LineState.End)
            {
                break;
            }

            if (state == LineState.Line && IsBlank(_lines.Line))
            {
                continue;
            }

            if (Line(state, body) is { } observation)
            {
                yield return observation;
            }
        }

        if (_lines.Damage is { } damage)
        {
            CutOff(body, damage);
        }

        body.Ends.Vouch(_request.Complete);
        foreach (var end in body.Ends.Conclude(body.Counts, _report))
        {
            yield return end;
        }

        body.Ended = true;
    }

    /// <summary>Null where nothing is stated yet: an end is held back, a line was rejected, the next run begins.</summary>
    private Observation? Line(LineState state, RunBody body)
    {
        var line = _lines.Line;
        if (state == LineState.TooLong)
        {
            body.Outcome.Read++;
            return Rejected(body, new("", "the line is longer than 16 MiB; split what it says over several lines"), unread: true);
        }

        try
        {
            var observation = _parser.Parse(_lines.Padded, line.Length);
            if (observation is null)
            {
                _next = _headers.Read(line, _lines.Number);
                return null;
            }

            body.Outcome.Read++;
            for (var i = 0; i < _parser.Unrecognised.Count; i++)
            {
                _report.CountUnrecognised(_parser.Unrecognised[i]);
            }

            if (observation is Observation.EndOf end)
            {
                body.Ends.Add(end);
                return null;
            }

            body.Counts.Add(observation);
            _trace?.Imported(observation, _lines.Number);
            return observation;
        }
        catch (Exception fault) when (fault is BadLineException or JsonException or InvalidOperationException && IsCut(line))
        {
            CutOff(body, $"the file is cut off in line {_lines.Number}");
            return null;
        }
        catch (BadLineException bad)
        {
            body.Outcome.Read++;
            return Rejected(body, bad, unread: false);
        }
        catch (InvalidOperationException)
        {
            body.Outcome.Read++;
            return Rejected(body, new("", "a text of the line holds half a surrogate pair; write valid Unicode"), unread: false);
        }
        catch (JsonException fault)
        {
            return Unparsable(body, fault);
        }
    }

    private Observation.SeenUnreadable? Unparsable(RunBody body, JsonException fault)
    {
        var line = _lines.Line;
        if (line[..Math.Min(line.Length, 64)].IndexOf("\"idgraph\""u8) >= 0)
        {
            throw new RefusedInputException($"`{_file}` line {_lines.Number}: the header of a run cannot be read, so it is not known whose the lines below are; nothing was read", fault);
        }

        body.Outcome.Read++;
        var place = fault.BytePositionInLine ?? 0;
        return Rejected(
            body,
            IsTooDeep(line)
                ? new("", $"the line is nested deeper than {LineParser.DeepestNesting}; flatten it")
                : new("", $"the line is not a JSON object (at byte {place}); write one object a line"),
            unread: false);
    }

    private Observation.SeenUnreadable? Rejected(RunBody body, BadLineException bad, bool unread)
    {
        var reason = $"line {_lines.Number} was rejected";
        var salvage = unread ? default : Salvage.Of(_lines.Line, reason);
        if (salvage.IsHeader)
        {
            _headers.Read(_lines.Line, _lines.Number);
            throw new RefusedInputException($"`{_file}` line {_lines.Number}: {bad.Message}; nothing was read", bad);
        }

        body.Outcome.Rejected++;
        _report.Refuse(new Reject(_file, _lines.Number, bad.Member, bad.Message));
        _trace?.Refused(salvage.Seen, _lines.Number, bad.Message);
        if (salvage.Seen is null)
        {
            body.Ends.Lose(salvage.Stream, reason);
        }
        else
        {
            body.Counts.Add(salvage.Seen);
        }

        return salvage.Seen;
    }

    private static void CutOff(RunBody body, string reason)
    {
        body.Outcome.PartialReason ??= reason;
        body.Ends.LoseAll(reason);
    }

    /// <summary>Whether the last line ends in the middle of what began well.</summary>
    private bool IsCut(ReadOnlySpan<byte> line)
    {
        if (_lines.Terminated)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(line, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = LineParser.DeepestNesting }));
            while (reader.Read())
            {
            }

            return reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = LineParser.DeepestNesting + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= LineParser.DeepestNesting && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // Broken before it was too deep.
        }

        return false;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
