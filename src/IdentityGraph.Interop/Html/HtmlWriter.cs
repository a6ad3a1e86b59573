using System.Globalization;

namespace IdentityGraph.Interop.Html;

/// <summary>
/// Writes HTML that is well-formed XML too. Names of elements and attributes are words of ours; every value and text is encoded, so
/// that no string can leave its place.
/// </summary>
internal sealed class HtmlWriter(TextWriter to)
{
    private readonly Stack<string> _open = new();

    /// <summary>An element that is closed by <see cref="Close"/>.</summary>
    public HtmlWriter Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        to.Write('>');
        _open.Push(element);
        return this;
    }

    public HtmlWriter Close()
    {
        to.Write("</");
        to.Write(_open.Pop());
        to.Write('>');
        return this;
    }

    /// <summary>Closes, and begins a line: the source of a page is read too.</summary>
    public HtmlWriter CloseLine()
    {
        Close();
        to.Write('\n');
        return this;
    }

    /// <summary>An element without content.</summary>
    public HtmlWriter Empty(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        to.Write("/>");
        return this;
    }

    public HtmlWriter Text(string text)
    {
        Encode(HarmlessText.Of(text));
        return this;
    }

    /// <summary>An element with only a text in it.</summary>
    public HtmlWriter Say(string element, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        to.Write('>');
        Text(text);
        to.Write("</");
        to.Write(element);
        to.Write('>');
        return this;
    }

    /// <summary>What is ours and no source's, such as a style sheet; it holds no markup.</summary>
    public HtmlWriter Ours(string text)
    {
        to.Write(text);
        return this;
    }

    /// <summary>Of a coordinate or length: no more digits than a screen shows.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private void Start(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        to.Write('<');
        to.Write(element);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                to.Write(' ');
                to.Write(name);
                to.Write("=\"");
                Encode(HarmlessText.Of(value));
                to.Write('"');
            }
        }
    }

    private void Encode(string text)
    {
        foreach (var character in text)
        {
            switch (character)
            {
                case '&':
                    to.Write("&amp;");
                    break;
                case '<':
                    to.Write("&lt;");
                    break;
                case '>':
                    to.Write("&gt;");
                    break;
                case '"':
                    to.Write("&quot;");
                    break;
                case '\'':
                    to.Write("&#39;");
                    break;
                default:
                    to.Write(character);
                    break;
            }
        }
    }
}
