using System.Text.Json;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>One step through a payload.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Member">The member it stands in or is.</param>
/// <param name="Index">Its position in the list; −1 before the first.</param>
/// <param name="Breaches">What the file itself broke since the step before.</param>
/// <param name="Json">The entry or member; no value where it is neither.</param>
/// <param name="Problem">Why an entry cannot be read; null: it can, or is none.</param>
internal readonly record struct PayloadItem(PayloadPart Part, string Member, long Index, Breach Breaches, JsonValue Json, string? Problem = null);

/// <summary>Goes through a payload from entry to entry, and past everything that is not read.</summary>
internal sealed class PayloadStream(Stream stream, UnpackLimits limits, bool definitions) : IDisposable
{
    private readonly JsonCursor _json = new(stream, limits.OneObject);
    private string _member = "";
    private long _index;
    private Breach _breaches;

    public void Dispose() => _json.Dispose();

    /// <exception cref="JsonException">Not JSON, or cut off; what came before stands.</exception>
    public IEnumerable<PayloadItem> Read(ReadAhead<PayloadItem> ahead, CancellationToken cancellationToken)
    {
        _json.Begin();
        _breaches |= _json.HasByteOrderMark ? Breach.ByteOrderMark : Breach.None;
        if (_json.Token(cancellationToken) != JsonTokenType.StartObject)
        {
            throw new JsonException("the file is no JSON object");
        }

        var inGraph = false;
        while (true)
        {
            if (_json.Token(cancellationToken) == JsonTokenType.EndObject)
            {
                if (inGraph)
                {
                    inGraph = false;
                    continue;
                }

                _json.ExpectEnd(cancellationToken);
                yield return Item(PayloadPart.Place, default);
                yield break;
            }

            _member = _json.Name;
            var isList = _member is "nodes" or "edges";
            (_index, _breaches) = isList ? (-1, _breaches | (inGraph ? Breach.None : Breach.NoGraph)) : (_index, _breaches);
            yield return Item(PayloadPart.Place, default);
            if (isList)
            {
                var part = _member == "nodes" ? PayloadPart.Node : PayloadPart.Edge;
                var inList = Enters(JsonTokenType.StartArray, cancellationToken);
                while (inList && _json.Take(ahead.Tree, cancellationToken))
                {
                    var entry = _json.Kept(ahead.Tree, out var problem);
                    _index++;
                    yield return Item(part, entry, problem);
                }
            }
            else if (_member == "graph" && !inGraph)
            {
                inGraph = Enters(JsonTokenType.StartObject, cancellationToken);
            }
            else if (_member is "schema" or "node_kinds" or "relationship_kinds" && !inGraph && definitions)
            {
                yield return Item(PayloadPart.Member, Definition(cancellationToken));
            }
            else
            {
                var isKnown = !inGraph && _member is "$schema" or "relationship_findings" or "metadata" or "schema" or "node_kinds" or "relationship_kinds" or "environments";
                var holds = !isKnown && _json.Peek(cancellationToken) is JsonTokenType.StartObject or JsonTokenType.StartArray;
                _breaches |= isKnown ? Breach.None : holds ? Breach.UnknownPart : Breach.UnknownMember;
                _json.Skip(cancellationToken);
                if (!isKnown)
                {
                    // Told here, for the place of the next member is another.
                    _member = inGraph ? "graph." + _member : _member;
                    yield return Item(PayloadPart.Place, default);
                }
            }
        }
    }

    private PayloadItem Item(PayloadPart part, JsonValue json, string? problem = null)
    {
        var breaches = _breaches;
        _breaches = Breach.None;
        return new(part, _member, _index, breaches, json, problem);
    }

    private bool Enters(JsonTokenType expected, CancellationToken cancellationToken)
    {
        var token = _json.Token(cancellationToken);
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray && token != expected)
        {
            throw new JsonException($"`{_member}` is no {(expected == JsonTokenType.StartArray ? "list" : "object")}");
        }

        _breaches |= token == expected ? Breach.None : token == JsonTokenType.Null ? Breach.NullList : Breach.NotAList;
        return token == expected;
    }

    private JsonValue Definition(CancellationToken cancellationToken)
    {
        var tree = new JsonTree(limits.Depth, careful: true);
        _json.Take(tree, cancellationToken);
        var whole = _json.Kept(tree, out var problem);
        tree.Seal();
        return problem is null ? whole : throw new JsonException($"`{_member}`: {problem}");
    }
}
