using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Keeps the books of one run: records read and refused, streams and whether they are whole, and a line for everything read when tracing.
/// </summary>
/// <param name="file">The file as the report names it.</param>
/// <param name="request">What the user asked.</param>
/// <param name="report">Where rejects and warnings go.</param>
/// <param name="doubt">Why a stream is not held to be whole unless the user vouches.</param>
internal sealed class RecordBook(string file, ImportRequest request, ImportReport report, string doubt)
{
    private readonly SortedDictionary<string, StreamBook> _streams = new(StringComparer.Ordinal);
    private (string? Stream, StreamBook Book) _last = (null, new());
    private string? _allSpoilt;

    /// <summary>Set to the outcome of the run before the first record.</summary>
    public RunOutcomeState Outcome { get; set; } = new();

    public string File => file;

    public ImportReport Report => report;

    public bool Strict => request.Strict;

    /// <summary>A record of that stream was read.</summary>
    public void Read(string stream)
    {
        Outcome.Read++;
        if (!ReferenceEquals(_last.Stream, stream))
        {
            _last = (stream, BookOf(stream));
        }

        _last.Book.Count++;
    }

    /// <summary>The stream is one of this file's, even where no record of it comes.</summary>
    public void Expect(string stream) => BookOf(stream);

    /// <summary>The file itself shows that the stream is whole, unless something of it is refused.</summary>
    public void Prove(string stream) => BookOf(stream).IsProven = true;

    /// <summary>Whatever anybody vouches, the stream is not whole.</summary>
    public void Spoil(string stream, string why) => BookOf(stream).Spoilt ??= why;

    /// <summary>What is concluded from other streams is not whole where one of those is not; a stream that this file does not have stays so.</summary>
    public void SpoilLike(string stream, params ReadOnlySpan<string> others)
    {
        foreach (var other in others)
        {
            if (_streams.ContainsKey(stream) && _streams.TryGetValue(other, out var book) && book.Spoilt is { } why)
            {
                Spoil(stream, why);
            }
        }
    }

    /// <summary>Nothing of the file is whole, not even streams that come later.</summary>
    public void SpoilAll(string why) => _allSpoilt ??= why;

    /// <summary>An item that cannot be read is left out; which stream it is of nobody knows.</summary>
    /// <param name="item">The item, which has a problem.</param>
    /// <param name="what">What it should have been, such as `the record`.</param>
    public void LeaveOut(JsonItem item, string what)
    {
        if (item.IsNull)
        {
            report.Warn($"`{Shown(item.Where)}`: {item.Problem}, so that nothing is concluded from what is absent");
            SpoilAll($"`{Shown(item.Where)}` is null");
            return;
        }

        Outcome.Read++;
        Refuse(Shown(item.Where), "", item.IsKept ? item.Problem! : $"{item.Problem}; {what} was left out", "");
    }

    /// <summary>A record is left out. Its stream is whole only if the record's id was read (then it is said to be seen).</summary>
    public void Refuse(string where, string member, string problem, string? spoils)
    {
        Outcome.Rejected++;
        report.Refuse(new Reject(file, 0, member.Length == 0 ? where : $"{where}.{member}", problem));
        if (spoils is { Length: 0 })
        {
            SpoilAll("a record of it could not be read");
        }
        else if (spoils is not null)
        {
            Spoil(spoils, "a record of it could not be read");
        }
    }

    /// <summary>
    /// The elements of a list; none where the member is absent. What is no list is refused, for nobody knows what it was to hold; one that is
    /// null keeps its stream from being whole.
    /// </summary>
    public JsonElementList List(JsonValue json, string member, string where, string stream)
    {
        var list = BloodHound.JsonReading.Member(json, member);
        switch (list.ValueKind)
        {
            case JsonValueKind.Array:
                return list.EnumerateArray();
            case JsonValueKind.Undefined:
                break;
            case JsonValueKind.Null:
                report.Warn($"`{member}` of {stream} is null and no list: nothing is concluded from what is absent");
                Spoil(stream, $"`{member}` is null");
                break;
            default:
                Outcome.Read++;
                Refuse(where, member, "it is no list; what it holds was left out", stream);
                break;
        }

        return default;
    }

    /// <summary>
    /// A value that looks like a secret was left out. It is listed with the rejects and counted, and is none of the records that decide
    /// whether the file is taken: what a file gives away must not keep its facts from being seen.
    /// </summary>
    public void LeaveOutSecret(string where, string member, string problem)
    {
        report.CountUnrecognised("value that looks like a secret, left out");
        report.Refuse(new Reject(file, 0, member.Length == 0 ? where : $"{where}.{member}", problem));
    }

    /// <summary>The file broke off.</summary>
    public void Cut(string where, string problem)
    {
        Outcome.PartialReason ??= $"`{file}` could be read up to {where} only";
        Outcome.Rejected++;
        Outcome.Read++;
        report.Refuse(new Reject(file, 0, where, $"{problem}. What came before it is imported; collect the file again"));
        SpoilAll(Outcome.PartialReason);
    }

    /// <summary>Whether anybody wants to know of everything read.</summary>
    public bool IsTracing => request.Trace;

    public void Trace(string what, string start, string? end, string kind, string where, string became, [InterpolatedStringHandlerArgument("")] ref TracedText becameWhat)
    {
        if (request.Trace)
        {
            Trace(what, start, end, kind, where, became, becameWhat.Take());
        }
    }

    public void Trace(string what, string start, string? end, string kind, string where, string became, string becameWhat)
    {
        if (request.Trace)
        {
            report.OnTrace?.Invoke(new TraceLine { What = what, Start = Shown(start), End = end is null ? null : Shown(end), Kind = Shown(kind), Where = $"{file}#{where}", Became = became, As = becameWhat });
        }
    }

    /// <summary>The end of every stream. Words of `--complete` that name none are warned of.</summary>
    public IEnumerable<Observation.EndOf> Ends()
    {
        foreach (var unknown in request.Complete.Where(word => !_streams.Keys.Contains(word, StringComparer.OrdinalIgnoreCase)))
        {
            report.Warn($"--complete `{unknown}` names no stream of this import; it has {string.Join(", ", _streams.Keys)}");
        }

        var open = _streams.Where(stream => !stream.Value.IsProven && !Vouched(stream.Key)).Select(stream => stream.Key).ToArray();
        if (open.Length > 0)
        {
            report.Warn($"{doubt}, so nothing is concluded from what is absent in {string.Join(", ", open)}; name those you know to be whole with --complete");
        }

        foreach (var (stream, book) in _streams)
        {
            var whole = book.Spoilt is null && _allSpoilt is null && Outcome.PartialReason is null && (book.IsProven || Vouched(stream));
            yield return new Observation.EndOf { Stream = stream, Complete = whole, Count = book.Count, Reason = whole ? null : book.Spoilt ?? _allSpoilt ?? Outcome.PartialReason ?? doubt };
        }
    }

    /// <summary>A word of the file as it may be shown: at most 512 characters, without control characters, and no secret.</summary>
    public static string Shown(string text) =>
        SecretLooking.Find(text) is { } sort ? $"({sort})"
        : text.Length <= 512 && Ascii.IsValid(text) && !text.AsSpan().ContainsAnyInRange('\0', '\x1F') && !text.Contains('\x7F', StringComparison.Ordinal) ? text
        : string.Concat(text.Take(512).Select(c => char.IsControl(c) ? '?' : c));

    private bool Vouched(string stream) => request.Complete.Contains(stream, StringComparer.OrdinalIgnoreCase);

    private StreamBook BookOf(string stream)
    {
        if (!_streams.TryGetValue(stream, out var book))
        {
            _streams.Add(stream, book = new());
        }

        return book;
    }

    private sealed class StreamBook
    {
        public long Count { get; set; }

        public string? Spoilt { get; set; }

        public bool IsProven { get; set; }
    }
}
