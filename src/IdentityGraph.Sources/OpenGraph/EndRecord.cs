using System.Text;
using System.Text.Json;

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
    private bool _isText;
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
        (By, Kind, _name, _isText, Breaches, _operators) = (MatchBy.Id, null, null, false, Breach.None, false);
        Id.Clear();
        _matchers.Clear();
    }

    /// <summary>Reads the end.</summary>
    /// <param name="reader">At its first token; left at its last.</param>
    /// <returns>False where the bytes at hand end before it does.</returns>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        Clear();
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            Breaches = Breach.PlainEnd | Id.Read(ref reader);
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.TrySkip();
        }

        string? by = null;
        var said = 0;
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                break;
            }

            if (!TryMember(ref reader, ref by, ref said))
            {
                return false;
            }
        }

        Complete(by);
        return true;
    }

    private bool TryMember(ref Utf8JsonReader reader, ref string? by, ref int said)
    {
        var member = reader.ValueTextEquals("value"u8) ? 1 : reader.ValueTextEquals("match_by"u8) ? 2 : reader.ValueTextEquals("kind"u8) ? 3
            : reader.ValueTextEquals("property_matchers"u8) ? 4 : 0;
        Breaches |= member > 0 && (said >> member & 1) != 0 ? Breach.PartTwice : Breach.None;
        said |= 1 << member;
        if (!reader.Read())
        {
            return false;
        }

        switch (member)
        {
            case 1 when reader.TokenType is JsonTokenType.String or JsonTokenType.Number:
                Breaches |= Id.Read(ref reader);
                _isText = reader.TokenType == JsonTokenType.String;
                return true;
            case 2 when reader.TokenType == JsonTokenType.String:
                by = texts.Word(ref reader);
                return true;
            case 3 when reader.TokenType == JsonTokenType.String:
                Kind = texts.Word(ref reader);
                return true;
            case 4 when reader.TokenType == JsonTokenType.StartArray:
                return TryMatchers(ref reader);
            default:
                Breaches |= member == 0 ? Breach.UnknownMember : reader.TokenType == JsonTokenType.Null ? Breach.None : Breach.MatchBy;
                return reader.TrySkip();
        }
    }

    private bool TryMatchers(ref Utf8JsonReader reader)
    {
        const int most = 16;
        string? key = null, value = null, op = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray:
                    return true;
                case JsonTokenType.EndObject:
                    if (key is not null && value is not null && op is null or "equals" && _matchers.Count < most)
                    {
                        _matchers.Add((key.ToLowerInvariant(), value));
                    }
                    else
                    {
                        _operators = true;
                    }

                    (key, value, op) = (null, null, null);
                    break;
                case JsonTokenType.PropertyName:
                    var member = reader.ValueTextEquals("key"u8) ? 1 : reader.ValueTextEquals("operator"u8) ? 2 : reader.ValueTextEquals("value"u8) ? 3 : 0;
                    if (!reader.Read())
                    {
                        return false;
                    }

                    var text = Scalar(ref reader);
                    (key, op, value) = member switch { 1 => (text, op, value), 2 => (key, text, value), 3 => (key, op, text), _ => (key, op, value) };
                    if (!reader.TrySkip())
                    {
                        return false;
                    }

                    break;
                case JsonTokenType.StartObject:
                    break;
                default:
                    Breaches |= Breach.MatchBy;
                    if (!reader.TrySkip())
                    {
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => RecordText.Of(ref reader),
        JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    private void Complete(string? by)
    {
        switch (by)
        {
            case null or "id":
                break;
            case "name" when _isText && Id.Said is { Length: > 0 } name:
                (By, _name) = (MatchBy.Name, name);
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
