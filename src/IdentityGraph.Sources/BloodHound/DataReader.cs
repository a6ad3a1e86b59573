using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>Reads `{"data":[…],"meta":{…}}`, members in any order, one object of `data` at a time.</summary>
internal sealed class DataReader(Stream stream, UnpackLimits limits) : IDisposable
{
    private readonly JsonCursor _json = new(stream, limits.OneObject);
    private bool _hasData;
    private bool _hasMeta;

    /// <summary>The file's `meta`; null where it has none. Reads no further than it.</summary>
    /// <param name="atEnd">What the file ends with, where that is told without going through it and surely its own; null: it is not.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JsonException">Not JSON, or cut off.</exception>
    public SharpHoundMeta? ReadMeta(Func<SharpHoundMeta?> atEnd, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        var isFirst = true;
        while (NextMember(cancellationToken) is { } member)
        {
            if (member == "meta")
            {
                return Meta(cancellationToken);
            }

            if (isFirst && atEnd() is { } last)
            {
                return last;
            }

            isFirst = false;

            // Whether it is JSON comes out where the objects are read.
            _json.Skim(cancellationToken);
        }

        return null;
    }

    /// <summary>
    /// The elements of `data`, each to be used before the next is asked for. A member of an object that stands twice makes it unreadable. What
    /// is wrong with the file's own members stands among them, as items without an element.
    /// </summary>
    /// <exception cref="JsonException">Not JSON, cut off, or an object too large; what came before stands.</exception>
    public IEnumerable<JsonItem> ReadData(CancellationToken cancellationToken)
    {
        using var items = new ReadAhead<JsonItem>(() => new(limits.Depth, careful: false, once: true), Items, another: true, cancellationToken);
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
        var number = 0L;
        while (NextMember(cancellationToken) is { } member)
        {
            if (WhyOdd(member) is { } why)
            {
                yield return new(member, -1, default, why);
            }

            if (member == "meta" && Meta(cancellationToken).Problem is { } unread)
            {
                yield return new(member, -1, default, unread);
            }

            if (member != "data")
            {
                if (member != "meta")
                {
                    _json.Skip(cancellationToken);
                }

                continue;
            }

            if (_json.Token(cancellationToken) != JsonTokenType.StartArray)
            {
                throw new JsonException("`data` is not a list");
            }

            for (; _json.Take(ahead.Tree, cancellationToken); number++)
            {
                var json = _json.Kept(ahead.Tree, out var problem);
                yield return new(member, number, json, problem);
            }
        }

        _json.ExpectEnd(cancellationToken);
        if (!_hasData)
        {
            yield return new("data", -1, default, "it is missing, and nobody knows what it was to hold");
        }
    }

    private SharpHoundMeta Meta(CancellationToken cancellationToken)
    {
        var tree = new JsonTree(limits.Depth, careful: false, once: true);
        _json.Take(tree, cancellationToken);
        return SharpHoundMeta.Of(_json.Taken(tree, out var problem), problem);
    }

    /// <summary>What is wrong with a member of the file whatever it holds; null: nothing.</summary>
    private string? WhyOdd(string member)
    {
        if (!_json.IsNameText)
        {
            return JsonItem.NoName;
        }

        if (member is not ("data" or "meta"))
        {
            return member.Equals("data", StringComparison.OrdinalIgnoreCase) ? "it is called `data`, in these letters" : null;
        }

        ref var met = ref (member == "data" ? ref _hasData : ref _hasMeta);
        var twice = met;
        met = true;
        return twice ? JsonItem.StandsTwice : null;
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
