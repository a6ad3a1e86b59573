using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>A value of a page: an element of one of its lists, or another member.</summary>
/// <param name="Page">0 for the first object of the file.</param>
/// <param name="Member">The member of the page; null at its end.</param>
/// <param name="Index">Position in its list; -1 where the member is no list.</param>
/// <param name="Json">The value; stands until the next is asked for. None at the end of a page, or where there is a problem.</param>
/// <param name="Problem">Why the value cannot be read; null: it can.</param>
internal readonly record struct PageValue(int Page, string? Member, int Index, JsonValue Json, string? Problem = null);

/// <summary>Reads JSON objects one after another, or in one list, each with lists of objects, one element at a time.</summary>
/// <param name="stream">The file; disposed with the reader.</param>
/// <param name="another">Whether the file may be read ahead on another thread; not where a read can wait for ever.</param>
/// <param name="largest">Bytes one element may have.</param>
internal sealed class ListReader(Stream stream, bool another, int largest = ListReader.LargestElement) : IDisposable
{
    /// <summary>Largest element read, in bytes; larger ones end the reading.</summary>
    public const int LargestElement = 64 << 20;

    /// <summary>Deepest nesting of an element that is read.</summary>
    public const int Depth = 64;

    private readonly JsonCursor _json = new(stream, largest);

    /// <exception cref="JsonException">Not JSON, cut off, or an element too large; what came before stands.</exception>
    public IEnumerable<PageValue> Read(CancellationToken cancellationToken)
    {
        using var values = new ReadAhead<PageValue>(static () => new(Depth, careful: false), Values, another, cancellationToken);
        while (values.MoveNext())
        {
            yield return values.Current;
        }
    }

    public void Dispose() => _json.Dispose();

    private IEnumerable<PageValue> Values(ReadAhead<PageValue> ahead, CancellationToken cancellationToken)
    {
        _json.Begin();
        var inList = false;
        for (var page = 0; inList || !_json.AtEnd(cancellationToken);)
        {
            switch (_json.Token(cancellationToken))
            {
                case JsonTokenType.StartArray when !inList:
                    inList = true;
                    break;
                case JsonTokenType.EndArray:
                    inList = false;
                    break;
                case JsonTokenType.StartObject:
                    foreach (var value in ReadPage(page, ahead, cancellationToken))
                    {
                        yield return value;
                    }

                    yield return new PageValue(page++, null, -1, default);
                    break;
                default:
                    throw new JsonException("a page is no JSON object");
            }
        }
    }

    private IEnumerable<PageValue> ReadPage(int page, ReadAhead<PageValue> ahead, CancellationToken cancellationToken)
    {
        while (_json.Token(cancellationToken) == JsonTokenType.PropertyName)
        {
            var member = _json.Name;
            if (_json.Peek(cancellationToken) != JsonTokenType.StartArray)
            {
                _json.Take(ahead.Tree, cancellationToken);
                yield return Value(page, member, -1, ahead.Tree);
                continue;
            }

            _json.Token(cancellationToken);
            for (var index = 0; _json.Take(ahead.Tree, cancellationToken); index++)
            {
                yield return Value(page, member, index, ahead.Tree);
            }
        }
    }

    private PageValue Value(int page, string member, int index, JsonTree tree)
    {
        var json = _json.Kept(tree, out var problem);
        return new(page, member, index, json, problem);
    }
}
