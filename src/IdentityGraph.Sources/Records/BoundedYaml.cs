using System.Text;
using IdentityGraph.Sources.Entries;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Reads one YAML document into memory, anchors and aliases too. What an alias stands for is shared, not copied, and a document whose aliases
/// unfold to more than <see cref="MostNodes"/> values is refused, so that a small file cannot become a huge one.
/// </summary>
internal sealed class BoundedYaml
{
    public const int MostNodes = 200_000;
    private const int MostBytes = 4 << 20;
    private const int MaxDepth = 32;

    private readonly Parser _parser;
    private readonly Dictionary<string, EntryNode> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<EntryNode, long> _sizes = new(ReferenceEqualityComparer.Instance);

    private BoundedYaml(TextReader text) => _parser = new Parser(text);

    /// <exception cref="EntryException">It is no YAML, larger than 4 MiB, deeper than 32 levels, not UTF-8, holds a key twice, or unfolds to too much.</exception>
    public static EntryNode Read(Stream stream)
    {
        using var held = new MemoryStream();
        var chunk = new byte[64 << 10];
        while (stream.Read(chunk) is > 0 and var read)
        {
            held.Write(chunk, 0, read);
            if (held.Length > MostBytes)
            {
                throw new EntryException(0, "", $"it is larger than {MostBytes >> 20} MiB");
            }
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(held.GetBuffer(), 0, (int)held.Length).TrimStart('\uFEFF');
            return new BoundedYaml(new StringReader(text)).Document();
        }
        catch (DecoderFallbackException fault)
        {
            throw new EntryException(0, "", $"it holds bytes that are not UTF-8 (at {fault.Index}); save it as UTF-8");
        }
    }

    private EntryNode Document()
    {
        Next();
        Next();
        if (_parser.Current is StreamEnd)
        {
            return new EntryNode { Line = 1 };
        }

        Next();
        var root = Node(0);
        Next();
        return _parser.Current is DocumentStart ? throw Fault("a second document begins here; one file holds one document") : root;
    }

    private EntryNode Node(int depth)
    {
        if (depth > MaxDepth)
        {
            throw Fault($"nested deeper than {MaxDepth} levels");
        }

        var line = Line;
        var anchor = (_parser.Current as NodeEvent)?.Anchor;
        EntryNode node;
        long size = 1;
        switch (_parser.Current)
        {
            case AnchorAlias alias:
                Next();
                return _anchors.TryGetValue(alias.Value.Value, out var shared) ? shared : throw Fault("an alias (`*name`) names nothing that stands before it");
            case Scalar scalar:
                Next();
                node = new EntryNode { Line = line, Text = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" ? null : scalar.Value };
                break;
            case SequenceStart:
                Next();
                var items = new List<EntryNode>();
                while (_parser.Current is not SequenceEnd)
                {
                    items.Add(Node(depth + 1));
                    Count(ref size, items[^1]);
                }

                Next();
                node = new EntryNode { Line = line, Items = items };
                break;
            case MappingStart:
                node = Mapping(line, depth, ref size);
                break;
            default:
                throw Fault("a value was expected here");
        }

        _sizes[node] = size;
        if (anchor is { IsEmpty: false } name)
        {
            _anchors[name.Value] = node;
        }

        return node;
    }

    private EntryNode Mapping(int line, int depth, ref long size)
    {
        Next();
        var members = new List<KeyValuePair<string, EntryNode>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            if (_parser.Current is not Scalar { Value: var key })
            {
                throw Fault("a key must be a plain text");
            }

            if (!seen.Add(key))
            {
                throw Fault("a key stands twice in one mapping; nobody knows which was meant");
            }

            Next();
            members.Add(new(key, Node(depth + 1)));
            Count(ref size, members[^1].Value);
        }

        Next();
        return new EntryNode { Line = line, Members = members };
    }

    private void Count(ref long size, EntryNode child)
    {
        size += _sizes.GetValueOrDefault(child, 1);
        if (size > MostNodes)
        {
            throw Fault($"its aliases unfold to more than {MostNodes:N0} values, as a bomb does");
        }
    }

    private int Line => (int)Math.Min(int.MaxValue, (long)(_parser.Current?.Start.Line ?? 0));

    private EntryException Fault(string problem) => new(Line, "", problem);

    private void Next()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (YamlException exception)
        {
            throw new EntryException((int)exception.Start.Line, "", "it is not readable as YAML");
        }
    }
}
