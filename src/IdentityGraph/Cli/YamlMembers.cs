using IdentityGraph.Sources.Entries;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli;

/// <summary>The members of one mapping of a file that people write; a member that is not known is an error, so that a typing mistake does not weaken what is written.</summary>
internal sealed class YamlMembers
{
    private readonly string _path;
    private readonly YamlMappingNode _mapping;

    public YamlMembers(string path, YamlMappingNode mapping, params string[] known)
    {
        _path = path;
        _mapping = mapping;
        foreach (var key in mapping.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !known.Contains(name))
            {
                throw new ConfigurationException($"`{path}` line {key.Start.Line}: `{key}` is not known here; {Nearer(key.ToString(), known)}");
            }
        }
    }

    /// <summary>Names of the members that are written, in their order.</summary>
    public IEnumerable<string> Names => _mapping.Children.Keys.Select(static key => key.ToString());

    /// <summary>The one document of a file.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="what">What it is to be, such as "scenario file".</param>
    /// <param name="members">What it is to hold, for the message.</param>
    /// <exception cref="ConfigurationException">It is no YAML, is larger than 4 MiB, or is not one mapping.</exception>
    public static YamlMappingNode Root(string path, string what, string members)
    {
        return BoundedYaml.Load(path).Documents is [{ RootNode: YamlMappingNode root }]
            ? root
            : throw new ConfigurationException($"`{path}` is no {what}: one document with {members} is expected");
    }

    public YamlNode? Find(string name) => _mapping.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;

    public string Text(string name) => OptionalText(name) ?? throw Fault(name, $"`{name}` is missing");

    public string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } text } => text,
        _ => throw Fault(name, $"`{name}` is a text"),
    };

    public IReadOnlyList<YamlNode> List(string name) => Find(name) is YamlSequenceNode list ? [.. list.Children] : throw Fault(name, $"`{name}` is a list");

    /// <summary>One text, or a list of texts; empty where it is not written.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name) switch
    {
        null => [],
        YamlScalarNode { Value: { Length: > 0 } text } => [text],
        YamlSequenceNode list when list.Children.Count > 0 && list.Children.All(static one => one is YamlScalarNode { Value.Length: > 0 }) => [.. list.Children.Select(static one => ((YamlScalarNode)one).Value!)],
        _ => throw Fault(name, $"`{name}` is a text or a list of texts, and not empty"),
    };

    public bool Flag(string name) => OptionalText(name) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw Fault(name, $"`{name}` cannot be `{text}`; write true or false"),
    };

    /// <summary>A block of text, a line an entry, each with its line in the file; blank lines are left out. Null: it is not there.</summary>
    public IReadOnlyList<(string Text, long Line)>? Lines(string name) => OptionalText(name) is not { } text ? null
        : [.. text.Split('\n', StringSplitOptions.TrimEntries).Select((line, number) => (line, LineOf((YamlScalarNode)Find(name)!, number))).Where(static one => one.line.Length > 0)];

    public ConfigurationException Fault(string name, string problem) => new($"`{_path}` line {(Find(name) ?? _mapping).Start.Line}: {problem}");

    /// <summary>A block after `|` stands as it is written, from the line below; of other ways to write a text only the first line is known.</summary>
    private static long LineOf(YamlScalarNode text, int number) => text.Style == ScalarStyle.Literal ? text.Start.Line + 1 + number : text.Start.Line;

    /// <summary>What was most likely meant, and everything that could be.</summary>
    public static string Nearer(string word, IReadOnlyCollection<string> known) =>
        $"{(Nearest.To(word, known) is { } near ? $"did you mean `{near}`? " : "")}known are {string.Join(", ", known)}";
}
