using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>The records of a file, some of them read ahead: a run names its source and tenant before its first line.</summary>
internal sealed class Ahead(JsonElements elements, IReadOnlyCollection<string> lists, CancellationToken cancellationToken) : IDisposable
{
    private readonly IEnumerator<JsonItem> _items = elements.Read(lists, cancellationToken).GetEnumerator();
    private readonly Queue<JsonItem> _ahead = new();
    private JsonItem _current;

    /// <summary>Why reading ended before the file did; null: it did not.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether something was read ahead that is left.</summary>
    public bool Any => _ahead.Count > 0;

    /// <summary>The list the first record stands in; null: nothing was read ahead.</summary>
    public string? FirstList => _ahead.TryPeek(out var item) ? item.List : null;

    /// <summary>Whether a record was read ahead that can be read.</summary>
    public bool AnyReadable => _ahead.Any(item => item.Json is not null);

    /// <summary>What the first record that says something says, of so many; null: none of them does.</summary>
    public string? Find(int within, Func<JsonElement, string?> says)
    {
        elements.Copies = true;
        while (_ahead.Count < within && Advance() is { } item)
        {
            _ahead.Enqueue(item);
            if (item.Json is { } json && says(json.RootElement) is { } said)
            {
                return said;
            }
        }

        return null;
    }

    /// <summary>The next record; null at the end, or where <see cref="Fault"/> says why there is none. The one before is disposed.</summary>
    public JsonItem? Next()
    {
        _current.Json?.Dispose();
        _current = default;
        elements.Copies = false;
        if (_ahead.TryDequeue(out var item))
        {
            _current = item;
            return item;
        }

        if (Advance() is { } read)
        {
            _current = read;
            return read;
        }

        return null;
    }

    public void Dispose()
    {
        _current.Json?.Dispose();
        foreach (var item in _ahead)
        {
            item.Json?.Dispose();
        }

        _items.Dispose();
    }

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
