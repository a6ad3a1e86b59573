using System.Globalization;
using System.Text;
using System.Xml;

namespace IdentityGraph.Sources.GraphMl;

/// <summary>
/// Reads the nodes and edges of a GraphML document one at a time. No document type is read, so no entity is ever expanded; memory holds
/// one element and those it lies in.
/// </summary>
internal sealed class GraphMlReader : IDisposable
{
    /// <summary>Longest tag or text, bytes.</summary>
    private const long LongestText = 16 << 20;

    /// <summary>Deepest nesting: graphs lie in nodes, and nodes in those.</summary>
    private const int Deepest = 256;

    private readonly XmlReader _xml;
    private readonly Dictionary<string, GraphMlKey> _keys = new(StringComparer.Ordinal);
    private readonly Stack<GraphMlElement> _open = new();
    private readonly Stack<bool> _directed = new();

    public GraphMlReader(Stream stream) => _xml = XmlReader.Create(
        new TagLimitStream(stream, LongestText),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true });

    /// <summary>What is not read, with how often it stands there.</summary>
    public SortedDictionary<string, long> NotRead { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a graph lies inside a node.</summary>
    public bool IsNested { get; private set; }

    public long Line => _xml is IXmlLineInfo lines ? lines.LineNumber : 0;

    /// <summary>The next node or edge; null at the end. A node is told when its element ends, so after what lies in it.</summary>
    /// <exception cref="XmlException">No well-formed XML, a document type, or nested too deep.</exception>
    /// <exception cref="InvalidDataException">A tag or text is too long.</exception>
    public GraphMlElement? Next(CancellationToken cancellationToken)
    {
        while (_xml.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_xml.Depth > Deepest)
            {
                throw new XmlException($"elements are nested deeper than {Deepest}", null, (int)Line, 0);
            }

            if (_xml.NodeType == XmlNodeType.Element)
            {
                if (Begin() is { } whole)
                {
                    return whole;
                }
            }
            else if (_xml.NodeType == XmlNodeType.EndElement)
            {
                switch (_xml.LocalName)
                {
                    case "graph":
                        _directed.TryPop(out var _);
                        break;
                    case "node" or "edge" when _open.Count > 0:
                        return Complete(_open.Pop());
                }
            }
        }

        return null;
    }

    public void Dispose() => _xml.Dispose();

    private GraphMlElement? Begin()
    {
        switch (_xml.LocalName)
        {
            case "key":
                ReadKey();
                return null;
            case "graph":
                IsNested |= _open.Count > 0;
                if (!_xml.IsEmptyElement)
                {
                    _directed.Push(_xml.GetAttribute("edgedefault") != "undirected");
                }

                return null;
            case "node" or "edge":
                return BeginElement();
            case "data" when _open.TryPeek(out var of):
                ReadData(of);
                return null;
            case "hyperedge" or "port" or "endpoint" or "locator":
                NotRead[_xml.LocalName] = NotRead.GetValueOrDefault(_xml.LocalName) + 1;
                return null;
            default:
                return null;
        }
    }

    private GraphMlElement? BeginElement()
    {
        var isNode = _xml.LocalName == "node";
        var directed = _xml.GetAttribute("directed") is { } said ? said is not ("false" or "0") : _directed.Count == 0 || _directed.Peek();
        var element = new GraphMlElement
        {
            IsNode = isNode,
            Id = _xml.GetAttribute(isNode ? "id" : "source") ?? "",
            Target = isNode ? null : _xml.GetAttribute("target") ?? "",
            Line = Line,
            Directed = directed,
        };
        if (_xml.IsEmptyElement)
        {
            return Complete(element);
        }

        _open.Push(element);
        return null;
    }

    private void ReadKey()
    {
        var id = _xml.GetAttribute("id") ?? "";
        var (name, type, of) = (_xml.GetAttribute("attr.name") ?? id, _xml.GetAttribute("attr.type") ?? "string", _xml.GetAttribute("for") ?? "all");
        string? standard = null;
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            while (_xml.Read() && _xml.Depth > depth)
            {
                standard = _xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? standard + _xml.Value : standard;
            }
        }

        const int most = 10_000;
        if (_keys.Count < most)
        {
            _keys[id] = new(name, type, of is "node" or "all", of is "edge" or "all", standard?.Trim());
        }
    }

    private void ReadData(GraphMlElement of)
    {
        var id = _xml.GetAttribute("key") ?? "";
        var key = _keys.GetValueOrDefault(id) ?? new(id, "string", true, true, null);
        var text = new StringBuilder();
        var plain = true;
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            while (_xml.Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                {
                    text.Append(_xml.Value);
                }

                plain &= _xml.NodeType != XmlNodeType.Element;
            }
        }

        if (!plain || (of.Data.TryGetValue(key.Name, out var before) && before.Text != text.ToString()))
        {
            of.Data.Remove(key.Name);
            of.Unread.Add(key.Name);
        }
        else if (!of.Unread.Contains(key.Name))
        {
            of.Data[key.Name] = (key.Type, text.ToString());
        }
    }

    private GraphMlElement Complete(GraphMlElement element)
    {
        foreach (var key in _keys.Values)
        {
            if (key.Default is { } standard && (element.IsNode ? key.ForNodes : key.ForEdges) && !element.Unread.Contains(key.Name))
            {
                element.Data.TryAdd(key.Name, (key.Type, standard));
            }
        }

        return element;
    }

    /// <summary>A number as XML spells it; null where it is none, or not finite.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
