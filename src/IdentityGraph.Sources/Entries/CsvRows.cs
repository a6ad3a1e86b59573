using CsvHelper;

namespace IdentityGraph.Sources.Entries;

/// <summary>
/// Reads a CSV row by row: BOM, LF or CRLF, quoted fields (RFC 4180), and comma, semicolon, tab or bar as the first lines show. A
/// fault in one row is that row's; memory does not grow with the file.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private const int MaxRecordSize = 1 << 20;

    private readonly CsvReader _reader;
    private CsvMalformedReason? _malformed;

    /// <param name="stream">Disposed with this; need not be seekable.</param>
    public CsvRows(Stream stream)
    {
        _reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecordSize,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = record => _malformed = record.Reason,
        });
        _reader.ReadHeader();
        Header = [.. _reader.Headers.ToArray().Select(header => header.Trim())];
    }

    public IReadOnlyList<string> Header { get; }

    /// <summary>Every row after the header. A row that cannot be read carries why.</summary>
    public IEnumerable<Row> Rows(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _malformed = null;
            Row? unreadable = null;
            try
            {
                if (!_reader.Read())
                {
                    yield break;
                }
            }
            catch (CsvFormatException fault)
            {
                unreadable = new Row(fault.LineNumber, [], $"the row is longer than {MaxRecordSize} bytes, most likely a quote that never ends; nothing after it was read", EndsReading: true);
            }

            if (unreadable is { } last)
            {
                yield return last;
                yield break;
            }

            var fields = new string[_reader.FieldCount];
            for (var i = 0; i < fields.Length; i++)
            {
                fields[i] = _reader.GetString(i);
            }

            yield return new Row(_reader.LineNumber, fields, Problem(fields), EndsReading: _malformed == CsvMalformedReason.UnterminatedQuote);
        }
    }

    public void Dispose() => _reader.Dispose();

    private string? Problem(string[] fields) => _malformed switch
    {
        CsvMalformedReason.UnterminatedQuote => "a quote opens here and never ends; the file is cut off or the quote is stray",
        not null => "a quote stands where none may; double it inside a quoted field",
        null when fields.Length != Header.Count => $"the row has {fields.Length} fields, the header {Header.Count}; quote a field that holds `{_reader.Separator}` or a line break",
        null when Array.Exists(fields, field => field.Contains('\uFFFD')) => "the row holds bytes that are not UTF-8; save the file as UTF-8",
        null => null,
    };

    /// <param name="Line">Where the row begins; 1 for the first line of the file.</param>
    /// <param name="Fields">As many as the header has, unless <paramref name="Problem"/> says otherwise.</param>
    /// <param name="Problem">Why the row cannot be read; null where it can.</param>
    /// <param name="EndsReading">Nothing after it could be read.</param>
    internal readonly record struct Row(long Line, IReadOnlyList<string> Fields, string? Problem, bool EndsReading);
}
