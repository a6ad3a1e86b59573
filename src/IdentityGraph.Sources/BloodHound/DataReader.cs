using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>What a file says of itself. `count` is not read: SharpHound gets it wrong.</summary>
/// <param name="Type">`meta.type`; null: not said.</param>
/// <param name="Version">`meta.version`; null: not said.</param>
internal readonly record struct SharpHoundMeta(string? Type, int? Version);

/// <summary>Reads `{"data":[…],"meta":{…}}`, members in any order, one object of `data` at a time.</summary>
internal sealed class DataReader(Stream stream, UnpackLimits limits) : IDisposable
{
    private readonly JsonCursor _json = new(stream, limits.OneObject);

    /// <summary>The file's `meta`; null where it has none. Reads no further than it.</summary>
    /// <exception cref="JsonException">Not JSON, or cut off.</exception>
    public SharpHoundMeta? ReadMeta(CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        while (NextMember(cancellationToken) is { } member)
        {
            if (member == "meta")
            {
                var tree = new JsonTree(limits.Depth, careful: false);
                _json.Take(tree, cancellationToken);
                var meta = _json.Taken(tree, out _);
                return new SharpHoundMeta(
                    meta["type"u8].GetString()?.ToLowerInvariant(),
                    meta["version"u8].TryGetInt32(out var number) ? number : null);
            }

            _json.Skip(cancellationToken);
        }

        return null;
    }

    /// <summary>The elements of `data`, each to be used before the next is asked for.</summary>
    /// <exception cref="JsonException">Not JSON, cut off, or an object too large; what came before stands.</exception>
    public IEnumerable<JsonItem> ReadData(CancellationToken cancellationToken)
    {
        using var items = new ReadAhead<JsonItem>(() => new(limits.Depth, careful: false), Items, another: true, cancellationToken);
        while (items.MoveNext())
        {
            yield return items.Current;
        }
    }

    /// <summary>Reads what is left without looking at it, so that what it unpacks to is measured.</summary>
    public void Drain(CancellationToken cancellationToken) => _json.Drain(cancellationToken);

    public void Dispose() => _json.Dispose();

    private IEnumerable<JsonItem> Items(ReadAhead<JsonItem> ahead, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        while (NextMember(cancellationToken) is { } member)
        {
            if (member != "data")
            {
                _json.Skip(cancellationToken);
                continue;
            }

            if (_json.Token(cancellationToken) != JsonTokenType.StartArray)
            {
                throw new JsonException("`data` is not a list");
            }

            for (var number = 0L; _json.Take(ahead.Tree, cancellationToken); number++)
            {
                var json = _json.Kept(ahead.Tree, out var problem);
                yield return new(member, number, json, problem);
            }
        }

        _json.ExpectEnd(cancellationToken);
    }

    private void Begin(CancellationToken cancellationToken)
    {
        _json.Begin();
        if (_json.Token(cancellationToken) != JsonTokenType.StartObject)
        {
            throw new JsonException("the file is no JSON object");
        }
    }

    private string? NextMember(CancellationToken cancellationToken) => _json.Token(cancellationToken) switch
    {
        JsonTokenType.EndObject => null,
        JsonTokenType.PropertyName => _json.Name,
        _ => throw new JsonException("a member is expected"),
    };
}
