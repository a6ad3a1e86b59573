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
    private readonly JsonDocumentOptions _options = new() { MaxDepth = limits.Depth };

    /// <summary>The file's `meta`; null where it has none. Reads no further than it.</summary>
    /// <exception cref="JsonException">Not JSON, or cut off.</exception>
    public SharpHoundMeta? ReadMeta(CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        while (NextMember(cancellationToken) is { } member)
        {
            if (member == "meta")
            {
                _json.Take(cancellationToken);
                using var meta = _json.Parse(_options, copy: false, out _);
                var version = JsonReading.Member(meta?.RootElement ?? default, "version");
                return new SharpHoundMeta(
                    JsonReading.Text(meta?.RootElement ?? default, "type")?.ToLowerInvariant(),
                    version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : null);
            }

            _json.Skip(cancellationToken);
        }

        return null;
    }

    /// <summary>The elements of `data`, each to be disposed before the next is asked for.</summary>
    /// <exception cref="JsonException">Not JSON, cut off, or an object too large; what came before stands.</exception>
    public IEnumerable<JsonItem> ReadData(CancellationToken cancellationToken)
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

            for (var number = 0L; _json.Take(cancellationToken); number++)
            {
                var json = _json.Parse(_options, copy: false, out var problem);
                yield return new(member, number, json, problem);
            }
        }

        _json.ExpectEnd(cancellationToken);
    }

    /// <summary>Reads what is left without looking at it, so that what it unpacks to is measured.</summary>
    public void Drain(CancellationToken cancellationToken) => _json.Drain(cancellationToken);

    public void Dispose() => _json.Dispose();

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
