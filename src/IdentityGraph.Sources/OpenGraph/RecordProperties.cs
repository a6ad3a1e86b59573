using System.Text;
using System.Text.Json;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Reads the `properties` of a record: those whose names are known into a bag, the others passed over.</summary>
internal sealed class RecordProperties(PropertyNames names)
{
    public PropertyBag Values { get; } = new();

    public Breach Breaches { get; private set; }

    public void Clear()
    {
        Values.Clear();
        Breaches = Breach.None;
    }

    /// <summary>Reads the value at the reader.</summary>
    /// <param name="reader">At the value's first token; left at its last.</param>
    /// <param name="ofNode">Whether `objectid` is forbidden in them.</param>
    /// <returns>False where the bytes at hand end before it does.</returns>
    public bool TryRead(ref Utf8JsonReader reader, bool ofNode)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return TryMembers(ref reader, ofNode);
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String when RecordText.LooksPacked(reader.ValueSpan):
                Breaches |= Breach.Packed;
                Unpack(ref reader, ofNode);
                return true;
            default:
                Breaches |= Breach.Nested;
                return reader.TrySkip();
        }
    }

    /// <summary>Properties that are a text with an object in it.</summary>
    private void Unpack(ref Utf8JsonReader reader, bool ofNode)
    {
        if (RecordText.Of(ref reader) is not { } text)
        {
            Breaches |= Breach.InvalidText;
            return;
        }

        try
        {
            var inner = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = PayloadReader.Deepest });
            if (inner.Read() && inner.TokenType == JsonTokenType.StartObject)
            {
                TryMembers(ref inner, ofNode);
            }
        }
        catch (JsonException)
        {
            // It only looked packed: what it says is not read, and the breach is counted.
        }
    }

    private bool TryMembers(ref Utf8JsonReader reader, bool ofNode)
    {
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                return true;
            }

            var name = Name(ref reader);
            if (ofNode && name >= 0 && names[name] == "objectid")
            {
                Breaches |= Breach.ObjectId;
            }

            if (!reader.Read() || !TryValue(ref reader, name))
            {
                return false;
            }
        }
    }

    private int Name(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return names.Find(reader.ValueSpan);
        }

        if (RecordText.Of(ref reader) is { } name)
        {
            return names.Find(name);
        }

        Breaches |= Breach.InvalidText;
        return -1;
    }

    private bool TryValue(ref Utf8JsonReader reader, int name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Breaches |= Breach.Nested;
                return reader.TrySkip();
            case JsonTokenType.StartArray:
                return TryList(ref reader);
            case JsonTokenType.String:
                return Text(ref reader, name);
            default:
                if (name >= 0)
                {
                    Take(name, reader.TokenType, null, reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) ? number : 0);
                }

                return true;
        }
    }

    private bool Text(ref Utf8JsonReader reader, int name)
    {
        if (RecordText.LooksPacked(reader.ValueSpan))
        {
            Breaches |= Breach.Packed;
        }

        if (name < 0)
        {
            return true;
        }

        if (RecordText.Of(ref reader) is { } text)
        {
            Take(name, JsonTokenType.String, text, 0);
        }
        else
        {
            Breaches |= Breach.InvalidText;
        }

        return true;
    }

    private void Take(int name, JsonTokenType type, string? text, double number)
    {
        if (!Values.Add(name, type, text, number))
        {
            Breaches |= Breach.MemberTwice;
        }
    }

    /// <summary>Lists are checked, not read: no property that is read is one.</summary>
    private bool TryList(ref Utf8JsonReader reader)
    {
        var first = JsonTokenType.None;
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            var type = reader.TokenType == JsonTokenType.False ? JsonTokenType.True : reader.TokenType;
            switch (type)
            {
                case JsonTokenType.EndArray:
                    return true;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    Breaches |= Breach.Nested;
                    if (!reader.TrySkip())
                    {
                        return false;
                    }

                    break;
                case var _ when first == JsonTokenType.None:
                    first = type;
                    break;
                case var _ when first != type:
                    Breaches |= Breach.MixedList;
                    break;
            }
        }
    }
}
