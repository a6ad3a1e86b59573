using System.Text;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>Reads `props` of known properties, spelt as they are mostly spelt; gives up on the rest, as <see cref="QuickLine"/> does.</summary>
internal sealed class QuickProperties
{
    private const int MostProperties = 24;
    private const int MostTexts = 64;
    private const int Known = 1_024;
    private const int LongestKnown = 96;

    private readonly Utf8Interner _words = new();
    private readonly KeyValuePair<string, PropertyValue>[] _read = new KeyValuePair<string, PropertyValue>[MostProperties];
    private readonly string[] _texts = new string[MostTexts];

    // What whole objects of closed vocabularies became, such as `{"level":"L3"}`: a run has few of them, and each many times.
    private readonly (KindTable? Kind, byte[] Json, KeyValuePair<string, PropertyValue>[] Properties)[] _known = new (KindTable?, byte[], KeyValuePair<string, PropertyValue>[])[Known];

    /// <summary>Null where they must be read the long way.</summary>
    public KeyValuePair<string, PropertyValue>[]? Read(ref QuickCursor cursor, KindTable kind)
    {
        var json = cursor.ToBrace(LongestKnown);
        ref var known = ref _known[(int)((ShortHash.Of(json) ^ (uint)kind.Number) & (Known - 1))];
        if (known.Kind == kind && json.SequenceEqual(known.Json))
        {
            cursor.Skip(json.Length);
            return known.Properties;
        }

        var from = cursor.Place;
        var (properties, isClosed) = Parse(ref cursor, kind);
        if (properties is not null && isClosed && cursor.Place - from == json.Length)
        {
            known = (kind, json.ToArray(), properties);
        }

        return properties;
    }

    /// <summary>The properties, and whether none of them is free text.</summary>
    private (KeyValuePair<string, PropertyValue>[]? Properties, bool IsClosed) Parse(ref QuickCursor cursor, KindTable kind)
    {
        if (!cursor.Take((byte)'{'))
        {
            return default;
        }

        var count = 0;
        var isClosed = true;
        if (!cursor.Take((byte)'}'))
        {
            do
            {
                if (count == MostProperties
                    || !cursor.TakeName(out var name)
                    || !kind.TryFind(name, out var property)
                    || Said(property.Name, count)
                    || !Value(ref cursor, property, out var value))
                {
                    return default;
                }

                isClosed &= property.Type != PropertyType.Text;
                _read[count++] = new(property.Name, value);
            }
            while (cursor.Take((byte)','));

            if (!cursor.Take((byte)'}'))
            {
                return default;
            }
        }

        return (count == 0 ? [] : _read.AsSpan(0, count).ToArray(), isClosed);
    }

    /// <summary>A text that is no secret, or null.</summary>
    /// <param name="utf8">Valid, and without ASCII control characters.</param>
    /// <param name="member">Whose text it is.</param>
    public static string? Text(ReadOnlySpan<byte> utf8, string member)
    {
        var text = Encoding.UTF8.GetString(utf8);
        return (!Ascii.IsValid(utf8) || SecretLooking.MayBe(utf8)) && LineContext.SecretIn(text, member) is not null ? null : text;
    }

    private bool Said(string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (ReferenceEquals(_read[i].Key, name))
            {
                return true;
            }
        }

        return false;
    }

    private bool Value(ref QuickCursor cursor, Property property, out PropertyValue value)
    {
        value = PropertyValue.None;
        if (cursor.TakeWord("null"u8))
        {
            return true;
        }

        switch (property.Type)
        {
            case PropertyType.Flag:
                var flag = cursor.TakeWord("true"u8);
                value = PropertyValue.Of(flag);
                return flag || cursor.TakeWord("false"u8);
            case PropertyType.Number or PropertyType.Integer:
                var isNumber = cursor.TakeNumber(out var number);
                value = PropertyValue.Of(number);
                return isNumber;
            case PropertyType.TextList or PropertyType.WordList:
                return Texts(ref cursor, property, out value);
            case PropertyType.Text:
                var text = cursor.TakeText(out var utf8) ? Text(utf8, property.Name) : null;
                value = PropertyValue.Of(text!);
                return text is not null;
            default:
                var word = cursor.TakeText(out utf8) ? Word(utf8, property) : null;
                value = PropertyValue.Of(word!);
                return word is not null;
        }
    }

    /// <summary>A text of a closed vocabulary; null where it is none of it.</summary>
    private string? Word(ReadOnlySpan<byte> utf8, Property property)
    {
        var word = _words.Intern(utf8, out var secret);
        var fits = secret is null && property.Type switch
        {
            PropertyType.Word => Knows(property, word),
            PropertyType.Instant => PropertyReader.IsPlain(utf8) && Instants.TryParse(utf8, out _),
            PropertyType.Level => RightsLogic.TryParseLevel(word, out _),
            PropertyType.Rights => RightsLogic.TryParseLetters(word, out _),
            PropertyType.Duration => Durations.TryParse(word, out _),
            _ => false,
        };
        return fits ? word : null;
    }

    private bool Texts(ref QuickCursor cursor, Property property, out PropertyValue value)
    {
        value = default;
        if (!cursor.Take((byte)'['))
        {
            return false;
        }

        var count = 0;
        while (count < MostTexts && cursor.TakeText(out var utf8))
        {
            var word = _words.Intern(utf8, out var secret);
            if (secret is not null || (property.Words.Count > 0 && !Knows(property, word)))
            {
                return false;
            }

            _texts[count++] = word;
            if (!cursor.Take((byte)','))
            {
                value = PropertyValue.Of(_texts.AsSpan(0, count).ToArray());
                return cursor.Take((byte)']');
            }
        }

        return false;
    }

    private static bool Knows(Property property, string word)
    {
        foreach (var known in property.Words)
        {
            if (known == word)
            {
                return true;
            }
        }

        return false;
    }
}
