using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Reads the `properties` of a record: those whose names are known into a bag, the others passed over.</summary>
internal sealed class RecordProperties(PropertyNames names)
{
    private readonly int _objectId = names.Find("objectid");

    public PropertyBag Values { get; } = new();

    public Breach Breaches { get; private set; }

    public void Clear()
    {
        Values.Clear();
        Breaches = Breach.None;
    }

    /// <summary>Reads them.</summary>
    /// <param name="json">The value of `properties`.</param>
    /// <param name="ofNode">Whether `objectid` is forbidden in them.</param>
    public void Read(JsonValue json, bool ofNode)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                ReadMembers(json, ofNode);
                break;
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String when RecordText.LooksPacked(json.Bytes):
                Breaches |= Breach.Packed;
                Unpack(json, ofNode);
                break;
            default:
                Breaches |= Breach.Nested;
                break;
        }
    }

    /// <summary>Properties that are a text with an object in it.</summary>
    private void Unpack(JsonValue json, bool ofNode)
    {
        if (json.GetString() is not { } text)
        {
            Breaches |= Breach.InvalidText;
            return;
        }

        try
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            ReadMembers(new JsonTree(PayloadReader.Deepest, careful: false).Read(bytes, 0, bytes.Length, out _, out _), ofNode);
        }
        catch (JsonException)
        {
            // It only looked packed: what it says is not read, and the breach is counted.
        }
    }

    private void ReadMembers(JsonValue json, bool ofNode)
    {
        foreach (var member in json.EnumerateObject())
        {
            var name = Name(member);
            if (ofNode && name >= 0 && name == _objectId)
            {
                Breaches |= Breach.ObjectId;
            }

            ReadValue(member.Value, name);
        }
    }

    private int Name(JsonMember member)
    {
        if (!member.IsNameEscaped)
        {
            return names.Find(member.NameBytes, member.NameHash);
        }

        if (member.IsNameText)
        {
            return names.Find(member.Name);
        }

        Breaches |= Breach.InvalidText;
        return -1;
    }

    private void ReadValue(JsonValue value, int name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Breaches |= Breach.Nested;
                break;
            case JsonValueKind.Array:
                ReadList(value);
                if (name >= 0 && names.IsList(name))
                {
                    Take(name, JsonValueKind.Array, string.Join('\n', value.EnumerateArray().Select(static element => element.GetString())), 0);
                }

                break;
            case JsonValueKind.String:
                ReadText(value, name);
                break;
            default:
                if (name >= 0)
                {
                    var isNumber = value.TryGetDouble(out var number);
                    Take(name, value.ValueKind, isNumber && !IsPlain(number) ? value.GetRawText() : null, isNumber ? number + 0.0 : 0);
                }

                break;
        }
    }

    /// <summary>Whether it is a whole number that a double holds to the digit.</summary>
    private static bool IsPlain(double number) => Math.Abs(number) < 1L << 53 && number == Math.Floor(number);

    private void ReadText(JsonValue json, int name)
    {
        if (RecordText.LooksPacked(json.Bytes))
        {
            Breaches |= Breach.Packed;
        }

        if (name < 0)
        {
            return;
        }

        if (json.GetString() is { } text)
        {
            Take(name, JsonValueKind.String, text, 0);
        }
        else
        {
            Breaches |= Breach.InvalidText;
        }
    }

    private void Take(int name, JsonValueKind kind, string? text, double number)
    {
        if (!Values.Add(name, kind, text, number))
        {
            Breaches |= Breach.MemberTwice;
        }
    }

    /// <summary>Lists are checked: of what is read few are one.</summary>
    private void ReadList(JsonValue list)
    {
        var first = JsonValueKind.Undefined;
        foreach (var element in list.EnumerateArray())
        {
            var kind = element.ValueKind == JsonValueKind.False ? JsonValueKind.True : element.ValueKind;
            if (kind is JsonValueKind.Array or JsonValueKind.Object)
            {
                Breaches |= Breach.Nested;
            }
            else if (first == JsonValueKind.Undefined)
            {
                first = kind;
            }
            else if (first != kind)
            {
                Breaches |= Breach.MixedList;
            }
        }
    }
}
