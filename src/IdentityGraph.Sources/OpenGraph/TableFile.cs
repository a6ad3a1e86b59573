using System.Collections.Frozen;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Reads a table of `Tables/`: lines of columns parted by `|`, `#` begins a comment.
/// <code>
/// extension | name | address of its description
/// node | its kind | our kind | property=theirs,theirs(THEIRS:Ours) property=!flag property:constant
/// edge | its kinds | start kinds or * | end kinds or * | meaning, with `&lt;` in front where it goes the other way | what it lets the start do
/// lacks | relationships a collector computes | those that possibly give the rights where it computed none | letters | what they let the start do
/// </code>
/// </summary>
internal static class TableFile
{
    private static readonly FrozenDictionary<string, string> s_noWords = FrozenDictionary<string, string>.Empty;

    public static ExtensionTable Read(string text)
    {
        var (name, source) = ("", "");
        List<NodeRow> nodes = [];
        List<EdgeRow> edges = [];
        List<LackRow> lacks = [];
        foreach (var line in text.Split('\n'))
        {
            var columns = line.Split('|', StringSplitOptions.TrimEntries);
            switch (columns)
            {
                case ["extension", var called, var address]:
                    (name, source) = (called, address);
                    break;
                case ["node", var kind, var ours, ..]:
                    nodes.Add(NodeOf(kind, ours, columns.Length > 3 ? columns[3] : ""));
                    break;
                case ["edge", var kind, var starts, var ends, var meaning, var why]:
                    edges.AddRange(Kinds(kind).Select(one => EdgeOf(one, starts, ends, meaning, why)));
                    break;
                case ["lacks", var computed, var kinds, var letters, var why]:
                    lacks.Add(new(Kinds(computed), Kinds(kinds), letters, why));
                    break;
                default:
                    if (line.Trim() is { Length: > 0 } other && other[0] != '#')
                    {
                        throw new FormatException($"`{other}` in the table `{name}` is no line of it");
                    }

                    break;
            }
        }

        var within = edges.Where(row => row.Meaning == Meaning.Within).Select(row => row.Kind).ToHashSet(StringComparer.Ordinal);
        return new(name, source, nodes, [.. edges.Select(row => row with
        {
            IsFollowed = within.Contains(row.Kind),
            Lack = lacks.Find(lack => lack.Kinds.Contains(row.Kind)),
            Computes = lacks.Exists(lack => lack.Computed.Contains(row.Kind)),
        })], lacks);
    }

    private static NodeRow NodeOf(string kind, string ours, string properties)
    {
        var label = NodeKind.Find(ours) ?? throw new FormatException($"`{ours}` of `{kind}` is no kind of node");
        return new(kind, label, [.. properties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => PropertyOf(label, part))]);
    }

    private static PropertyRow PropertyOf(NodeKind kind, string part)
    {
        var at = part.IndexOfAny(['=', ':']);
        var property = kind.FindProperty(part[..at]) ?? throw new FormatException($"{kind} has no property `{part[..at]}`");
        var rest = part[(at + 1)..];
        if (part[at] == ':')
        {
            return new(property, [], rest, s_noWords);
        }

        if (rest[0] == '!')
        {
            return new(property, Names(rest[1..]), null, FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("!", "!")]));
        }

        var open = rest.IndexOf('(', StringComparison.Ordinal);
        return open < 0
            ? new(property, Names(rest), null, s_noWords)
            : new(property, Names(rest[..open]), null, rest[(open + 1)..^1].Split(',').Select(pair => pair.Split(':')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase));
    }

    private static string[] Names(string names) => names.ToLowerInvariant().Split(',');

    private static EdgeRow EdgeOf(string kind, string starts, string ends, string meaning, string why)
    {
        var reversed = meaning.StartsWith('<');
        var words = meaning.TrimStart('<').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var letters = words.Length < 2 || words[1] == "?" ? null
            : RightsLogic.TryParseLevel(words[1], out var level) ? RightsLogic.Of(level).ToLetters()
            : words[1];
        return new(kind, Kinds(starts), Kinds(ends), MeaningOf(words[0]), reversed, letters, why);
    }

    private static string[] Kinds(string kinds) => kinds == "*" ? [] : kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Meaning MeaningOf(string word) => word switch
    {
        "unknown" => Meaning.Unknown,
        "none" => Meaning.None,
        "member" => Meaning.Member,
        "rights" => Meaning.Rights,
        "control" => Meaning.Control,
        "provision" => Meaning.Provision,
        "assume" => Meaning.Assume,
        "assume-unread" => Meaning.AssumeUnread,
        "contains" => Meaning.Contains,
        "within" => Meaning.Within,
        "defines" => Meaning.Defines,
        "stores" => Meaning.Stores,
        "holds" => Meaning.Holds,
        "authenticates" => Meaning.Authenticates,
        "signs-in" => Meaning.SignsIn,
        "runs-as" => Meaning.RunsAs,
        _ => throw new FormatException($"`{word}` is no meaning of a relationship"),
    };
}
