using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Azure;

/// <summary>Reads the objects of one file into observations. A stream is AzureHound's kind.</summary>
/// <param name="objects">They.</param>
/// <param name="tenant">The file's; null: not said.</param>
/// <param name="book">Of its run.</param>
/// <param name="atEnd">Done when all of the file was read.</param>
internal sealed class AzureHoundReader(Ahead objects, string? tenant, RecordBook book, Action atEnd)
{
    private readonly FactList _facts = new();
    private string? _kind;

    public IEnumerable<Observation> Read(CancellationToken cancellationToken)
    {
        using var writing = new AzureWriting(_facts, tenant, book);
        var place = $"{book.File}#data[";
        var number = 0L;
        while (objects.Next() is { } item)
        {
            cancellationToken.ThrowIfCancellationRequested();
            number = item.Number + 1;
            _facts.Clear();
            _facts.Where = item.Number < 0 || item.List != "data" ? $"{book.File}#{item.Where}" : FactList.Place(place, item.Number);
            writing.Item = item;
            Take(item, writing);
            for (var fact = 0; fact < _facts.Facts.Count; fact++)
            {
                yield return _facts.Facts[fact];
            }
        }

        if (objects.Fault is { } fault)
        {
            book.Cut($"data[{number}]", fault is JsonException ? fault.Message : "the file is damaged: " + fault.Message);
        }

        foreach (var observation in writing.Pending.Read(_facts, writing))
        {
            yield return observation;
        }

        foreach (var end in book.Ends())
        {
            yield return end;
        }

        atEnd();
    }

    private void Take(JsonItem item, AzureWriting writing)
    {
        if (!item.IsReadable)
        {
            book.LeaveOut(item, "the object");
            return;
        }

        var kind = writing.Word(item.Json["kind"u8]);
        var data = item.Json["data"u8];
        if (kind is null || data.ValueKind != JsonValueKind.Object)
        {
            book.Outcome.Read++;
            book.Refuse(item.Where, kind is null ? "kind" : "data", "an object has a `kind` (a text such as `AZUser`) and `data` (an object); it was left out", "");
            return;
        }

        var stream = ReferenceEquals(kind, _kind) ? writing.Stream : RecordBook.Shown(kind);
        _kind = kind;
        book.Read(stream);
        _facts.Stream = stream;
        writing.Stream = stream;
        if (AzureObjects.Describe(kind, data, writing) || AzureRelations.State(kind, data, writing))
        {
            if (_facts.LeftOut is { } leftOut)
            {
                book.Refuse(item.Where, "data", $"{leftOut}; that property was left out, the rest of the object is imported", null);
            }

            return;
        }

        var words = book.Strict ? "no row says what it means (--strict)" : "no row says what it means; nothing of it was imported";
        book.Report.CountUnrecognised("kind " + stream);
        book.Spoil(stream, words);
        book.Trace("node", JsonReading.Text(data, "id") ?? "", null, kind, item.Where, "refused", words);
        if (book.Strict)
        {
            book.Refuse(item.Where, "kind", $"`{stream}`: {words}", stream);
        }
    }
}
