using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>What the value read last is made of.</summary>
internal sealed partial class JsonCursor
{
    /// <summary>The value that was taken last with the same tree; it stands as long as <see cref="Value"/> does.</summary>
    /// <param name="tree">What it was taken with.</param>
    /// <param name="problem">Why it cannot be read though it is JSON; null: it can.</param>
    /// <returns>No value where there is a problem.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public JsonValue Taken(JsonTree tree, out string? problem)
    {
        if (_isTooLarge)
        {
            problem = $"it is larger than {largest >> 20} MB";
            return default;
        }

        var at = 0L;
        try
        {
            return tree.Finish(_length, out problem, out at);
        }
        catch (JsonException fault)
        {
            throw Placed(fault, _from + at);
        }
    }

    /// <summary>The same, and it stands beside what its tree keeps already.</summary>
    /// <inheritdoc cref="Taken"/>
    public JsonValue Kept(JsonTree tree, out string? problem)
    {
        var json = Taken(tree, out problem);
        if (problem is null)
        {
            tree.Keep(_length);
        }

        return json;
    }

    /// <summary>How deep the value read last nests.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public int Deepest()
    {
        var deepest = 0;
        var reader = new Utf8JsonReader(Value.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                deepest = Math.Max(deepest, reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0));
            }
        }
        catch (JsonException fault)
        {
            throw Placed(fault, _from + reader.BytesConsumed);
        }

        return deepest;
    }
}
