using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>
/// The small language of `expect`. A text, number, boolean or null equals the value; a mapping names members that must match, others are free;
/// a list is a subset: each of its entries matches an element of its own, in any order. On a list a mapping may say instead `has` (the same),
/// `only` (these and no others), `absent` (none of these, though each could be there), `ids` (exactly the elements with these ids) and `count`; on a value `not`, `contains`,
/// `atLeast`, `atMost`. A text matches an element that is an object by its id.
/// </summary>
internal sealed class Expectation(Func<string, bool> isKnown)
{
    /// <summary>What names an element of a list, the first that it has.</summary>
    private static readonly string[] s_names = ["id", "person", "rule", "system", "node", "target"];

    private static readonly string[] s_onValues = ["not", "contains", "atLeast", "atMost"];

    /// <summary>Where and how the value differs from what is expected; null: it matches.</summary>
    /// <param name="expected">As written.</param>
    /// <param name="actual">The value.</param>
    /// <param name="at">Its place in the answer.</param>
    /// <param name="isKnown">Whether a fact names the id: what no fact names is absent from every answer.</param>
    /// <exception cref="ConfigurationException">What is expected is not written in the language.</exception>
    public static string? Between(YamlNode expected, JsonElement actual, string at, Func<string, bool> isKnown) => new Expectation(isKnown).Difference(expected, actual, at);

    private string? Difference(YamlNode expected, JsonElement actual, string at) => expected switch
    {
        YamlScalarNode scalar => Equal(scalar, actual) ? null : $"{at} is {Show(actual)}, not {Show(expected)}",
        YamlSequenceNode list => Has(list, actual, at, alone: false),
        YamlMappingNode mapping when actual.ValueKind == JsonValueKind.Array => OfList(mapping, actual, at),
        YamlMappingNode mapping when IsOnValue(mapping) => OfValue(mapping, actual, at),
        YamlMappingNode mapping => OfMembers(mapping, actual, at),
        _ => throw new ConfigurationException($"line {expected.Start.Line}: `expect` takes texts, numbers, lists and mappings"),
    };

    private string? OfMembers(YamlMappingNode mapping, JsonElement actual, string at)
    {
        foreach (var (key, value) in mapping.Children)
        {
            var name = Text(key);
            var place = at.Length == 0 ? name : $"{at}.{name}";
            var difference = actual.ValueKind == JsonValueKind.Object && actual.TryGetProperty(name, out var member)
                ? Difference(value, member, place)
                : $"{place} is not there";
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private string? OfList(YamlMappingNode mapping, JsonElement actual, string at)
    {
        foreach (var (key, value) in mapping.Children)
        {
            var difference = (Text(key), value) switch
            {
                ("has", YamlSequenceNode list) => Has(list, actual, at, alone: false),
                ("only", YamlSequenceNode list) => Has(list, actual, at, alone: true),
                ("ids", YamlSequenceNode list) => Ids(list, actual, at),
                ("absent", YamlSequenceNode list) => Absent(list, actual, at),
                ("count", var count) => Difference(count, JsonSerializer.SerializeToElement(actual.GetArrayLength()), $"count of {at}"),
                var (name, _) => throw new ConfigurationException($"line {key.Start.Line}: `{name}` of a list is not known, or takes a list; write has, only, absent, ids or count"),
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    public static bool IsOnValue(YamlMappingNode mapping) => mapping.Children.Keys.All(key => s_onValues.Contains(Text(key)));

    private string? OfValue(YamlMappingNode mapping, JsonElement actual, string at)
    {
        foreach (var (key, value) in mapping.Children)
        {
            var holds = Text(key) switch
            {
                "not" => Difference(value, actual, at) is not null,
                "contains" => actual.ValueKind == JsonValueKind.String && actual.GetString()!.Contains(Text(value), StringComparison.Ordinal),
                "atLeast" => actual.ValueKind == JsonValueKind.Number && actual.GetDouble() >= Number(value),
                _ => actual.ValueKind == JsonValueKind.Number && actual.GetDouble() <= Number(value),
            };
            if (!holds)
            {
                return $"{at} is {Show(actual)}, not as `{Text(key)}: {Show(value)}` says";
            }
        }

        return null;
    }

    private string? Has(YamlSequenceNode list, JsonElement actual, string at, bool alone)
    {
        if (actual.ValueKind != JsonValueKind.Array)
        {
            return $"{at} is {Show(actual)}, not a list";
        }

        var elements = actual.EnumerateArray().ToList();
        var pairing = new Pairing(list.Children.Count, elements.Count, (expected, element) => Difference(list.Children[expected], elements[element], "") is null);
        if (pairing.Unpaired() is { } missing)
        {
            return Closest(list.Children[missing], elements, at) ?? $"{at} lacks {Show(list.Children[missing])}; it has {ShowNames(elements)}";
        }

        return alone && elements.Count > list.Children.Count
            ? $"{at} also has {ShowNames([.. pairing.Free().Select(index => elements[index])])}"
            : null;
    }

    /// <summary>Where an element of the same id is there, what differs in it says more than that it is missing.</summary>
    private string? Closest(YamlNode expected, List<JsonElement> elements, string at)
    {
        if (expected is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode("id"), out var id) || id is not YamlScalarNode name)
        {
            return null;
        }

        var same = elements.Where(element => NameOf(element) == name.Value).ToList();
        return same.Count == 1 ? Difference(expected, same[0], $"{at}[{name.Value}]") : null;
    }

    private static string? Ids(YamlSequenceNode list, JsonElement actual, string at)
    {
        var expected = list.Children.Select(Text).ToHashSet(StringComparer.Ordinal);
        var ids = actual.EnumerateArray().Select(element => NameOf(element) ?? Show(element)).ToHashSet(StringComparer.Ordinal);
        return expected.SetEquals(ids)
            ? null
            : string.Join("; ", new[] { Say("lacks", expected.Except(ids)), Say("also has", ids.Except(expected)) }.Where(static part => part.Length > 0));

        string Say(string verb, IEnumerable<string> some) => some.ToList() is { Count: > 0 } names ? $"{at} {verb} {string.Join(", ", names.Order(StringComparer.Ordinal))}" : "";
    }

    private string? Absent(YamlSequenceNode list, JsonElement actual, string at)
    {
        List<JsonElement> elements = [.. actual.EnumerateArray()];
        foreach (var unwanted in list.Children)
        {
            if (Absence.WhyNever(unwanted, elements, at, isKnown) is { } why)
            {
                return why;
            }

            foreach (var element in elements)
            {
                if (Difference(unwanted, element, "") is null)
                {
                    return $"{at} has {Show(element)}, which must be absent";
                }
            }
        }

        return null;
    }

    private static bool Equal(YamlScalarNode expected, JsonElement actual) => actual.ValueKind switch
    {
        JsonValueKind.Null => IsNull(expected),
        JsonValueKind.True => expected.Value == "true",
        JsonValueKind.False => expected.Value == "false",
        JsonValueKind.String => !IsNull(expected) && actual.GetString() == expected.Value,
        JsonValueKind.Number => double.TryParse(expected.Value, CultureInfo.InvariantCulture, out var number) && Math.Abs(number - actual.GetDouble()) <= 1e-9 * Math.Max(1, Math.Abs(number)),
        JsonValueKind.Object => NameOf(actual) is { } name && name == expected.Value,
        _ => false,
    };

    public static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null";

    private static string? NameOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Object => s_names.Select(name => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null).FirstOrDefault(static name => name is not null),
        _ => null,
    };

    private static string Text(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw new ConfigurationException($"line {node.Start.Line}: a text is expected here");

    private static double Number(YamlNode node) => double.TryParse(Text(node), CultureInfo.InvariantCulture, out var number) ? number : throw new ConfigurationException($"line {node.Start.Line}: a number is expected here");

    private static string Show(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length <= 240 ? text : text[..240] + "…";
    }

    private static string ShowNames(List<JsonElement> elements) =>
        elements.Count == 0 ? "nothing" : string.Join(", ", elements.Take(20).Select(element => NameOf(element) ?? Show(element))) + (elements.Count > 20 ? $" and {elements.Count - 20} more" : "");

    private static string Show(YamlNode node) => node switch
    {
        YamlScalarNode scalar => IsNull(scalar) ? "null" : $"\"{scalar.Value}\"",
        YamlSequenceNode list => $"[{string.Join(", ", list.Children.Select(Show))}]",
        YamlMappingNode mapping => $"{{{string.Join(", ", mapping.Children.Select(pair => $"{pair.Key}: {Show(pair.Value)}"))}}}",
        _ => "?",
    };
}
