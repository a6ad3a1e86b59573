using System.Text.Json;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Azure;

/// <summary>The objects of a file, some of them read ahead to learn whose tenant it is: a run names its tenant before its first line.</summary>
internal sealed class AzureAhead(IEnumerator<JsonItem> items) : IDisposable
{
    private readonly Queue<JsonItem> _ahead = new();
    private JsonItem _current;

    /// <summary>Why reading ended before the file did; null: it did not.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether there is an object that can be read.</summary>
    public bool Any => _ahead.Any(item => item.Json is not null);

    /// <summary>The tenant that the first object which names one names, lower case; null: none does.</summary>
    public string? FindTenant(int within)
    {
        while (_ahead.Count < within && Advance() is { } item)
        {
            _ahead.Enqueue(item);
            if (item.Json is { } json && JsonReading.Text(JsonReading.Member(json.RootElement, "data"), "tenantId") is { Length: > 0 } tenant)
            {
                return tenant.Trim().ToLowerInvariant();
            }
        }

        return null;
    }

    /// <summary>The next object; null at the end, or where <see cref="Fault"/> says why there is none. The one before is disposed.</summary>
    public JsonItem? Next()
    {
        _current.Json?.Dispose();
        _current = default;
        if (_ahead.TryDequeue(out var item) || (Fault is null && Advance() is { } read && Set(read, out item)))
        {
            _current = item;
            return item;
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

        items.Dispose();
    }

    private static bool Set(JsonItem read, out JsonItem item)
    {
        item = read;
        return true;
    }

    private JsonItem? Advance()
    {
        if (Fault is not null)
        {
            return null;
        }

        try
        {
            return items.MoveNext() ? items.Current : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException)
        {
            Fault = exception;
            return null;
        }
    }
}
