using System.Globalization;

namespace IdentityGraph.Graph;

/// <summary>
/// A property's value as a source stated it: none (JSON null), text, a list of texts, a flag, a number, or other JSON kept as it came.
/// Instants and durations are texts here, checked when they are read in; <see cref="AsInstant"/> parses.
/// </summary>
public readonly struct PropertyValue : IEquatable<PropertyValue>
{
    private readonly object? _reference;
    private readonly double _number;

    private PropertyValue(ValueShape shape, object? reference, double number)
    {
        Shape = shape;
        _reference = reference;
        _number = number;
    }

    public enum ValueShape : byte
    {
        /// <summary>The source says there is none, or never.</summary>
        None = 0,
        Text,
        TextList,
        Flag,
        Number,

        /// <summary>Anything else, as the JSON text it came in (unrecognised properties only).</summary>
        Json,
    }

    public static PropertyValue None => default;

    public ValueShape Shape { get; }

    public bool IsNone => Shape == ValueShape.None;

    public static PropertyValue Of(string text) => new(ValueShape.Text, text, 0);

    public static PropertyValue Of(bool flag) => new(ValueShape.Flag, null, flag ? 1 : 0);

    /// <summary>Must be finite.</summary>
    public static PropertyValue Of(double number) => new(ValueShape.Number, null, number);

    public static PropertyValue Of(IReadOnlyList<string> texts) => new(ValueShape.TextList, texts as string[] ?? [.. texts], 0);

    /// <summary>An instant, spelt RFC 3339 in UTC.</summary>
    public static PropertyValue Of(DateTimeOffset instant) => Of(Instants.ToText(instant));

    public static PropertyValue OfJson(string json) => new(ValueShape.Json, json, 0);

    /// <summary>The text, or the JSON text; null for other shapes.</summary>
    public string? AsText() => _reference as string;

    /// <summary>The texts; a single text is a list of one; empty for other shapes.</summary>
    public IReadOnlyList<string> AsTexts() => _reference switch
    {
        string[] texts => texts,
        string text when Shape == ValueShape.Text => [text],
        _ => [],
    };

    /// <summary>Null where it is not a flag.</summary>
    public bool? AsFlag() => Shape == ValueShape.Flag ? _number != 0 : null;

    /// <summary>Null where it is not a number.</summary>
    public double? AsNumber() => Shape == ValueShape.Number ? _number : null;

    /// <summary>Null where it is not a readable instant.</summary>
    public DateTimeOffset? AsInstant() => Shape == ValueShape.Text && Instants.TryParse((string)_reference!, out var instant) ? instant : null;

    public bool Equals(PropertyValue other)
    {
        if (Shape != other.Shape || !_number.Equals(other._number))
        {
            return false;
        }

        return _reference is string[] texts
            ? texts.AsSpan().SequenceEqual((string[])other._reference!)
            : string.Equals(_reference as string, other._reference as string, StringComparison.Ordinal);
    }

    public override bool Equals(object? obj) => obj is PropertyValue other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Shape);
        hash.Add(_number);
        foreach (var text in AsTexts())
        {
            hash.Add(text, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public static bool operator ==(PropertyValue left, PropertyValue right) => left.Equals(right);

    public static bool operator !=(PropertyValue left, PropertyValue right) => !left.Equals(right);

    public override string ToString() => Shape switch
    {
        ValueShape.None => "none",
        ValueShape.Flag => _number != 0 ? "true" : "false",
        ValueShape.Number => _number.ToString("R", CultureInfo.InvariantCulture),
        ValueShape.TextList => string.Join(", ", AsTexts()),
        _ => AsText() ?? "",
    };
}
