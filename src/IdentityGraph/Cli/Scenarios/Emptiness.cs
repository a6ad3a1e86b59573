using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>What is written in a scenario and holds of every answer, so that it would pass whatever is asked: empty mappings, lists and texts.</summary>
internal static class Emptiness
{
    /// <summary>Lists that say something when they are empty: that there is nothing.</summary>
    private static readonly string[] s_saying = ["only", "ids"];

    /// <summary>The first that is empty, as a sentence with its line; null: nothing is.</summary>
    public static string? In(YamlNode node) => node switch
    {
        YamlMappingNode { Children.Count: 0 } => $"line {node.Start.Line}: `{{}}` holds of every answer; write what must be there, or `only: []` for an empty list",
        YamlSequenceNode { Children.Count: 0 } => $"line {node.Start.Line}: `[]` holds of every list; write `only: []` for an empty one",
        YamlMappingNode mapping => mapping.Children.Select(static pair => InMember(pair.Key.ToString(), pair.Value)).FirstOrDefault(static found => found is not null),
        YamlSequenceNode list => list.Children.Select(In).FirstOrDefault(static found => found is not null),
        _ => null,
    };

    private static string? InMember(string name, YamlNode value) => (name, value) switch
    {
        (_, YamlSequenceNode { Children.Count: 0 }) when s_saying.Contains(name) => null,
        ("absent", YamlSequenceNode { Children.Count: 0 }) => $"line {value.Start.Line}: `absent: []` holds of every list; write what must be absent, or `only: []` for an empty list",
        ("contains", YamlScalarNode { Value: null or "" }) => $"line {value.Start.Line}: every text contains the empty one; write what it must contain",
        _ => In(value),
    };
}
