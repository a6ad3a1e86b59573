using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>Reads `props`: each value as its property spells it, others as they came.</summary>
internal sealed class PropertyReader(LineContext context)
{
    /// <summary>Beyond so many names, doubles are looked for by hash.</summary>
    private const int FewNames = 24;

    /// <summary>No thing has so many; each fold would look through all of them for each.</summary>
    private const int MostProperties = 4_096;

    private readonly List<KeyValuePair<string, PropertyValue>> _read = [];
    private readonly List<string> _texts = [];

    /// <param name="reader">At the opening brace; left at the closing one.</param>
    /// <param name="kind">Null: the kind is unknown, and so are its properties.</param>
    public IReadOnlyList<KeyValuePair<string, PropertyValue>> Read(ref Utf8JsonReader reader, KindTable? kind)
    {
        _read.Clear();
        HashSet<string>? names = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_read.Count == MostProperties)
            {
                throw new BadLineException("props", $"the line has more than {MostProperties} properties; say only what is true of the thing itself");
            }

            var name = context.Name(ref reader);
            var property = kind?.Find(name);
            if (property is null)
            {
                Unrecognised(name, kind);
            }

            if (_read.Count < FewNames ? Said(name) : !(names ??= [.. _read.Select(p => p.Key)]).Add(name))
            {
                throw LineContext.Twice(name);
            }

            reader.Read();
            _read.Add(new(name, property is null ? AsItCame(ref reader, name) : Value(ref reader, property)));
        }

        return _read.Count == 0 ? [] : _read.ToArray();
    }

    private bool Said(string name)
    {
        foreach (var (said, _) in _read)
        {
            if (said == name)
            {
                return true;
            }
        }

        return false;
    }

    private void Unrecognised(string name, KindTable? kind)
    {
        if (LineContext.IdProblem(name) is { } problem)
        {
            throw new BadLineException("props", $"the name of a property {problem}");
        }

        LineContext.Guarded(name, "props");
        if (kind is not null)
        {
            context.Unknown(name, kind.Kind is { } label ? $"property {label}.{LineContext.Quoted(name)}" : $"property {LineContext.Quoted(name)}");
        }
    }

    private PropertyValue Value(ref Utf8JsonReader reader, Property property)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return PropertyValue.None;
        }

        var name = property.Name;
        switch (property.Type)
        {
            case PropertyType.Flag:
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False
                    ? PropertyValue.Of(reader.GetBoolean())
                    : throw LineContext.Wrong(ref reader, name, "true, false or null");
            case PropertyType.Instant:
                return InstantText(ref reader, name);
            case PropertyType.Number:
                return PropertyValue.Of(Number(ref reader, name));
            case PropertyType.Integer:
                var number = Number(ref reader, name);
                return number == Math.Truncate(number) ? PropertyValue.Of(number) : throw new BadLineException(name, $"`{name}` must be a whole number");
            case PropertyType.TextList or PropertyType.WordList:
                return Texts(ref reader, property);
            case PropertyType.Word:
                var word = context.Word(ref reader, name);
                Known(property, word);
                return PropertyValue.Of(word);
            default:
                return Spelt(ref reader, property);
        }
    }

    /// <summary>In UTC, spelt as instants are; most already are.</summary>
    private static PropertyValue InstantText(ref Utf8JsonReader reader, string name)
    {
        var instant = LineContext.Instant(ref reader, name);
        return IsPlain(reader.ValueSpan)
            ? PropertyValue.Of(reader.GetString()!)
            : PropertyValue.Of(instant);
    }

    /// <summary>`2025-06-02T08:00:00Z`, and no leap second.</summary>
    internal static bool IsPlain(ReadOnlySpan<byte> text) => text.Length == 20 && text[10] == 'T' && text[17] != '6' && text[19] == 'Z';

    private PropertyValue Spelt(ref Utf8JsonReader reader, Property property)
    {
        var name = property.Name;
        var text = property.Type == PropertyType.Text ? LineContext.Text(ref reader, name) : context.Word(ref reader, name);
        var problem = property.Type switch
        {
            PropertyType.Level when !RightsLogic.TryParseLevel(text, out _) => "is not a level; write `L0` to `L6`, or leave it out where it is unknown",
            PropertyType.Rights when !RightsLogic.TryParseLetters(text, out _) => "is not a set of rights; write letters out of `DRWUAC`",
            PropertyType.Duration when !Durations.TryParse(text, out _) => "is not a duration; write ISO 8601, such as `PT24H` or `P30D`",
            _ => null,
        };
        return problem is null ? PropertyValue.Of(text) : throw new BadLineException(name, $"`{name}` (`{LineContext.Quoted(text)}`) {problem}");
    }

    private PropertyValue Texts(ref Utf8JsonReader reader, Property property)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw LineContext.Wrong(ref reader, property.Name, "a list of texts");
        }

        _texts.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var text = reader.TokenType == JsonTokenType.String
                ? context.Word(ref reader, property.Name)
                : throw new BadLineException(property.Name, $"`{property.Name}` must be a list of texts only");
            _texts.Add(text);
            if (property.Words.Count > 0)
            {
                Known(property, text);
            }
        }

        return PropertyValue.Of(_texts.ToArray());
    }

    /// <summary>Counts a word nobody knows. A gate may carry an argument: `allowListIp(office)`.</summary>
    private void Known(Property property, string said)
    {
        var word = said.AsSpan();
        if (property.Type == PropertyType.TextList && word.IndexOf('(') is > 0 and var open && word[^1] == ')')
        {
            word = word[..open];
        }

        foreach (var known in property.Words)
        {
            if (word.SequenceEqual(known))
            {
                return;
            }
        }

        context.UnknownWord(property.Name, said);
    }

    private static double Number(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw LineContext.Wrong(ref reader, name, "a number");
        }

        return reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new BadLineException(name, $"`{name}` is not a finite number");
    }

    /// <summary>A value nobody knows the type of: kept so that it is written as it came.</summary>
    private PropertyValue AsItCame(ref Utf8JsonReader reader, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return PropertyValue.None;
            case JsonTokenType.True or JsonTokenType.False:
                return PropertyValue.Of(reader.GetBoolean());
            case JsonTokenType.String:
                return PropertyValue.Of(LineContext.GuardedByName(LineContext.Text(ref reader, name), name));
            case JsonTokenType.Number:
                var number = Number(ref reader, name);
                var json = LineContext.GuardedByName(System.Text.Encoding.UTF8.GetString(reader.ValueSpan), name);
                return PropertyValue.Of(number).ToString() == json ? PropertyValue.Of(number) : PropertyValue.OfJson(json);
            default:
                var read = UnrecognisedJson.Read(ref reader, name, context);
                return read.Texts is { } texts ? PropertyValue.Of(texts) : PropertyValue.OfJson(read.Json);
        }
    }
}
