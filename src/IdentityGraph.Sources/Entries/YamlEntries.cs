using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace IdentityGraph.Sources.Entries;

/// <summary>
/// Reads YAML one value at a time, so that a long list never stands in memory whole. Plain YAML only: no aliases (a small file
/// could unfold to a huge one), no tags, one document, no key twice, at most <see cref="MaxDepth"/> levels.
/// </summary>
internal sealed class YamlEntries
{
    private const int MaxDepth = 16;

    private readonly Parser _parser;

    /// <exception cref="EntryException">It is not YAML, or not a group of named members.</exception>
    public YamlEntries(TextReader text)
    {
        _parser = new Parser(text);
        Next();
        Next();
    }

    /// <summary>Reads a whole small file.</summary>
    /// <exception cref="EntryException">It is not plain YAML.</exception>
    public static EntryNode ReadAll(TextReader text)
    {
        var yaml = new YamlEntries(text);
        if (yaml._parser.Current is StreamEnd)
        {
            return new EntryNode { Line = 1, Members = [] };
        }

        yaml.Next();
        var root = yaml.ReadNode(0);
        yaml.ExpectEnd();
        return root;
    }

    /// <summary>
    /// The members of the document, in the order written. Where <paramref name="isList"/> says so, each item of the list comes by
    /// itself; an item that cannot be read as such ends the reading, since YAML cannot be read on after a fault.
    /// </summary>
    public IEnumerable<(string Key, int KeyLine, EntryNode Value)> Members(Func<string, bool> isList)
    {
        if (_parser.Current is StreamEnd)
        {
            yield break;
        }

        Next();
        if (_parser.Current is not MappingStart)
        {
            throw new EntryException(Line, "", "the file must hold named sections, as `owners:`");
        }

        Next();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            var line = Line;
            var key = ReadKey(seen);
            if (isList(key) && _parser.Current is SequenceStart)
            {
                Next();
                while (_parser.Current is not SequenceEnd)
                {
                    yield return (key, line, ReadNode(2));
                }

                Next();
            }
            else
            {
                yield return (key, line, ReadNode(1));
            }
        }

        Next();
        ExpectEnd();
    }

    private int Line => (int)Math.Min(int.MaxValue, (long)(_parser.Current?.Start.Line ?? 0));

    private void Next()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (YamlException exception)
        {
            throw new EntryException((int)exception.Start.Line, "", $"not readable as YAML: {exception.Message}");
        }
    }

    private EntryNode ReadNode(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new EntryException(Line, "", $"nested deeper than {MaxDepth} levels");
        }

        var line = Line;
        switch (_parser.Current)
        {
            case AnchorAlias:
                throw new EntryException(line, "", "aliases (`*name`) are not read; write the value out");
            case Scalar scalar:
                Next();
                var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
                return new EntryNode { Line = line, Text = isNull ? null : scalar.Value };
            case SequenceStart:
                return ReadList(line, depth);
            case MappingStart:
                return ReadMembers(line, depth);
            default:
                throw new EntryException(line, "", "a value was expected here");
        }
    }

    private EntryNode ReadList(int line, int depth)
    {
        Next();
        var items = new List<EntryNode>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        Next();
        return new EntryNode { Line = line, Items = items };
    }

    private EntryNode ReadMembers(int line, int depth)
    {
        Next();
        var members = new List<KeyValuePair<string, EntryNode>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            members.Add(new(ReadKey(seen), ReadNode(depth + 1)));
        }

        Next();
        return new EntryNode { Line = line, Members = members };
    }

    private string ReadKey(HashSet<string> seen)
    {
        if (_parser.Current is not Scalar { Value: var key })
        {
            throw new EntryException(Line, "", "a key must be a plain text");
        }

        if (!seen.Add(key))
        {
            throw new EntryException(Line, key, $"`{key}` stands twice; keep one");
        }

        Next();
        return key;
    }

    private void ExpectEnd()
    {
        Next();
        if (_parser.Current is DocumentStart)
        {
            throw new EntryException(Line, "", "a second document begins here; one file holds one document");
        }
    }
}
