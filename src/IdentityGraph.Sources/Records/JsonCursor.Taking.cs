using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>Taking values whole.</summary>
internal sealed partial class JsonCursor
{
    private bool _isTooLarge;

    /// <summary>Whether reading stands behind the first bracket of a list.</summary>
    private bool _isBeforeElement;

    /// <summary>Whether it stands in a list, behind an object or list that was taken of it.</summary>
    private bool _isBehindElement;

    private bool InList => _isBeforeElement || _isBehindElement;

    /// <summary>Reads the next value whole into <see cref="Value"/>; false at the end of the list, which is gone past.</summary>
    /// <exception cref="JsonException">Not JSON, cut off, or the value is too large.</exception>
    public bool Take(CancellationToken cancellationToken) => Take(null, cancellationToken);

    /// <summary>
    /// The same, and its tokens are taken down in the pass that finds its end; <see cref="Taken"/> is to be asked for them next, and says
    /// so where it is an object or list too large to be held: then it was passed over.
    /// </summary>
    /// <param name="tree">Where to; null: nobody asks for them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public bool Take(JsonTree? tree, CancellationToken cancellationToken)
    {
        _isTooLarge = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_isBehindElement && TryTakeNext(tree))
            {
                return true;
            }

            var reader = Reader();
            if (Read(ref reader))
            {
                if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    Consume(ref reader);
                    return false;
                }

                if (TryTake(ref reader, tree))
                {
                    return true;
                }

                if (tree is not null && !_final && _end - _start >= largest)
                {
                    var inList = InList;
                    Skip(cancellationToken);
                    (_from, _length, _isTooLarge, _isBehindElement) = (0, 0, true, inList);
                    return true;
                }
            }

            Starve();
        }
    }

    /// <summary>
    /// Takes an element that stands behind another and a comma, without asking the reader: what it knows is the same behind both. Where it
    /// is anything else, or not all there, nothing is gone past.
    /// </summary>
    private bool TryTakeNext(JsonTree? tree)
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        var comma = rest is [(byte)',', ..] ? 0 : rest.IndexOfAnyExcept(" \n\r\t"u8);
        if (comma < 0 || rest[comma] != (byte)',')
        {
            return false;
        }

        var at = comma + 1;
        at += at < rest.Length && rest[at] is (byte)'{' or (byte)'[' ? 0 : Math.Max(0, rest[at..].IndexOfAnyExcept(" \n\r\t"u8));
        if (at >= rest.Length || rest[at] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        tree?.Begin(_buffer, _start + at);
        var to = Close(_start + at, tree);
        if (to < 0)
        {
            return false;
        }

        (_from, _length, _start) = (_start + at, to - _start - at, to);
        return true;
    }

    /// <summary>The position behind an object or list; −1: it is not all there.</summary>
    private int Close(int from, JsonTree? tree)
    {
        var to = tree?.Fill(_buffer, from, _end) ?? JsonTree.Odd;
        if (to != JsonTree.Odd)
        {
            return to;
        }

        var length = new JsonSkimmer(0).Skim(_buffer.AsSpan(from, _end - from));
        return length < 0 ? -1 : from + length;
    }

    private bool TryTake(ref Utf8JsonReader reader, JsonTree? tree)
    {
        var from = _start + (int)reader.TokenStartIndex;
        var inList = InList;
        tree?.Begin(_buffer, from);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            (_from, _length) = (from, _start + (int)reader.BytesConsumed - from);
            Consume(ref reader);
            return true;
        }

        var to = Close(from, tree);
        if (to < 0)
        {
            return false;
        }

        (_from, _length) = (from, to - from);
        Leap(ref reader, to);
        _isBehindElement = inList;
        return true;
    }
}
