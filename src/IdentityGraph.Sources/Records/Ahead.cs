using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>The records of a file, some of them read ahead: a run names its source and tenant before its first line.</summary>
internal sealed class Ahead(JsonElements elements, IReadOnlyCollection<string> lists, CancellationToken cancellationToken) : IDisposable
{
    private readonly IEnumerator<JsonItem> _items = elements.Read(lists, cancellationToken).GetEnumerator();
    private readonly Queue<JsonItem> _ahead = new();

    /// <summary>Why reading ended before the file did; null: it did not.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether something was read ahead that is left.</summary>
    public bool Any => _ahead.Count > 0;

    /// <summary>The list the first record stands in; null: nothing was read ahead.</summary>
    public string? FirstList => _ahead.TryPeek(out var item) ? item.List : null;

    /// <summary>Whether a record was read ahead that can be read.</summary>
    public bool AnyReadable => _ahead.Any(item => item.IsReadable);

    /// <summary>What the first record that says something says, of so many; null: none of them does.</summary>
    public string? Find(int within, Func<JsonValue, string?> says)
    {
        elements.Copies = true;
        while (_ahead.Count < within && Advance() is { } item)
        {
            _ahead.Enqueue(item);
            if (item.IsReadable && says(item.Json) is { } said)
            {
                return said;
            }
        }

        return null;
    }

    /// <summary>The next record; null at the end, or where <see cref="Fault"/> says why there is none. The one before is to be used no more.</summary>
    public JsonItem? Next()
    {
        elements.Copies = false;
        return _ahead.TryDequeue(out var item) ? item : Advance();
    }

    public void Dispose() => _items.Dispose();

    private JsonItem? Advance()
    {
        if (Fault is not null)
        {
            return null;
        }

        try
        {
            return _items.MoveNext() ? _items.Current : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException)
        {
            Fault = exception;
            return null;
        }
    }
}
