using System.Globalization;
using System.Text.Json;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>The properties of one record that are read, by number of their name; reused from record to record.</summary>
internal sealed class PropertyBag
{
    private readonly List<(int Name, JsonValueKind Type, string? Text, double Number)> _values = [];

    /// <summary>What was said beside something else of the same name; few records do.</summary>
    private readonly List<(int Name, JsonValueKind Type, string? Text, double Number)> _others = [];

    public void Clear()
    {
        _values.Clear();
        _others.Clear();
    }

    public int Count => _values.Count;

    /// <summary>Takes a value over.</summary>
    /// <returns>Whether the name is new; a second saying of another value makes both unsaid.</returns>
    public bool Add(int name, JsonValueKind type, string? text, double number)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i].Name == name)
            {
                if (_values[i] != (name, type, text, number))
                {
                    _others.AddRange([_values[i], (name, type, text, number)]);
                    _values[i] = (name, JsonValueKind.Undefined, null, 0);
                }

                return false;
            }
        }

        _values.Add((name, type, text, number));
        return true;
    }

    /// <summary>The text; a number in one spelling, a flag as it is spelt; null where nothing is said, or null.</summary>
    public string? Text(int name) => TextOf(Of(name));

    /// <summary>The text; every one where several are said.</summary>
    public IReadOnlyList<string> Texts(int name) =>
        Text(name) is { } text ? [text] : _others.Count == 0 ? [] : [.. _others.Where(value => value.Name == name).Select(TextOf).OfType<string>().Distinct()];

    private static string? TextOf((int Name, JsonValueKind Type, string? Text, double Number) value) => value switch
    {
        (_, JsonValueKind.String, var text, _) => text,
        (_, JsonValueKind.Array, _, _) => null,
        (_, JsonValueKind.Number, { } digits, _) => DecimalText.Find(digits) ?? digits,
        (_, JsonValueKind.Number, _, var number) => number.ToString("R", CultureInfo.InvariantCulture),
        (_, JsonValueKind.True, _, _) => "true",
        (_, JsonValueKind.False, _, _) => "false",
        _ => null,
    };

    public bool? Flag(int name) => Of(name) switch
    {
        (_, JsonValueKind.True, _, _) => true,
        (_, JsonValueKind.False, _, _) => false,
        (_, JsonValueKind.String, { } text, _) when bool.TryParse(text, out var flag) => flag,
        _ => null,
    };

    public double? Number(int name) => Of(name) is (_, JsonValueKind.Number, _, var number) ? number : null;

    /// <summary>The texts of a list; null where none is said.</summary>
    public IReadOnlyList<string>? List(int name) =>
        Of(name) is (_, JsonValueKind.Array, { } texts, _) ? texts.Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;

    /// <summary>Whether the source says that there is none.</summary>
    public bool IsNull(int name) => Of(name).Type == JsonValueKind.Null;

    private (int Name, JsonValueKind Type, string? Text, double Number) Of(int name)
    {
        foreach (var value in _values)
        {
            if (value.Name == name)
            {
                return value;
            }
        }

        return (name, JsonValueKind.Undefined, null, 0);
    }
}
