using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>How an end of a relationship names its node.</summary>
internal enum MatchBy : byte
{
    Id = 0,
    Name,
    Property,
}

/// <summary>The start or end of a relationship, reused from entry to entry.</summary>
internal sealed class EndRecord(RecordText texts)
{
    private readonly List<(string Key, string Value)> _matchers = [];
    private string? _name;
    private bool _operators;

    public MatchBy By { get; private set; }

    /// <summary>For <see cref="MatchBy.Id"/>.</summary>
    public ObjectId Id { get; } = new();

    /// <summary>For <see cref="MatchBy.Name"/>.</summary>
    public string Name => _name ?? "";

    /// <summary>For <see cref="MatchBy.Property"/>: every one must be equal.</summary>
    public IReadOnlyList<(string Key, string Value)> Matchers => _matchers;

    /// <summary>The kind its node must have; null: not said.</summary>
    public string? Kind { get; private set; }

    public Breach Breaches { get; private set; }

    public void Clear()
    {
        (By, Kind, _name, Breaches, _operators, Entry) = (MatchBy.Id, null, null, Breach.None, false, -1);
        Id.Clear();
        _matchers.Clear();
    }

    /// <summary>Number of the node of the import that <see cref="Id"/> is; -1: none so far. Looked up once.</summary>
    public int Find(PayloadNodes nodes)
    {
        if (Entry < 0 && nodes.Find(Id.Bytes, out var entry))
        {
            Entry = entry;
        }

        return Entry;
    }

    /// <summary>As far as it was looked up; -1: it was not, or no node is it.</summary>
    public int Entry { get; private set; } = -1;

    /// <summary>Takes over what <see cref="Find"/> would come to.</summary>
    public void Found(int entry) => Entry = entry;

    /// <summary>Reads the end.</summary>
    public void Read(JsonValue json)
    {
        Clear();
        if (json.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            Breaches = Breach.PlainEnd | Id.Read(json);
            return;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string? by = null;
        var said = 0;
        foreach (var part in json.EnumerateObject())
        {
            ReadMember(part, ref by, ref said);
        }

        Complete(by);
    }

    private void ReadMember(JsonMember part, ref string? by, ref int said)
    {
        var member = MemberOf(part.PlainName);
        Breaches |= member > 0 && (said >> member & 1) != 0 ? Breach.PartTwice : Breach.None;
        said |= 1 << member;
        var value = part.Value;
        switch (member)
        {
            case 1 when value.ValueKind is JsonValueKind.String or JsonValueKind.Number:
                Breaches |= Id.Read(value);
                break;
            case 2 when value.ValueKind == JsonValueKind.String:
                by = value.ValueEquals("id"u8) ? "id" : texts.Word(value);
                break;
            case 3 when value.ValueKind == JsonValueKind.String:
                Kind = texts.Word(value);
                break;
            case 4 when value.ValueKind == JsonValueKind.Array:
                ReadMatchers(value);
                break;
            default:
                Breaches |= member == 0 ? Breach.UnknownMember : value.ValueKind == JsonValueKind.Null ? Breach.None : Breach.MatchBy;
                break;
        }
    }

    private static int MemberOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("kind"u8) => 3,
        5 when name.SequenceEqual("value"u8) => 1,
        8 when name.SequenceEqual("match_by"u8) => 2,
        17 when name.SequenceEqual("property_matchers"u8) => 4,
        _ => 0,
    };

    private void ReadMatchers(JsonValue list)
    {
        const int most = 16;
        foreach (var matcher in list.EnumerateArray())
        {
            if (matcher.ValueKind != JsonValueKind.Object)
            {
                Breaches |= Breach.MatchBy;
                continue;
            }

            var (key, value, op) = (Scalar(matcher["key"u8]), Scalar(matcher["value"u8]), Scalar(matcher["operator"u8]));
            if (key is not null && value is not null && op is null or "equals" && _matchers.Count < most)
            {
                _matchers.Add((key.ToLowerInvariant(), value));
            }
            else
            {
                _operators = true;
            }
        }
    }

    private static string? Scalar(JsonValue json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => DecimalText.Find(json.GetRawText()) ?? json.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private void Complete(string? by)
    {
        switch (by)
        {
            case null or "id":
                break;
            case "name" when Id.Said is { Length: > 0 } name:
                // A name may be a number, and is in whatever spelling.
                (By, _name) = (MatchBy.Name, (Breaches & Breach.IdNotText) == 0 ? name : Id.ToString());
                break;
            case "property" when _matchers.Count > 0 && !_operators:
                By = MatchBy.Property;
                break;
            case "property":
                Breaches |= Breach.MatchBy;
                Id.Clear();
                break;
            default:
                Breaches |= Breach.MatchBy;
                break;
        }
    }
}
