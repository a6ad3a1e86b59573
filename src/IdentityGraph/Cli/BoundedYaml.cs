using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli;

/// <summary>
/// Loads YAML that people write, once it is known to be neither nested nor unfolded (by aliases) so far that loading or printing it would
/// take down the program. Keys are plain texts.
/// </summary>
internal static class BoundedYaml
{
    private const int MostBytes = 4 << 20;
    private const int MaxDepth = 32;
    private const long MostNodes = 200_000;

    /// <param name="path">Of the file.</param>
    /// <exception cref="ConfigurationException">It is no YAML, larger than 4 MiB, nested deeper than 32 levels, or a bomb.</exception>
    public static YamlStream Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
        {
            throw new ConfigurationException($"`{path}` is larger than {MostBytes >> 20} MiB; split it into several files");
        }

        try
        {
            var text = File.ReadAllText(path);
            Check(new Parser(new StringReader(text)), path);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml;
        }
        catch (YamlException broken)
        {
            throw new ConfigurationException($"`{path}` line {broken.Start.Line}: {broken.Message}; mend the YAML");
        }
    }

    private static void Check(Parser events, string path)
    {
        // Sizes of what is open, and of what anchors name once it is closed.
        var open = new Stack<(AnchorName Anchor, bool IsMapping, long Size, long Children)>();
        var sizes = new Dictionary<AnchorName, long>();
        while (events.MoveNext())
        {
            var one = events.Current!;
            switch (one)
            {
                case SequenceStart or MappingStart:
                    RefuseKey(open, one, path);
                    open.Push((((NodeEvent)one).Anchor, one is MappingStart, 1, 0));
                    if (open.Count > MaxDepth)
                    {
                        throw Fault(path, one, $"it is nested deeper than {MaxDepth} levels");
                    }

                    break;
                case SequenceEnd or MappingEnd:
                    var closed = open.Pop();
                    Name(closed.Anchor, closed.Size);
                    Count(closed.Size);
                    break;
                case AnchorAlias alias:
                    RefuseKey(open, one, path);
                    Count(sizes.TryGetValue(alias.Value, out var size) ? size : throw Fault(path, one, "an alias (`*name`) names nothing that ends before it"));
                    break;
                case Scalar scalar:
                    Name(scalar.Anchor, 1);
                    Count(1);
                    break;
                default:
                    break;
            }

            void Name(AnchorName anchor, long its)
            {
                if (!anchor.IsEmpty)
                {
                    sizes[anchor] = its;
                }
            }

            void Count(long its)
            {
                if (open.TryPop(out var around))
                {
                    var sum = around.Size + its;
                    open.Push(around with { Size = sum <= MostNodes ? sum : throw Fault(path, one, $"its aliases unfold to more than {MostNodes:N0} values, as a bomb does"), Children = around.Children + 1 });
                }
            }
        }
    }

    private static void RefuseKey(Stack<(AnchorName Anchor, bool IsMapping, long Size, long Children)> open, ParsingEvent one, string path)
    {
        if (open.TryPeek(out var around) && around.IsMapping && around.Children % 2 == 0)
        {
            throw Fault(path, one, "a key is a plain text");
        }
    }

    private static ConfigurationException Fault(string path, ParsingEvent at, string problem) => new($"`{path}` line {at.Start.Line}: {problem}; write it plainly");
}
